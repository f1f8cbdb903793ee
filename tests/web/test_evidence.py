"""Evidence as a download: the same file that the command writes."""

import subprocess
import zipfile
from io import BytesIO

import pytest

from tests.site.markup import Markup
from tests.web.conftest import BASE, NOW
from tests.web.filling import fill
from watcher.reporting import report_store


@pytest.fixture
def event(store):
    return fill(store)


@pytest.mark.parametrize("language", ["", "/it"])
def test_the_package_comes_as_a_download_that_verifies(browse, event, language, tmp_path):
    answer = browse.get(f"{language}/changes/{event.id}/evidence.zip")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="evidence-{event.id}.zip"'
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / f"evidence-{event.id}", check=False
    )
    assert done.returncode == 0


def test_a_client_that_has_the_package_downloads_nothing(browse, event):
    address = f"/changes/{event.id}/evidence.zip"
    tag = browse.get(address).headers["etag"]
    assert browse.get(address, headers={"If-None-Match": tag}).status_code == 304
    assert browse.head(address).headers["etag"] == tag


@pytest.mark.parametrize(
    "path",
    [
        "changes/0000000000000000/evidence.zip",
        "changes/..%2Fx/evidence.zip",
        "de/changes/0000000000000000/evidence.zip",
    ],
)
def test_there_is_no_evidence_of_what_is_no_change(browse, path):
    assert browse.get(f"/{path}").status_code in (400, 404)


def test_a_report_on_disk_has_the_same_packages_when_it_is_asked_for_them(browse, store, event, tmp_path):
    served = browse.get(f"/changes/{event.id}/evidence.zip").content
    report_store(store, tmp_path, now=NOW, base_url=BASE, evidence=True)
    for path in (f"changes/{event.id}.html", f"it/changes/{event.id}.html"):
        page = tmp_path / path
        (link,) = [e for e in Markup(page.read_text()).all("a") if e.attributes["href"].endswith(".zip")]
        assert (page.parent / link.attributes["href"]).read_bytes() == served
    report_store(store, tmp_path / "without", now=NOW, base_url=BASE)
    assert ".zip" not in (tmp_path / "without" / "changes" / f"{event.id}.html").read_text()
    assert not list((tmp_path / "without").rglob("*.zip"))

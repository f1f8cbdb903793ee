"""`watcher evidence` hands out proof, and says clearly when there is none."""

import zipfile

import pytest

from tests.web.conftest import opened
from tests.web.filling import fill


@pytest.fixture
def event(tmp_path):
    with opened(tmp_path / "data") as store:
        return fill(store)


@pytest.mark.parametrize("named", ["{id}", "https://watcher.example/it/changes/{id}.html#change-1", "{ID}"])
def test_a_change_is_named_by_its_id_or_the_address_of_its_page(watcher, event, tmp_path, named):
    change = named.format(id=event.id, ID=event.id.upper())
    done = watcher("evidence", change, "--store", "data", "-o", "proof.zip")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "" and "proof.zip" in done.stderr
    assert f"evidence-{event.id}/SHA256SUMS" in zipfile.ZipFile(tmp_path / "proof.zip").namelist()


def test_without_a_name_the_file_is_named_after_the_change(watcher, event, tmp_path):
    assert watcher("evidence", event.id, "--store", "data").returncode == 0
    assert (tmp_path / f"evidence-{event.id}.zip").is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense", "--store", "data"], "this names no change"),
        (["0" * 16, "--store", "data"], "there is no change with this id"),
        (["0" * 16, "--store", "nowhere"], "there is no store here"),
        (["{id}", "--store", "data", "-o", "no/such/folder.zip"], "cannot be written"),
    ],
)
def test_what_cannot_be_proved_is_told_in_one_message(watcher, event, arguments, told):
    done = watcher("evidence", *(one.format(id=event.id) for one in arguments))
    assert done.returncode == 2
    assert told in done.stderr and "Traceback" not in done.stderr

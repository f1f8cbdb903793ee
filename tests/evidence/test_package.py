"""A package of evidence holds what it says, and the world's tools agree."""

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from tests.web.conftest import NOW, WAVECREST, opened
from tests.web.filling import TRAIN, add, change, fill, finding, text
from watcher.assembly import Rules
from watcher.errors import InputError
from watcher.model.fetched import Attempt
from watcher.proving import prove
from watcher.site import Frame
from watcher.store import Store

FRAME = Frame("Terms Watcher", "https://watcher.example")
DAY = timedelta(days=1)
TOOLS = {"PATH": os.pathsep.join((str(Path(sys.executable).parent), os.defpath)), "LC_ALL": "C"}


def unpack(whole: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


def proof(store: Store, number: str, folder: Path) -> Path:
    return unpack(prove(store, number, explain=Rules().explain, frame=FRAME), folder)


def records(top: Path) -> list[tuple[str, dict[str, str], dict[str, str], bytes]]:
    with (top / "pages.warc").open("rb") as source:
        return [
            (
                record.rec_type,
                dict(record.rec_headers.headers),
                dict(record.http_headers.headers) if record.http_headers else {},
                record.content_stream().read(),
            )
            for record in ArchiveIterator(source, check_digests="raise")
        ]


def sha256sum(top: Path) -> subprocess.CompletedProcess[str]:
    command = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    return subprocess.run(command, cwd=top, capture_output=True, text=True, check=False)


def follow(top: Path) -> None:
    """Step 1 and 3 of the instructions, word for word, in both languages: what is printed is what they say."""
    for name in ("README.txt", "LEGGIMI.txt"):
        readme = (top / name).read_text()
        commands = [
            shlex.split(line)
            for line in re.findall(r"^ {7}(\S.*)$", readme, re.M)
            if line.startswith(("sha256sum ", "warcio "))
        ]
        assert [command[:2] for command in commands] == [
            ["sha256sum", "-c"],
            ["warcio", "check"],
            ["warcio", "index"],
        ]
        sums, checked, digests = (
            subprocess.run(command, cwd=top, capture_output=True, text=True, env=TOOLS, check=True).stdout
            for command in commands
        )
        assert all(line.endswith(": OK") for line in sums.splitlines())
        assert "digest pass" in checked and "fail" not in checked
        listed = set(re.findall(r"^ {7}(sha256:[0-9a-f]{64})$", readme, re.M))
        lines = [json.loads(line) for line in digests.splitlines()]
        pages = [one for one in lines if one["warc-type"] in ("response", "resource", "revisit")]
        assert {one["warc-payload-digest"] for one in pages} == listed != set()


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evidence")
    with opened(folder) as store:
        event = fill(store)
        yield event, proof(store, event.id, folder / "out"), store


def test_whoever_follows_the_instructions_sees_what_they_say(package, tmp_path):
    event, _, store = package
    follow(proof(store, event.id, tmp_path))


def test_sha256sum_agrees_with_every_file(package):
    _, top, _ = package
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=top, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    checked = {line.split(":")[0] for line in done.stdout.splitlines()}
    assert checked == {p.relative_to(top).as_posix() for p in top.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    (top / "change.json").write_text("{}")
    done = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=top, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "change.json: FAILED" in done.stdout


def test_warcio_finds_every_digest_right(package, capsys):
    _, top, _ = package
    with pytest.raises(SystemExit) as ended:
        warcio(["check", "-v", str(top / "pages.warc")])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert told.count("digest pass") == 3 and "fail" not in told


def test_the_warc_holds_both_pages_as_they_were_answered(package):
    _, top, store = package
    info, *answers = records(top)
    assert info[0] == "warcinfo" and b"WARC File Format 1.1" in info[3]
    old, new, _ = store.archive.versions(WAVECREST.key)
    assert [kind for kind, *_ in answers] == ["response", "response"]
    for (_, warc, http, body), version in zip(answers, (old, new), strict=True):
        assert body == store.archive.raw(version.evidence[0].sha256)
        assert warc["WARC-Payload-Digest"] == f"sha256:{version.evidence[0].sha256}"
        assert warc["WARC-Target-URI"] == "https://wavecrest.example/terms"
        assert warc["WARC-Date"] == f"{version.seen_at:%Y-%m-%dT%H:%M:%S.%fZ}"
        assert http == {
            "content-type": "text/html; charset=utf-8",
            "server": "made-up",
            "Content-Length": str(len(body)),
        }


def test_texts_are_the_bytes_of_their_digests_and_the_comparison_tells_the_change(package):
    event, top, _ = package
    for number, digest in ((1, event.old_text), (2, event.new_text)):
        assert hashlib.sha256((top / f"texts/version-{number}.txt").read_bytes()).hexdigest() == digest
        assert digest in (top / "README.txt").read_text() and digest in (top / "LEGGIMI.txt").read_text()
    told = json.loads((top / "comparison.json").read_text())
    (pair,) = [pair for pair in told["pairs"] if pair["kind"] != "unchanged"]
    assert pair["kind"] == "reworded" and pair["new"]["text"] == TRAIN
    assert (
        "<ins>" in (top / "comparison.html").read_text()
        and 'lang="it"' in (top / "confronto.html").read_text()
    )


def test_the_findings_name_the_rules_and_their_version(package, tmp_path):
    event, _, store = package
    told = json.loads((proof(store, event.id, tmp_path) / "change.json").read_text())
    (one,) = told["changes"]
    assert one["now"]["pack"] == "ai-en 3" and one["now"]["rule"] == one["rule"] == "en-training-grant-1"
    assert told["address"] == f"https://watcher.example/changes/{event.id}.html"
    assert [version["rules"] for version in told["versions"]] == ["ai-en 3", "ai-en 3"]
    assert told["versions"][1]["pages"][0]["sha256"]


def test_the_same_change_gives_the_same_bytes(package, tmp_path):
    event, _, store = package
    first = prove(store, event.id, explain=Rules().explain, frame=FRAME)
    with opened(tmp_path) as other:
        fill(other)
        assert prove(other, event.id, explain=Rules().explain, frame=FRAME) == first


def test_there_is_no_evidence_of_a_change_that_is_none(package):
    with pytest.raises(InputError, match="no change with this id"):
        prove(package[2], "0" * 16, explain=Rules().explain, frame=FRAME)


def test_headers_of_the_wire_are_renamed_and_cookies_are_left_out(tmp_path):
    headers = (
        ("content-type", "text/html"),
        ("content-encoding", "gzip"),
        ("content-length", "17"),
        ("transfer-encoding", "chunked"),
        ("set-cookie", "session=secret"),
        ("x-odd", "naïve\r\nInjected: yes"),
    )
    grant = finding("training_grant", TRAIN, "train")
    with opened(tmp_path / "store") as store:
        add(store, WAVECREST, text("Nothing."), NOW)
        event = add(
            store, WAVECREST, text(TRAIN), NOW + DAY, changes=(change("introduced", grant),), headers=headers
        )
        top = proof(store, event.id, tmp_path / "out")
    _, _, (_, _, http, body) = records(top)
    assert http["X-Archive-Orig-content-encoding"] == "gzip"
    assert http["X-Archive-Orig-transfer-encoding"] == "chunked"
    assert http["Content-Length"] == str(len(body)) and "content-length" not in http
    assert not any("cookie" in name or name == "Injected" for name in http)
    assert "secret" not in (top / "headers/version-2-page-1.txt").read_text()


def test_a_page_that_a_person_saved_or_a_browser_showed_is_no_answer_of_a_server(tmp_path):
    grant = finding("training_grant", TRAIN, "train")
    rendered = (("content-type", "text/html; charset=utf-8"), ("x-watcher-rendered", "chromium 130"))
    with opened(tmp_path / "store") as store:
        add(store, WAVECREST, text("Nothing."), NOW, answered=False)
        event = add(
            store, WAVECREST, text(TRAIN), NOW + DAY, changes=(change("introduced", grant),), headers=rendered
        )
        top = proof(store, event.id, tmp_path / "out")
    follow(top)
    kinds = [(kind, body) for kind, _, _, body in records(top)]
    assert [kind for kind, _ in kinds] == ["warcinfo", "resource", "metadata", "resource", "metadata"]
    assert b"not kept" in kinds[2][1] and b"browser: chromium 130" in kinds[4][1]


def test_an_older_store_proves_with_the_few_headers_of_its_attempts(tmp_path):
    grant = finding("training_grant", TRAIN, "train")
    url = WAVECREST.pages[0].url
    with opened(tmp_path / "store") as store:
        add(store, WAVECREST, text("Nothing."), NOW, answered=False)
        event = add(
            store, WAVECREST, text(TRAIN), NOW + DAY, changes=(change("introduced", grant),), answered=False
        )
        for version in store.archive.versions(WAVECREST.key):
            sha256 = version.evidence[0].sha256
            tried = Attempt(url, version.seen_at, "fetched", 200, url, (("server", "made-up"),), 10, sha256)
            store.archive.attempted(WAVECREST.key, [tried])
        later = Attempt(url, NOW + DAY, "unchanged", 304, url, (("etag", '"1"'),))
        store.archive.attempted(WAVECREST.key, [later])
        top = proof(store, event.id, tmp_path / "out")
    follow(top)
    found = records(top)
    assert [kind for kind, *_ in found] == ["warcinfo", "response", "metadata", "response", "metadata"]
    assert found[1][2]["server"] == "made-up" and b"only some headers" in found[2][3]


def test_a_page_that_was_not_modified_since_is_a_revisit_of_the_answer_that_brought_it(tmp_path):
    grant = finding("training_grant", TRAIN, "train")
    url = WAVECREST.pages[0].url
    with opened(tmp_path / "store") as store:
        add(store, WAVECREST, text("Nothing."), NOW)
        event = add(
            store,
            WAVECREST,
            text(TRAIN),
            NOW + DAY,
            changes=(change("introduced", grant),),
            had_at=NOW + DAY / 2,
        )
        store.archive.attempted(
            WAVECREST.key, [Attempt(url, NOW + DAY, "unchanged", 304, url, (("etag", '"1"'),))]
        )
        top = proof(store, event.id, tmp_path / "out")
    follow(top)
    *_, response, revisit = records(top)
    assert revisit[0] == "revisit" and revisit[2]["etag"] == '"1"'
    assert revisit[1]["WARC-Refers-To"] == response[1]["WARC-Record-ID"]
    assert revisit[1]["WARC-Refers-To-Date"] == response[1]["WARC-Date"] == "2026-03-14T21:30:00.000000Z"
    assert revisit[1]["WARC-Date"] == "2026-03-15T09:30:00.000000Z"
    assert revisit[1]["WARC-Profile"].endswith("/revisit/server-not-modified")

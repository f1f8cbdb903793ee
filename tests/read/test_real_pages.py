"""On the recorded pages beside the checkout, where they are: extraction, histories and unreadable files."""

import io
import json
import tarfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from watcher.model.fetched import Fetched
from watcher.model.source import Document, Page
from watcher.read import glance, read_document

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
HISTORIES = sorted(path.name.removesuffix(".tar.xz") for path in CORPUS.glob("replay/*.tar.xz"))
EVERY = 6
"""Each text's first fetches and every sixth of the others are read: enough to see one that strays."""

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not beside this checkout")


def _fetches(slug: str) -> Iterator[tuple[str, Document, Fetched]]:
    truth = json.loads((CORPUS / "replay/truth.json").read_text("utf-8"))[slug]["groups"]
    with tarfile.open(CORPUS / f"replay/{slug}.tar.xz") as tar:
        bodies = {
            Path(member.name).name: tar.extractfile(member) for member in tar.getmembers() if member.isfile()
        }
        read = {name: stream.read() for name, stream in bodies.items() if stream is not None}
    manifest = json.load(io.BytesIO(read["manifest.json"]))
    page = Page(manifest["url"], tuple(manifest.get("select") or ()), tuple(manifest.get("remove") or ()))
    followed = Document(manifest["service"], manifest["document"], (page,))
    for at, (fetch, group) in enumerate(zip(manifest["fetches"], truth, strict=True)):
        if at % EVERY == 0 or truth[at - 1] != group:
            when = datetime.fromisoformat(fetch["fetched_at"])
            headers = (("content-type", "text/html; charset=utf-8"),)
            yield group, followed, Fetched(page.url, page.url, 200, headers, read[fetch["file"]], when)


@pytest.mark.parametrize("slug", HISTORIES)
def test_a_history_gives_each_text_once_and_refuses_what_is_not_the_document(slug):
    standing, looks, digests = None, {}, {}
    for group, followed, answer in _fetches(slug):
        reading = read_document(followed, [answer], standing)
        assert reading.text is not None
        assert looks.setdefault(glance(answer), reading.text.digest) == reading.text.digest
        if group == "ERR":
            assert reading.verdict.doubt is not None
            assert not reading.verdict.waits
            continue
        assert reading.verdict.doubt is None or reading.verdict.waits
        digests.setdefault(group.rstrip("'"), set()).add(reading.text.loose_digest)
        standing = reading.text
    plain = [found for group, found in digests.items()]
    assert len(set().union(*plain)) == sum(map(len, plain)), "two texts read as one"
    assert all(len(found) <= 2 for found in plain), "one text read as several"

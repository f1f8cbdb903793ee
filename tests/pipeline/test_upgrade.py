"""An upgrade of the extractor is never a change of terms."""

from dataclasses import replace

from tests.pipeline.conftest import CLAUSE, page
from watcher import read
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import VersionKind
from watcher.pipeline import Outcome, check, kinds, texts


def upgraded(text: DocumentText) -> DocumentText:
    """As an extractor would give it that keeps something which the one before left out, and words headings anew."""
    note = Clause("paragraph", "You must be able to train your dog.", "You must be able to train your dog.")
    shouted = tuple(
        replace(one, text=f"Section: {one.text}", markdown=f"Section: {one.markdown}")
        if one.kind == "heading"
        else one
        for one in text.clauses
    )
    return replace(text, clauses=(*shouted, note))


async def test_upgrading_the_extractor_over_200_versions_gives_no_change_and_no_alert(watch, monkeypatch):
    documents = [
        Document("Wavecrest", f"Terms {i}", (Page(f"{watch.site.origin}/terms/{i}"),), obey_robots=False)
        for i in range(200)
    ]
    watch.store.archive.remember(documents)
    for i in range(200):
        # The menu differs at the second visit, so that no glance at the page settles the matter.
        watch.site.on(f"/terms/{i}", page(), page(menu=f"Menu {i}", nonce="2"), page(extra=CLAUSE))
    for document in documents:
        assert (await check(document, watch.desk)).outcome is Outcome.FIRST

    read_again = []

    async def read_anew(document, fetched, standing):
        read_again.append(document.key)
        reading = read.read_document(document, fetched, standing)
        return replace(reading, text=upgraded(reading.text))

    monkeypatch.setattr(kinds, "EXTRACTOR", read.EXTRACTOR + "-upgraded")
    monkeypatch.setattr(texts, "reread", lambda document, raw: upgraded(read.reread(document, raw)))
    desk = replace(watch.desk, read=read_anew)

    outcomes = {(await check(document, desk)).outcome for document in documents}
    assert outcomes == {Outcome.UNCHANGED}
    assert len(set(read_again)) == 200
    assert watch.store.notices.pending() == ()

    changed = await check(documents[7], desk)
    assert changed.version.kind is VersionKind.CHANGED
    assert [c.quote for c in changed.event.changes] == [CLAUSE]

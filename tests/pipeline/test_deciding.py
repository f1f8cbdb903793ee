"""What an operator decides: accepting and rejecting refused pages, adding pages that a person saved."""

from datetime import timedelta

import pytest

from tests.pipeline.conftest import CLAUSE, SECTIONS, page
from watcher.deciding import accept, add_version, reject
from watcher.errors import InputError
from watcher.model.version import QuarantineState
from watcher.pipeline import Outcome

LONG = [
    (f"Section {i}", f"{text} This is paragraph number {i} of many.")
    for i in range(6)
    for _, text in SECTIONS
]


async def refuse_half(watch):
    """A long document, then one of which most is gone: it waits in quarantine."""
    watch.serve(page(LONG), page(LONG[:8], extra=CLAUSE))
    await watch.check()
    assert (await watch.check()).outcome is Outcome.WAITING
    (waiting,) = watch.store.archive.waiting(watch.document.key)
    return waiting


async def test_an_accepted_page_is_a_new_version_and_is_told(watch):
    waiting = await refuse_half(watch)
    taken = accept(waiting.id, [watch.document], watch.desk)
    assert taken.outcome is Outcome.CHANGED
    assert taken.version.seen_at == waiting.at
    assert [c.quote for c in taken.event.changes] == [CLAUSE]
    assert len(watch.store.notices.pending()) == 1
    assert watch.store.archive.quarantine_entry(waiting.id).state is QuarantineState.ACCEPTED
    assert (await watch.check()).outcome is Outcome.UNCHANGED


async def test_a_rejected_text_is_never_confirmed_by_coming_again(watch):
    waiting = await refuse_half(watch)
    reject(waiting.id, watch.store.archive)
    assert [(await watch.check()).outcome.well for _ in range(3)] == [False] * 3
    assert len(watch.store.archive.versions(watch.document.key)) == 1


async def test_a_page_refused_before_the_document_was_seen_again_is_not_accepted(watch):
    waiting = await refuse_half(watch)
    watch.serve(page(LONG, extra="We moved to Antwerp."))
    assert (await watch.check()).outcome is Outcome.CHANGED
    with pytest.raises(InputError, match="History only grows at its end"):
        accept(waiting.id, [watch.document], watch.desk)


async def test_an_unknown_number_is_said(watch):
    with pytest.raises(InputError, match="nothing in quarantine has this number"):
        accept(77, [watch.document], watch.desk)


async def test_a_page_that_a_person_saved_is_a_version_that_says_so(watch, tmp_path):
    watch.serve(page())
    await watch.check()
    saved = tmp_path / "terms.html"
    saved.write_bytes(page(extra=CLAUSE).body)
    at = watch.clock.now() + timedelta(hours=1)
    with pytest.raises(InputError, match="has not come yet"):
        add_version(watch.document, [saved], watch.desk, at=at)
    watch.clock.time += timedelta(days=3)
    wall = tmp_path / "wall.html"
    wall.write_text(
        "<main><h1>Just a moment...</h1><p>Verify you are human by completing the action below.</p></main>"
    )
    with pytest.raises(InputError, match="this is no document"):
        add_version(watch.document, [wall], watch.desk, at=at)
    taken = add_version(watch.document, [saved], watch.desk, at=at)
    assert (taken.outcome, taken.version.seen_at) == (Outcome.CHANGED, at)
    assert [one.saved_by_person for one in taken.version.evidence] == [True]
    assert [c.quote for c in taken.event.changes] == [CLAUSE]
    with pytest.raises(InputError, match="History only grows"):
        add_version(watch.document, [saved], watch.desk, at=at)
    with pytest.raises(InputError, match="stands already"):
        add_version(watch.document, [saved], watch.desk, at=at + timedelta(days=1))


async def test_files_must_match_the_pages_of_the_document(watch, tmp_path):
    with pytest.raises(InputError, match="stands on 1 pages, and 2 files"):
        add_version(watch.document, [tmp_path / "a", tmp_path / "b"], watch.desk, at=watch.clock.now())
    with pytest.raises(InputError, match="cannot be read"):
        add_version(watch.document, [tmp_path / "a"], watch.desk, at=watch.clock.now())


async def test_a_page_that_goes_back_and_forth_is_shown_as_alternating(watch):
    one, other = page(), page(extra=CLAUSE)
    watch.serve(one, other, one, other)
    for _ in range(3):
        await watch.check()
    assert watch.store.reports.statuses()[0].alternates is None
    await watch.check()
    assert watch.store.reports.statuses()[0].alternates == (1, 2)

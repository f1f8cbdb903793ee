"""Clauses have a life: first seen, last seen, absent from and to."""

from tests.pipeline.conftest import CLAUSE, page
from watcher.tracing import trace


async def test_a_clause_that_came_left_and_came_back_is_told_with_its_dates(watch):
    watch.serve(page(), page(extra=CLAUSE), page(), page(extra=CLAUSE))
    seen = []
    for _ in range(4):
        await watch.check(hours=24)
        seen.append(watch.clock.now())
    (found,) = trace(watch.store, "inform, TRAIN or develop")
    assert [(stay.since, stay.until) for stay in found.stays] == [(seen[1], seen[2]), (seen[3], None)]
    assert [stay.version for stay in found.stays] == [2, 4]
    assert found.stands
    assert found.first_seen == seen[1]


async def test_a_clause_that_only_moved_or_was_renumbered_lives_on(watch):
    watch.serve(page(extra=f"1. {CLAUSE}"), page(extra=f"2) {CLAUSE}"))
    await watch.check()
    await watch.check()
    (found,) = trace(watch.store, "inform train or develop")
    assert len(found.stays) == 1


async def test_words_are_found_whole_and_for_one_platform_only(watch):
    watch.serve(page(extra=CLAUSE))
    await watch.check()
    assert list(trace(watch.store, "rain or develop")) == []
    assert list(trace(watch.store, "train or develop", "Elsewhere")) == []
    assert len(list(trace(watch.store, "train or develop", "Wavecrest"))) == 1

"""New rules change what reports say of old versions, and mail nobody."""

from dataclasses import replace

from tests.pipeline.conftest import CLAUSE, page, simple_judge
from watcher.rejudging import rejudge


def milder(comparison, *, service, known):
    judgement = simple_judge(comparison, service=service, known=known)
    return replace(
        judgement, changes=tuple(replace(c, severity="low") for c in judgement.changes), rules="test 2"
    )


def silent(comparison, *, service, known):
    return replace(simple_judge(comparison, service=service, known=known), changes=())


async def two_versions(watch):
    watch.serve(page(), page(extra=CLAUSE))
    await watch.check()
    return (await watch.check()).event


async def test_the_same_rules_change_nothing(watch):
    event = await two_versions(watch)
    assert rejudge(watch.store, simple_judge) == 0
    assert watch.store.reports.histories()[0].events == (event,)


async def test_other_rules_change_the_report_under_the_same_permalink_and_announce_nothing(watch):
    event = await two_versions(watch)
    notices = watch.store.notices.pending()
    assert rejudge(watch.store, milder) == 1
    (now,) = watch.store.reports.histories()[0].events
    assert (now.id, [c.severity for c in now.changes]) == (event.id, ["low"])
    assert watch.store.notices.pending() == notices


async def test_what_is_no_longer_flagged_leaves_the_report_but_a_mailed_event_keeps_its_place(watch):
    event = await two_versions(watch)
    assert rejudge(watch.store, silent) == 1
    (kept,) = watch.store.reports.histories()[0].events
    assert (kept.id, kept.changes) == (event.id, ())
    assert rejudge(watch.store, simple_judge) == 1
    assert watch.store.reports.histories()[0].events == (event,)

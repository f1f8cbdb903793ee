"""The story of one check: what is recorded, what is refused, what is told."""

from tests.fetch.conftest import Reply
from tests.pipeline.conftest import CLAUSE, SECTIONS, Watch, page
from watcher.model.source import Page
from watcher.model.version import VersionKind
from watcher.pipeline import Outcome

ERROR_PAGE = Reply(
    body=b"<html><head><title>Not available</title></head><body><main><h1>This page isn't available</h1>"
    b"<p>The link may be broken, or the page may have been removed.</p></main></body></html>",
    headers={"Content-Type": "text/html"},
)


def versions(watch: Watch):
    return watch.store.archive.versions(watch.document.key)


async def test_the_first_text_is_a_version_and_tells_nobody(watch):
    watch.serve(page(extra=CLAUSE))
    checked = await watch.check()
    assert (checked.outcome, checked.event) == (Outcome.FIRST, None)
    assert watch.store.notices.pending() == ()
    assert CLAUSE in watch.store.archive.text(versions(watch)[0].text).markdown


async def test_a_new_clause_makes_a_version_an_event_and_a_notice(watch):
    watch.serve(page(), page(extra=CLAUSE))
    await watch.check()
    checked = await watch.check()
    assert checked.outcome is Outcome.CHANGED
    assert [c.quote for c in checked.event.changes] == [CLAUSE]
    (waiting,) = watch.store.notices.pending()
    assert waiting.about == checked.event.id


async def test_the_same_page_again_is_no_version(watch):
    watch.serve(page())
    assert [(await watch.check()).outcome for _ in range(3)] == [
        Outcome.FIRST,
        Outcome.UNCHANGED,
        Outcome.UNCHANGED,
    ]
    assert len(versions(watch)) == 1


async def test_a_page_whose_nonce_and_menu_differ_each_time_is_unchanged(watch):
    watch.serve(page(), page(nonce="2", menu="Start"), page(nonce="3", menu="Homepage"))
    assert [(await watch.check()).outcome for _ in range(3)] == [
        Outcome.FIRST,
        Outcome.UNCHANGED,
        Outcome.UNCHANGED,
    ]


async def test_paragraphs_that_only_moved_make_a_version_and_tell_nobody(watch):
    watch.serve(page(extra=CLAUSE), page([*SECTIONS[3:], *SECTIONS[:3]], extra=CLAUSE))
    await watch.check()
    checked = await watch.check()
    assert (checked.outcome, checked.event) == (Outcome.CHANGED, None)


async def test_typographic_quotes_and_dashes_make_a_cosmetic_version(watch):
    plain = [(title, text + " It's yours - always.") for title, text in SECTIONS]
    typographic = [(title, text + " It’s yours – always.") for title, text in SECTIONS]
    watch.serve(page(plain), page(typographic))
    await watch.check()
    assert (await watch.check()).outcome is Outcome.COSMETIC


async def test_a_page_that_is_not_the_document_is_refused_and_the_good_version_stands(watch):
    watch.serve(page(), ERROR_PAGE, page())
    await watch.check()
    refused = await watch.check()
    assert refused.outcome is Outcome.REFUSED
    assert refused.detail
    assert watch.store.reports.statuses()[0].failures == 1
    assert (await watch.check()).outcome is Outcome.UNCHANGED
    assert watch.store.reports.statuses()[0].failures == 0
    assert [v.kind for v in versions(watch)] == [VersionKind.FIRST]


async def test_a_server_error_is_a_failure_with_its_reason_and_the_next_check_continues(watch):
    watch.serve(page(), Reply(503), page(extra=CLAUSE))
    await watch.check()
    failed = await watch.check()
    assert (failed.outcome, failed.reason, failed.retry) == (Outcome.FAILED, "http-503", True)
    assert (await watch.check()).outcome is Outcome.CHANGED


async def test_a_text_seen_before_is_a_return_and_nobody_is_told_twice(watch):
    with_clause, without = page(extra=CLAUSE), page()
    watch.serve(without, with_clause, without, with_clause, without)
    outcomes = [await watch.check() for _ in range(5)]
    assert [one.outcome for one in outcomes] == [
        Outcome.FIRST, Outcome.CHANGED, Outcome.RETURN, Outcome.RETURN, Outcome.RETURN,
    ]  # fmt: skip
    assert [v.returns_to for v in versions(watch)] == [None, None, 1, 2, 1]
    assert len(watch.store.notices.pending()) == 1


async def test_words_that_were_told_are_not_told_again_in_another_version(watch):
    other = [
        *SECTIONS[:-1],
        ("Contact", "Write to our new office in Antwerp about these terms and your account."),
    ]
    watch.serve(page(), page(extra=CLAUSE), page(other), page(other, extra=CLAUSE + " We say so openly."))
    told = [(await watch.check()).event for _ in range(4)]
    assert [event is not None for event in told] == [False, True, True, True]
    assert [[c.change.value for c in event.changes] for event in told if event][:2] == [
        ["introduced"],
        ["removed"],
    ]


async def test_a_page_half_of_which_is_gone_waits_until_a_later_fetch_confirms_it(watch):
    long = [
        (f"Section {i}", f"{text} This is paragraph number {i} of many.")
        for i in range(6)
        for _, text in SECTIONS
    ]
    watch.serve(page(long), page(long[:8]), page(long[:8]))
    await watch.check()
    waiting = await watch.check()
    first_sight = watch.clock.now()
    assert waiting.outcome is Outcome.WAITING
    assert len(versions(watch)) == 1
    confirmed = await watch.check()
    assert confirmed.outcome is Outcome.CHANGED
    assert (confirmed.version.seen_at, confirmed.version.confirmed_at) == (first_sight, watch.clock.now())


async def test_a_selector_that_now_reads_more_is_not_a_change_of_terms(watch):
    watch.serve(page(), page(nonce="2"), page(extra=CLAUSE))
    watch.configure(pages=(Page(watch.document.pages[0].url, select=("main h2", "main p")),))
    await watch.check()
    watch.configure(pages=(Page(watch.document.pages[0].url, select=("main",)),))
    assert (await watch.check()).outcome is Outcome.UNCHANGED
    changed = await watch.check()
    assert [c.quote for c in changed.event.changes] == [CLAUSE]
    assert "Terms of Use" in watch.store.archive.text(changed.event.old_text).markdown


async def test_selectors_that_match_nothing_are_named_at_once_and_nothing_is_recorded(watch):
    watch.serve(page())
    await watch.check()
    watch.configure(pages=(Page(watch.document.pages[0].url, select=("#terms-body",)),))
    refused = await watch.check()
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "selectors")
    assert len(versions(watch)) == 1


async def test_unmodified_pages_are_asked_for_conditionally_and_not_sent_again(watch):
    tagged = page()
    tagged.headers["ETag"] = '"v1"'

    def answer(request):
        return Reply(304) if request.headers.get("if-none-match") == '"v1"' else tagged

    watch.site.on("/terms", answer)
    assert [(await watch.check()).outcome for _ in range(3)] == [
        Outcome.FIRST,
        Outcome.UNCHANGED,
        Outcome.UNCHANGED,
    ]
    assert [request.headers.get("if-none-match") for request in watch.site.requests] == [None, '"v1"', '"v1"']


async def test_an_unmodified_page_is_read_from_the_archive_when_another_page_of_the_document_changed(watch):
    tagged = page(SECTIONS[:3])
    tagged.headers["ETag"] = '"v1"'
    watch.site.on("/terms", lambda request: Reply(304) if "if-none-match" in request.headers else tagged)
    watch.site.on("/more", page(SECTIONS[3:]), page(SECTIONS[3:], extra=CLAUSE))
    watch.configure(pages=(Page(watch.site.origin + "/terms"), Page(watch.site.origin + "/more")))
    await watch.check()
    checked = await watch.check()
    assert [c.quote for c in checked.event.changes] == [CLAUSE]
    first, second = versions(watch)
    assert second.evidence[0].sha256 == first.evidence[0].sha256
    assert watch.store.archive.pages(watch.document.key)[0].validators.etag == '"v1"'


async def test_a_document_of_two_pages_is_read_as_one_text(watch):
    watch.site.on("/terms", page(SECTIONS[:3]))
    watch.site.on("/more", page(SECTIONS[3:]), page(SECTIONS[3:], extra=CLAUSE))
    watch.configure(pages=(Page(watch.site.origin + "/terms"), Page(watch.site.origin + "/more")))
    await watch.check()
    checked = await watch.check()
    assert [c.quote for c in checked.event.changes] == [CLAUSE]
    assert len(versions(watch)[0].evidence) == 2


async def test_the_raw_bytes_behind_each_version_are_kept(watch):
    first, second = page(), page(extra=CLAUSE)
    watch.serve(first, second)
    await watch.check()
    await watch.check()
    raw = [watch.store.archive.raw(v.evidence[0].sha256) for v in versions(watch)]
    assert raw == [first.body, second.body]


async def test_a_return_that_stays_for_days_is_told_once_as_what_it_takes_back(watch):
    with_clause, without = page(extra=CLAUSE), page()
    watch.serve(without, with_clause, without)
    told = [(await watch.check(hours=24)).event for _ in range(8)]
    changes = [[(c.change.value, c.quote) for c in event.changes] for event in told if event]
    assert changes == [[("introduced", CLAUSE)], [("removed", CLAUSE)]]
    assert told.index(next(event for event in reversed(told) if event)) == 5
    assert len(watch.store.notices.pending()) == 2


async def test_a_page_that_alternates_for_weeks_tells_each_thing_once(watch):
    with_clause, without = page(extra=CLAUSE), page()
    watch.serve(*[without] * 5, *([with_clause] * 5 + [without] * 5) * 3)
    told = [(await watch.check(hours=24)).event for _ in range(35)]
    assert [c.change.value for event in told if event for c in event.changes] == ["introduced", "removed"]


async def test_a_page_that_the_config_adds_is_no_change_of_terms(watch):
    watch.serve(page())
    watch.site.on("/more", page([("Technology", CLAUSE), *SECTIONS]))
    await watch.check()
    watch.configure(pages=(*watch.document.pages, Page(watch.site.origin + "/more")))
    checked = await watch.check()
    assert (checked.outcome, checked.event) == (Outcome.TECHNICAL, None)
    assert (await watch.check()).outcome is Outcome.UNCHANGED


async def test_pages_in_another_order_are_no_change_of_terms(watch):
    watch.serve(page(SECTIONS[:3]))
    watch.site.on("/more", page(SECTIONS[3:]))
    watch.configure(pages=(Page(watch.site.origin + "/terms"), Page(watch.site.origin + "/more")))
    await watch.check()
    watch.configure(pages=tuple(reversed(watch.document.pages)))
    assert (await watch.check()).outcome is Outcome.UNCHANGED


async def test_a_line_that_differs_each_time_does_not_keep_a_drastic_change_waiting_for_ever(watch):
    long = [
        (f"Section {i}", f"{text} This is paragraph number {i} of many.")
        for i in range(20)
        for _, text in SECTIONS
    ]

    def halved(visitors: int):
        return page([*long[:26], ("Visitors", f"{visitors} online")])

    watch.serve(page(long), halved(1203), halved(871))
    await watch.check()
    assert (await watch.check()).outcome is Outcome.WAITING
    assert (await watch.check()).outcome is Outcome.CHANGED

"""Pages whose text only a browser shows: who is asked for them, and what is said when there is no browser."""

from dataclasses import replace

import pytest

from tests.fetch.conftest import Reply
from tests.pipeline.conftest import CLAUSE, Watch, page
from watcher.errors import TransientFetchError
from watcher.model.fetched import Fetched
from watcher.model.source import Page
from watcher.pipeline import Outcome

SHELL = Reply(
    body=b"<!doctype html><html lang=en><head><title>Terms</title><script src=/app.js></script></head>"
    b"<body><div id=root></div><noscript>Please enable JavaScript.</noscript></body></html>",
    headers={"Content-Type": "text/html", "ETag": '"shell"'},
)


class Shown:
    """A browser as far as the pipeline knows it: the page behind the shell."""

    def __init__(self, watch: Watch) -> None:
        self.now = watch.clock.now
        self.body = page().body
        self.asked: list[str] = []
        self.error: TransientFetchError | None = None

    async def fetch(self, page, **how):
        self.asked.append(page.url)
        if self.error:
            raise self.error
        return Fetched(page.url, page.url, 200, (("content-type", "text/html"),), self.body, self.now())


@pytest.fixture
def shown(watch) -> Shown:
    shown = Shown(watch)
    watch.desk = replace(watch.desk, browser=shown)
    return shown


async def test_a_shell_is_shown_in_a_browser_and_recorded(watch, shown):
    watch.serve(SHELL)
    checked = await watch.check()
    assert checked.outcome is Outcome.FIRST
    assert "You own what you upload." in watch.store.archive.text(checked.version.text).markdown
    assert (await watch.check()).outcome is Outcome.UNCHANGED
    shown.body = page(extra=CLAUSE).body
    assert (await watch.check()).outcome is Outcome.CHANGED


async def test_a_shell_is_asked_for_anew_each_time_because_its_being_unmodified_says_nothing(watch, shown):
    watch.serve(SHELL)
    for _ in range(2):
        await watch.check()
    assert ["if-none-match" in request.headers for request in watch.site.requests] == [False, False]


async def test_a_page_that_is_readable_needs_no_browser(watch, shown):
    watch.serve(page())
    assert (await watch.check()).outcome is Outcome.FIRST
    assert shown.asked == []


async def test_a_page_that_asks_for_a_browser_is_fetched_by_nobody_else(watch, shown):
    watch.configure(pages=(Page(watch.site.origin + "/terms", javascript=True),))
    assert (await watch.check()).outcome is Outcome.FIRST
    assert watch.site.requests == []


async def test_what_is_a_shell_in_a_browser_too_is_refused(watch, shown):
    watch.serve(SHELL)
    shown.body = SHELL.body
    checked = await watch.check()
    assert (checked.outcome, checked.reason) == (Outcome.REFUSED, "shell")
    assert len(shown.asked) == 1


async def test_a_page_that_the_browser_cannot_show_is_a_failure_that_says_why(watch, shown):
    watch.serve(SHELL)
    shown.error = TransientFetchError("the page keeps the browser busy", reason="timeout")
    checked = await watch.check()
    assert (checked.outcome, checked.reason, checked.retry) == (Outcome.FAILED, "timeout", True)


async def test_without_a_browser_a_shell_is_refused_with_a_word_on_what_to_install(watch):
    watch.serve(SHELL)
    watch.desk = replace(watch.desk, no_browser="Install one.")
    checked = await watch.check()
    assert (checked.outcome, checked.reason) == (Outcome.REFUSED, "shell")
    assert checked.detail.endswith(" Install one.")


async def test_without_a_browser_a_page_that_asks_for_one_is_fetched_as_usual(watch):
    watch.configure(pages=(Page(watch.site.origin + "/terms", javascript=True),))
    watch.serve(page())
    assert (await watch.check()).outcome is Outcome.FIRST

"""Pages as a browser shows them, fetched as politely as any other page."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urldefrag

from watcher.browser.chromium import Chromium
from watcher.browser.showing import show
from watcher.browser.traffic import Ask, Traffic
from watcher.errors import FetchError
from watcher.model.fetched import RENDERED, Attempt, Fetched, Validators
from watcher.model.options import BrowserOptions
from watcher.model.source import Page

_HTML = ("text/html", "application/xhtml+xml")


class Pages(Protocol):
    """Fetches pages without a browser, see `watcher.pipeline.Pages`."""

    async def fetch(
        self,
        page: Page,
        *,
        validators: Validators,
        language: str,
        obey_robots: bool,
        record: Callable[[Attempt], None],
    ) -> Fetched:
        """One page, or a `FetchError`."""


class Browser:
    """Shows pages, one at a time, in one browser that is started by the first of them. Use it as a context manager.

    `pages` fetches each page itself, `ask` the parts that it asks for; `most_bytes` bounds the page as shown. `now` is
    the clock, in UTC.
    """

    def __init__(
        self, options: BrowserOptions, pages: Pages, ask: Ask, *, most_bytes: int, now: Callable[[], datetime]
    ) -> None:
        self._options = options
        self._pages = pages
        self._ask = ask
        self._most_bytes = most_bytes
        self._now = now
        self._turn = asyncio.Lock()
        self.chromium = Chromium(options)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.chromium.stop()

    async def fetch(
        self,
        page: Page,
        *,
        record: Callable[[Attempt], None],
        validators: Validators = Validators(),  # noqa: B008 - frozen
        language: str = "en",
        obey_robots: bool = True,
    ) -> Fetched:
        """The page as shown: its body is the document that scripts made, in UTF-8, marked by the header `RENDERED`.

        What is no HTML comes as it is. `validators` are not used: a server that calls the shell unmodified says
        nothing of the text that scripts put into it. `record` hears of the page itself and of the showing. Raises the
        errors of the fetcher, and `TransientFetchError` `timeout`, `memory` or `browser`, `PermanentFetchError`
        `too-large`, `redirects` or `browser`.
        """

        async def plainly(url: str) -> Fetched:
            return await self._pages.fetch(
                replace(page, url=url),
                validators=Validators(),
                language=language,
                obey_robots=obey_robots,
                record=record,
            )

        first = await plainly(page.url)
        if (first.header("content-type") or "text/html").partition(";")[0].strip().lower() not in _HTML:
            return first
        async with self._turn:
            at, began = self._now(), asyncio.get_running_loop().time()
            traffic = Traffic(first, plainly, self._ask)
            try:
                shown = await show(
                    self.chromium,
                    traffic,
                    _with_fragment(first.final_url, page.url),
                    language=language,
                    timeout=self._options.timeout,
                    most_bytes=self._most_bytes,
                )
            except FetchError as error:
                record(Attempt(page.url, at, "failed", reason=error.reason, detail=error.what))
                raise
            seconds = asyncio.get_running_loop().time() - began
        fetched = Fetched(
            url=page.url,
            final_url=shown.url,
            status=200,
            headers=(
                ("content-type", "text/html; charset=utf-8"),
                (RENDERED, f"chromium {self.chromium.version}"),
            ),
            body=shown.html.encode("utf-8", "replace"),
            fetched_at=self._now(),
            duration=first.duration + seconds,
            redirects=(*first.redirects, *traffic.steps),
        )
        record(
            Attempt(
                url=page.url,
                at=at,
                outcome="fetched",
                status=200,
                final_url=fetched.final_url,
                headers=fetched.headers,
                size=len(fetched.body),
                sha256=hashlib.sha256(fetched.body).hexdigest(),
                duration=seconds,
            )
        )
        return fetched


def _with_fragment(url: str, asked: str) -> str:
    """A redirect keeps the fragment of the address before it (RFC 9110, section 10.2.2); some sites show by it."""
    fragment = urldefrag(asked).fragment
    return f"{url}#{fragment}" if fragment and not urldefrag(url).fragment else url

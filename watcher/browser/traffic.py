"""Everything that a page asks for, answered by the project's own fetcher.

Chromium itself never opens a connection: it has no network but a proxy that does not exist (see `chromium.py`), and
each request that it would make is made by the fetcher, whose guard judges the very address that is connected to. A
guard that only looked the name up beforehand would be led around by a name that resolves to something else a moment
later (DNS rebinding), by redirects, which Playwright does not show to a route, and by whatever is no request at all:
WebSockets, WebRTC, preconnects. Those all end at the proxy.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urldefrag, urlsplit

from watcher.errors import FetchError, PermanentFetchError
from watcher.model.fetched import Fetched

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab
    from playwright.async_api import Request, Route

_NEEDED = frozenset({"script", "stylesheet", "xhr", "fetch"})
_METHODS = frozenset({"GET", "HEAD", "POST"})
_MOST_REQUESTS = 200
_MOST_BYTES = 60_000_000
_MOST_STEPS = 5
# Ours, the connection's, or of no use to anyone but a tracker.
_NOT_PASSED_ON = ("accept-encoding", "connection", "content-length", "cookie", "host", "user-agent")
_NOT_GIVEN = ("content-encoding", "content-length", "location", "set-cookie", "transfer-encoding")


class Fetch(Protocol):
    """How a whole page is fetched."""

    def __call__(self, url: str) -> Awaitable[Fetched]:
        """The page at an address, politely; raises `FetchError`."""


class Ask(Protocol):
    """How the parts of a page are asked for."""

    def __call__(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, *, page: str
    ) -> Awaitable[Fetched]:
        """An answer of any status, for the page at the address `page`; raises `FetchError`."""


class Traffic:
    """The requests of one page. Once `settled`, it leads to no other page any more.

    `failure` is why the page itself could not be had, when a script led to another one; `begun` counts the requests,
    `steps` are the addresses that scripts led to.
    """

    def __init__(self, first: Fetched, fetch: Fetch, ask: Ask) -> None:
        self._came = {_bare(first.final_url): first}
        self._fetch = fetch
        self._ask = ask
        self._home = first.final_url
        self._room = _MOST_BYTES
        self._under_way: set[asyncio.Task[Fetched]] = set()
        self.begun = 0
        self.steps: list[str] = []
        self.failure: FetchError | None = None
        self.settled = False
        self._over = False

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._under_way)

    async def answer(self, tab: "Tab", route: "Route") -> None:
        """What Playwright calls for each request of the page, of its frames and of windows that it opens."""
        from playwright.async_api import Error

        answer = await self._answer(tab, route.request)
        with suppress(Error):  # the page is gone meanwhile
            if answer is None:
                await route.abort("blockedbyclient")
            else:
                await route.fulfill(status=answer.status, headers=_given(answer), body=answer.body)

    async def end(self) -> None:
        """Give up what is still under way, and answer nothing more."""
        self._over = True
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _answer(self, tab: "Tab", request: "Request") -> Fetched | None:
        if request.is_navigation_request():
            return await self._step(request) if _of_the_page_itself(tab, request) else None
        if request.resource_type not in _NEEDED or request.method not in _METHODS:
            return None
        if urlsplit(request.url).scheme not in ("http", "https"):
            return None
        self.begun += 1
        if self._over or self.begun > _MOST_REQUESTS or self._room <= 0:
            return None
        headers = {
            name: value
            for name, value in request.headers.items()
            if name not in _NOT_PASSED_ON and not name.startswith((":", "sec-", "proxy-"))
        }
        try:
            content = request.post_data_buffer
            answer = await self._await(
                self._ask(request.method, request.url, headers, content, page=self._home)
            )
        except FetchError:
            return None
        self._room -= len(answer.body) if answer else 0
        return answer

    async def _step(self, request: "Request") -> Fetched | None:
        """The page itself: the one that came first, and those that scripts lead to."""
        came = self._came.pop(_bare(request.url), None)
        if came is not None:
            return came
        self.begun += 1
        if self._over or self.settled or self.failure or request.method != "GET":
            return None
        self.steps.append(request.url)
        try:
            if len(self.steps) > _MOST_STEPS:
                raise PermanentFetchError(
                    "its scripts lead on and on",
                    where=request.url,
                    remedy="Look where a browser ends up, and write that address in the catalogue.",
                    reason="redirects",
                )
            answer = await self._await(self._fetch(request.url))
        except FetchError as error:
            self.failure = error
            return None
        if answer is None:
            return None
        self._home = answer.final_url
        if _bare(answer.final_url) == _bare(request.url):
            return answer
        # The server redirected. The browser has to learn the new address, and cannot follow a redirect by itself.
        self._came[_bare(answer.final_url)] = answer
        return _leading_to(answer)

    async def _await(self, coming: Awaitable[Fetched]) -> Fetched | None:
        """The answer; None when the page ended before it came."""
        task = asyncio.ensure_future(coming)
        self._under_way.add(task)
        try:
            await asyncio.wait([task])
            return None if task.cancelled() else task.result()
        finally:
            self._under_way.discard(task)


def _of_the_page_itself(tab: "Tab", request: "Request") -> bool:
    """Not a frame in it (advertisements, logins, consent managers) nor a window that it opens."""
    from playwright.async_api import Error

    try:
        return request.frame == tab.main_frame
    except Error:  # the frame of a window that is just being opened
        return False


def _bare(url: str) -> str:
    """An address as browsers ask for it: no fragment, and a path always."""
    parts = urlsplit(urldefrag(url).url)
    return parts._replace(path=parts.path or "/").geturl()


def _given(answer: Fetched) -> dict[str, str]:
    headers: dict[str, str] = {}
    for name, value in answer.headers:
        if name not in _NOT_GIVEN:
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _leading_to(answer: Fetched) -> Fetched:
    body = f'<!doctype html><meta http-equiv="refresh" content="0; url={escape(answer.final_url)}">'
    headers = (("content-type", "text/html; charset=utf-8"),)
    return Fetched(answer.url, answer.url, 200, headers, body.encode(), answer.fetched_at)

"""Politeness: how many requests run at once, and how much time lies between them, host by host."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import httpx

from watcher.errors import TransientFetchError
from watcher.fetch.retry_after import LONGEST_WAIT, retry_after
from watcher.model.options import FetchOptions

LONGEST_CRAWL_DELAY = 10.0
"""Seconds; a longer Crawl-delay in robots.txt (which is no part of RFC 9309) counts as this much."""


def authority(url: httpx.URL) -> str:
    """What counts as one host: scheme, host and port."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


class _Host:
    def __init__(self, limit: int, delay: float) -> None:
        self.slots = asyncio.Semaphore(limit)
        self.starting = asyncio.Lock()
        self.delay = delay
        self.last: datetime | None = None
        self.rests_until: datetime | None = None


class Hosts:
    """Hands out turns. A request that waits for its host takes no place from requests to other hosts."""

    def __init__(
        self, options: FetchOptions, now: Callable[[], datetime], sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._options = options
        self._now = now
        self._sleep = sleep
        self._everywhere = asyncio.Semaphore(options.concurrency)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, url: httpx.URL) -> AsyncIterator[None]:
        """Hold this while one request to the host of `url` runs.

        Raises `TransientFetchError` `http-429` when the host asked to be left alone for longer than we wait.
        """
        host = self._of(authority(url))
        async with host.slots:
            # The place among all is taken last and the start noted after it, so that nothing comes between the
            # pause and the start, and two starts are never nearer than the delay.
            async with host.starting:
                await self._pause(host, url)
                await self._everywhere.acquire()
                host.last = self._now()
            try:
                yield
            finally:
                self._everywhere.release()

    def slow_down(self, name: str, delay: float) -> None:
        """Obey a Crawl-delay of robots.txt, within bounds and never faster than configured."""
        self._of(name).delay = max(self._options.delay, min(delay, LONGEST_CRAWL_DELAY))

    def rest(self, url: httpx.URL, wish: str | None) -> None:
        """The host of `url` said 429 with this Retry-After: send it nothing for so long, whatever the page."""
        now = self._now()
        seconds = retry_after(wish, now)
        if seconds is not None:
            self._of(authority(url)).rests_until = now + timedelta(seconds=seconds)

    def _of(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(self._options.per_host, self._options.delay)
        return self._hosts[name]

    async def _pause(self, host: _Host, url: httpx.URL) -> None:
        now = self._now()
        # A clock that was set back must not stretch the pause.
        spacing = min(host.delay, host.delay - (now - host.last).total_seconds()) if host.last else 0.0
        rest = (host.rests_until - now).total_seconds() if host.rests_until else 0.0
        if rest > LONGEST_WAIT:
            raise TransientFetchError(
                f"the host asked to be left alone for another {rest:.0f} seconds",
                where=str(url),
                remedy="Check its documents less often, or raise `delay` in the config.",
                reason="http-429",
                after=rest,
            )
        wait = max(spacing, rest)
        if wait > 0:
            await self._sleep(wait)

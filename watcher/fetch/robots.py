"""What robots.txt says to us (RFC 9309)."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
from protego import Protego

from watcher.errors import PermanentFetchError, TransientFetchError
from watcher.fetch.body import ACCEPT_ENCODING
from watcher.fetch.hosts import Hosts, authority
from watcher.fetch.problems import GOOD, from_status
from watcher.fetch.question import PRODUCT_TOKEN
from watcher.fetch.wire import Bounds, Trip, Wire

_BOUNDS = Bounds(redirects=5, body=500 * 1024, cut=True)  # RFC 9309, sections 2.3.1.2 and 2.5
_HEADERS = {"accept": "text/plain,*/*;q=0.5", "accept-encoding": ACCEPT_ENCODING}
_KEPT = timedelta(hours=24)  # RFC 9309, section 2.4


class Robots:
    """Asks each host once for its robots.txt; those who wait for the same one share the answer."""

    def __init__(self, wire: Wire, hosts: Hosts, now: Callable[[], datetime]) -> None:
        self._wire = wire
        self._hosts = hosts
        self._now = now
        self._kept: dict[str, tuple[datetime, asyncio.Task[Protego]]] = {}

    async def permit(self, url: httpx.URL) -> None:
        """Return when we may ask for `url`.

        Raises `PermanentFetchError` `robots` when its robots.txt says no. When robots.txt cannot be had for now:
        `TransientFetchError` with the reason of the network (`connect`, `timeout`), or `robots-unavailable` when the
        server answers with an error, which RFC 9309, section 2.3.1.4, takes as "stay away".
        """
        try:
            rules = await self._rules(authority(url))
        except TransientFetchError as error:
            # When the host cannot be reached at all, that is the news, and not its robots.txt.
            refused = error.status is not None
            raise TransientFetchError(
                f"robots.txt could not be had: {error.what}" if refused else error.what,
                where=str(url),
                remedy=error.remedy,
                reason="robots-unavailable" if refused else error.reason,
                after=error.after,
            ) from error
        if not rules.can_fetch(str(url), PRODUCT_TOKEN):
            raise PermanentFetchError(
                "robots.txt asks us not to fetch this page",
                where=str(url),
                remedy="Ask the site for permission; then set `obey_robots: false` for this document.",
                reason="robots",
            )

    async def aclose(self) -> None:
        """Drop the questions that nobody waits for any more."""
        tasks = [task for _, task in self._kept.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _rules(self, host: str) -> Protego:
        asked_at, task = self._kept.get(host, (None, None))
        if task is None or asked_at is None or self._now() - asked_at > _KEPT:
            task = asyncio.create_task(self._load(host))
            self._kept[host] = (self._now(), task)
        try:
            # Shielded: whoever gives up waiting must not take the answer from the others.
            return await asyncio.shield(task)
        except TransientFetchError:
            if self._kept.get(host, (None, None))[1] is task:
                del self._kept[host]
            raise

    async def _load(self, host: str) -> Protego:
        """The rules of a host. A robots.txt that cannot be had for good (404, circles) forbids nothing."""
        trip = Trip(f"{host}/robots.txt")
        try:
            status = await self._wire.travel(trip, _HEADERS, _BOUNDS)
            if status not in GOOD:
                raise from_status(status, trip.headers, trip.url, self._now())
        except PermanentFetchError:
            return Protego()
        rules = Protego.parse((trip.body or b"").decode("utf-8-sig", "replace"))
        delay = rules.crawl_delay(PRODUCT_TOKEN)
        if delay is not None:
            self._hosts.slow_down(host, delay)
        return rules

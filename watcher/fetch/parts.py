"""The parts of a page that a browser shows: scripts, styles and texts that it asks for while it builds itself."""

import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

import httpx

from watcher.fetch.addresses import AddressGuard
from watcher.fetch.body import ACCEPT_ENCODING
from watcher.fetch.hosts import Hosts
from watcher.fetch.wire import Bounds, Trip, Wire
from watcher.model.fetched import Fetched
from watcher.model.options import FetchOptions

_AT_ONCE = 6
"""Requests at the same time to one host, as browsers do over HTTP/1.1."""
_PORTS = {"http": 80, "https": 443}


class Parts:
    """Asks for parts of pages: guarded and bounded like pages, but without a pause between two requests.

    A page on the internet runs scripts of strangers. They must not reach what `allow_hosts` opens for the operator's
    own documents, so parts from there are given only to pages that stand on such a host themselves.
    """

    def __init__(
        self,
        options: FetchOptions,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]],
        tls: ssl.SSLContext,
        user_agent: str,
    ) -> None:
        self._now = now
        self._bounds = Bounds(redirects=10, body=options.max_bytes)
        self._guard = AddressGuard(options.allow_hosts)
        at_once = replace(options, delay=0.0, per_host=_AT_ONCE)
        hosts = Hosts(at_once, now, sleep)
        self._own = Wire(at_once, hosts, tls, user_agent)
        self._public = Wire(replace(at_once, allow_hosts=()), hosts, tls, user_agent)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._own.aclose()
        await self._public.aclose()

    async def ask(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, *, page: str
    ) -> Fetched:
        """The answer of any status, redirects followed, to the page at the address `page`; raises `FetchError`."""
        home = httpx.URL(page)
        opened = self._guard.opened(home.raw_host.decode("ascii"), home.port or _PORTS.get(home.scheme, 0))
        trip = Trip(url)
        status = await (self._own if opened else self._public).travel(
            trip,
            {**headers, "accept-encoding": ACCEPT_ENCODING},
            self._bounds,
            method=method,
            content=content,
        )
        return Fetched(
            url=url,
            final_url=trip.url,
            status=status,
            headers=tuple(trip.headers.multi_items()),
            body=trip.body or b"",
            fetched_at=self._now(),
            duration=trip.seconds,
            redirects=tuple(trip.redirects),
        )

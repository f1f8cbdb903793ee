"""Fetches pages: tries, tries again where that can help, and leaves a record of each try."""

import asyncio
import hashlib
import random as randomness
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from watcher.errors import FetchError, TransientFetchError
from watcher.fetch.hosts import Hosts
from watcher.fetch.parts import Parts
from watcher.fetch.problems import GOOD, TRIED_AGAIN, from_status
from watcher.fetch.question import question, user_agent
from watcher.fetch.retry_after import LONGEST_WAIT
from watcher.fetch.robots import Robots
from watcher.fetch.wire import Bounds, Trip, Wire
from watcher.model.fetched import SPEAKING, Attempt, Fetched, Validators
from watcher.model.options import FetchOptions
from watcher.model.source import Page

MAX_REDIRECTS = 10

_HEADERS_THAT_MATTER = (
    "cf-mitigated",
    "content-language",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "location",
    "retry-after",
    "server",
    *sorted(SPEAKING),
)


class Fetcher:
    """Gets pages politely. Use it as an async context manager, one for a whole run.

    `now` gives the time in UTC, `sleep` pauses for seconds, `random` spreads retries; `version` is this program's.
    Proxy variables of the environment are ignored (see `watcher.fetch.transport`); SSL_CERT_FILE and SSL_CERT_DIR are
    not. `parts` asks for what pages need that a browser shows.
    """

    def __init__(
        self,
        options: FetchOptions,
        *,
        now: Callable[[], datetime],
        random: randomness.Random,
        version: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._options = options
        self._now = now
        self._random = random
        self._sleep = sleep
        hosts = Hosts(options, now, sleep)
        tls, agent = httpx.create_ssl_context(), user_agent(version, options.contact)
        self._wire = Wire(options, hosts, tls, agent)
        self._robots = Robots(self._wire, hosts, now)
        self.parts = Parts(options, now, sleep, tls, agent)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._robots.aclose()
        await self.parts.aclose()
        await self._wire.aclose()

    async def fetch(
        self,
        page: Page,
        *,
        record: Callable[[Attempt], None],
        validators: Validators = Validators(),  # noqa: B008 - frozen
        language: str = "en",
        obey_robots: bool = True,
    ) -> Fetched:
        """The page as it stands now, or `not_modified` when `validators` still hold.

        `record` gets an `Attempt` for each try before anything is raised. `language` (BCP 47) is asked for.
        Raises `TransientFetchError` when all tries failed or the server asked for a pause of more than
        `LONGEST_WAIT` seconds (`after`), `PermanentFetchError` at once when trying again cannot help.
        """
        headers = question(language, validators)
        trying = AsyncRetrying(
            sleep=self._sleep,
            retry=retry_if_exception(_can_help),
            wait=self._pause,
            stop=stop_after_attempt(self._options.retries + 1),
            reraise=True,
        )
        return await trying(self._try, page.url, headers, obey_robots, record)

    def _pause(self, state: RetryCallState) -> float:
        """Seconds before the next try: 1, 2, 4 ... up to 30, half to one and a half of it, or what the server asks."""
        backoff: float = min(30.0, 2.0 ** (state.attempt_number - 1)) * self._random.uniform(0.5, 1.5)
        error = state.outcome.exception() if state.outcome else None
        asked = error.after if isinstance(error, TransientFetchError) else None
        return max(backoff, asked or 0.0)

    async def _try(
        self, url: str, headers: dict[str, str], obey_robots: bool, record: Callable[[Attempt], None]
    ) -> Fetched:
        trip = Trip(url)
        at = self._now()
        try:
            bounds = Bounds(redirects=MAX_REDIRECTS, body=self._options.max_bytes)
            permit = self._robots.permit if obey_robots else None
            status = await self._wire.travel(trip, headers, bounds, permit)
            fetched = self._accept(status, trip, url, headers)
        except FetchError as error:
            sha256 = None if trip.body is None else hashlib.sha256(trip.body).hexdigest()
            failed = _attempt(trip, url, at, "failed", sha256)
            record(replace(failed, reason=error.reason, detail=error.what))
            raise
        if fetched.not_modified:
            record(_attempt(trip, url, at, "unchanged", None))
        else:
            record(_attempt(trip, url, at, "fetched", fetched.sha256))
        return fetched

    def _accept(self, status: int, trip: Trip, url: str, headers: dict[str, str]) -> Fetched:
        if status not in GOOD:
            raise from_status(status, trip.headers, trip.url, self._now())
        if status == 304 and not {"if-none-match", "if-modified-since"} & headers.keys():
            raise TransientFetchError(
                "the server says that nothing changed, though it was not asked",
                where=trip.url,
                remedy=TRIED_AGAIN,
                reason="protocol",
                status=status,
            )
        return Fetched(
            url=url,
            final_url=trip.url,
            status=status,
            headers=tuple(trip.headers.multi_items()),
            body=b"" if status == 304 else trip.body or b"",
            fetched_at=self._now(),
            duration=trip.seconds,
            redirects=tuple(trip.redirects),
            moved=trip.moved,
        )


def _can_help(error: BaseException) -> bool:
    return isinstance(error, TransientFetchError) and (error.after or 0.0) <= LONGEST_WAIT


def _attempt(trip: Trip, url: str, at: datetime, outcome: str, sha256: str | None) -> Attempt:
    """The record of a try. Each redirect on the way is kept as a `location` header, in order, before the answer's."""
    return Attempt(
        url=url,
        at=at,
        outcome=outcome,
        status=trip.status,
        final_url=trip.url,
        headers=(
            *(("location", location) for location in trip.locations),
            *((name, value) for name, value in trip.headers.multi_items() if name in _HEADERS_THAT_MATTER),
        ),
        size=len(trip.body or b""),
        sha256=sha256,
        duration=trip.seconds,
    )

"""One question to one address, through all its redirects, with everything bounded."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from watcher.errors import FetchError, PermanentFetchError
from watcher.fetch.addresses import AddressGuard
from watcher.fetch.body import read_body
from watcher.fetch.hosts import Hosts, authority
from watcher.fetch.problems import GOOD, WIRE_ERRORS, from_wire
from watcher.fetch.transport import GuardedTransport
from watcher.model.options import FetchOptions

_LASTING = (301, 308)  # RFC 9110, sections 15.4.2 and 15.4.9


@dataclass(slots=True)
class Trip:
    """What is known of one try so far. It is filled in on the way, so that a failure is recorded with what was seen.

    `url` is the address asked last, `redirects` those passed through before it, `locations` their Location headers.
    `moved` is how far redirects that are meant to last (301, 308) lead, empty when not even the first one is.
    `seconds` is time on the wire, pauses between requests left out.
    """

    url: str
    redirects: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    moved: str = ""
    status: int | None = None
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    body: bytes | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """`redirects` followed at most, `body` bytes read at most; `cut` takes the beginning of a longer body."""

    redirects: int
    body: int
    cut: bool = False


class Wire:
    """The one HTTP client, kept for all requests so that connections are used again."""

    def __init__(self, options: FetchOptions, hosts: Hosts, tls: ssl.SSLContext, user_agent: str) -> None:
        self._options = options
        self._hosts = hosts
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(AddressGuard(options.allow_hosts), tls, keepalive=options.concurrency),
            headers={"user-agent": user_agent},
            # Cookies are kept by each trip, not by the client.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=httpx.Timeout(options.read_timeout, connect=options.connect_timeout, pool=None),
            trust_env=False,
            event_hooks={"response": [_take_location]},
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def travel(
        self,
        trip: Trip,
        headers: Mapping[str, str],
        bounds: Bounds,
        permit: Callable[[httpx.URL], Awaitable[None]] | None = None,
        *,
        method: str = "GET",
        content: bytes | None = None,
    ) -> int:
        """Ask for `trip.url` and follow redirects until an answer of any status came; `trip` then holds it.

        `permit` is asked before each request and raises to refuse. Gives the status; raises `FetchError`.
        """
        url = _usable(trip.url, trip.url, "url")
        # Cookies live for this one trip: some sites set one and redirect to the same address, but what was fetched
        # before must never decide what is fetched now.
        cookies = httpx.Cookies()
        seen: set[tuple[str, str, str]] = set()
        while True:
            if permit is not None:
                await permit(url)
            request = self._client.build_request(method, url, headers=headers, content=content)
            cookies.set_cookie_header(request)
            step = (method, str(url), request.headers.get("cookie", ""))
            if step in seen or len(seen) > bounds.redirects:
                raise _astray(
                    "the page redirects in circles" if step in seen else "the page redirects too often", url
                )
            seen.add(step)
            async with self._hosts.turn(url):
                status, location = await self._ask(trip, request, cookies, bounds)
            if status == 429:
                self._hosts.rest(url, trip.headers.get("retry-after"))
            if location is None:
                return status
            trip.redirects.append(trip.url)
            trip.locations.append(location)
            if status == 303 or (status in (301, 302) and method == "POST"):  # RFC 9110, section 15.4
                method, content = "GET", None
            url = _usable(location, trip.url, "redirects")
            if status in _LASTING and (len(trip.redirects) == 1 or trip.moved == trip.redirects[-1]):
                trip.moved = str(url)
            if authority(url) != authority(request.url):
                headers = {name: value for name, value in headers.items() if name != "authorization"}
            trip.url, trip.headers = str(url), httpx.Headers()

    async def _ask(
        self, trip: Trip, request: httpx.Request, cookies: httpx.Cookies, bounds: Bounds
    ) -> tuple[int, str | None]:
        """One request: the status, and where it redirects to, or None when this answer is the last one."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(max(0.0, self._options.total_timeout - trip.seconds)):
                response = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    status, trip.headers = response.status_code, response.headers
                    if "set-cookie" in response.headers:
                        cookies.extract_cookies(response)
                    if (location := response.extensions.get("location")) is not None:
                        return status, location
                    trip.status = status
                    trip.body = await read_body(response, bounds.body, cut=bounds.cut)
                finally:
                    await response.aclose()
        except (FetchError, *WIRE_ERRORS) as error:
            # A refusal stays a refusal when its page breaks off.
            if trip.status is None or trip.status in GOOD:
                if isinstance(error, FetchError):
                    raise
                raise from_wire(error, str(request.url)) from error
            return trip.status, None
        finally:
            trip.seconds += clock() - began
        return status, None


async def _take_location(response: httpx.Response) -> None:
    """Keep redirects from httpx, which reads even those it must not follow and stumbles over what is no web address."""
    if response.has_redirect_location:
        response.extensions["location"] = response.headers.pop("location")


def _usable(address: str, base: str, reason: str) -> httpx.URL:
    """The address, relative to `base`, as a URL that can be asked. A step from https down to http is one."""
    try:
        url = httpx.URL(base).join(address)
        if url.scheme in ("http", "https") and url.host:
            return url
    except httpx.InvalidURL:
        pass
    raise PermanentFetchError(
        f"{address!r} is not a web address"
        if reason == "url"
        else f"it redirects to {address!r}, no web address",
        where=base,
        remedy="Write the page's address in the catalogue as a browser shows it, with https://.",
        reason=reason,
    )


def _astray(what: str, url: httpx.URL) -> PermanentFetchError:
    return PermanentFetchError(
        what,
        where=str(url),
        remedy="Look where a browser ends up, and write that address in the catalogue.",
        reason="redirects",
    )

"""What came over the wire, and the record that each attempt leaves."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

SPEAKING = frozenset({"content-usage", "link", "tdm-policy", "tdm-reservation", "x-robots-tag"})
"""Headers that may say something to AI crawlers; they are kept with the evidence."""

GONE = frozenset({404, 410})
"""Statuses that say that there is nothing at an address (RFC 9110, sections 15.5.5 and 15.5.11)."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask again conditionally (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Fetched:
    """One answer: `status` 200 with a body, or 304 with none. `duration` is in seconds, `fetched_at` in UTC.

    `headers` are the answer's, names in lower case, in order. `redirects` are the addresses passed through. `moved` is
    where redirects that are meant to last (301, 308) lead from `url`, empty when none does. A file that is not there,
    where that is an answer too, has the status 404 or 410 and no body. `answered` says that all this is what a server,
    or a browser, answered just now; for a page that was taken from the archive or that a person saved it is False, and
    status and headers are made up.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    duration: float = 0.0
    redirects: tuple[str, ...] = ()
    moved: str = ""
    answered: bool = True

    @property
    def speaking(self) -> tuple[tuple[str, str], ...]:
        """The headers that may say something to AI crawlers."""
        return tuple((name, value) for name, value in self.headers if name in SPEAKING)

    @property
    def not_modified(self) -> bool:
        """The server says that nothing changed since the last visit."""
        return self.status == 304

    @cached_property
    def sha256(self) -> str:
        """Of the body as received after content decoding, 64 hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()

    def header(self, name: str) -> str | None:
        """The first header of that name, or None."""
        wanted = name.lower()
        return next(iter(self.all_of(wanted)), None)

    def all_of(self, name: str) -> tuple[str, ...]:
        """The values of every header of that name (lower case), in order."""
        return tuple(value for key, value in self.headers if key == name)

    @property
    def validators(self) -> Validators:
        """For the next conditional request.

        A Last-Modified of the answer's own second (its Date) is left out: the page may change once more within that
        second, and a conditional request would miss it (RFC 9110, section 8.8.2.2).
        """
        modified = self.header("last-modified")
        return Validators(self.header("etag"), None if modified == self.header("date") else modified)


RENDERED = "x-watcher-rendered"
"""The header that marks a page whose bytes are what a browser made of it; it names the browser."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a kept page came: what the server said when it gave the bytes with this SHA-256.

    `headers` hold everything but cookies, which belong to the visit; with `whole` False they are the few that an
    older program kept. `redirects` are the addresses passed through.
    """

    url: str
    final_url: str
    at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    sha256: str
    redirects: tuple[str, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Attempt:
    """The record of one try at one page, successful or not.

    `outcome` is `fetched`, `unchanged` (304) or `failed`; `reason` a short stable word when it failed.
    """

    url: str
    at: datetime
    outcome: str
    status: int | None = None
    final_url: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    size: int = 0
    sha256: str | None = None
    duration: float = 0.0
    reason: str = ""
    detail: str = ""

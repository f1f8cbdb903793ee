"""What is watched: a document of a service, standing on one or several pages."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from watcher.model.folding import digest
from watcher.model.signal import Crawler

DocumentKind = Literal["terms", "robots", "ai-txt", "tdmrep", "tags", "hub"]
"""How a document is read and judged: as terms, as a file or page of signals for machines, or as a list of links."""

SIGNALS: frozenset[DocumentKind] = frozenset({"robots", "ai-txt", "tdmrep", "tags"})
FILES: frozenset[DocumentKind] = frozenset({"robots", "ai-txt", "tdmrep"})
"""Signals that stand in a file which may as well not be there: a missing one says nothing."""

Verification = Literal["catalogue", "operator", "unverified"]


@lru_cache(maxsize=8_192)
def slug(name: str) -> str:
    """A name as a file name and URL part: "Amazon Music" is "amazon-music", "Città" is "citta".

    A name without a Latin letter has a digest of its own.
    """
    straight = name.replace("’", "'").casefold()
    plain = unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or f"name-{digest(name)[:10]}"


@dataclass(frozen=True, slots=True)
class Page:
    """An address and which part of it is the document.

    `select` and `remove` are CSS selectors; no `select` means that the main content is found automatically.
    `javascript` says that the page needs a browser to show its text.
    """

    url: str
    select: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    javascript: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One text that a service publishes, in one language; it may be combined from several pages, in order.

    `schedule` is "every 6 hours" or a cron expression of five fields, in `timezone`. `obey_robots` respects
    robots.txt. `source` says who vouches for the address. `opt_out` is where a person can object, if known.
    `crawlers` are those that the operator adds to the shipped list of AI crawlers.
    """

    service: str
    name: str
    pages: tuple[Page, ...]
    language: str = "en"
    groups: tuple[str, ...] = ()
    schedule: str = "every 6 hours"
    timezone: str = "UTC"
    obey_robots: bool = True
    source: Verification = "operator"
    opt_out: str | None = None
    variant: str = field(default="")
    kind: DocumentKind = "terms"
    crawlers: tuple[Crawler, ...] = ()

    @property
    def key(self) -> str:
        """The lasting name under which history is kept: "soundcloud/terms-of-use", with ".fr" for a variant."""
        tail = f".{slug(self.variant)}" if self.variant else ""
        return f"{slug(self.service)}/{slug(self.name)}{tail}"

    @property
    def title(self) -> str:
        """For people: "SoundCloud Terms of Use"."""
        return f"{self.service} {self.name}" + (f" ({self.variant})" if self.variant else "")

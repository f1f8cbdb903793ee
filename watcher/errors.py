"""Everything that can go wrong, as one tree.

    WatcherError
    ├── UsageError            what was asked cannot be done as asked (exit status 2)
    │   ├── ConfigError       config.yaml or a catalogue is wrong
    │   ├── PackError         a rule pack is wrong
    │   ├── InputError        a page, archive or JSON file given by the user cannot be read
    │   └── StoreError        the database cannot be opened or is not one of ours
    ├── DamagedError          a kept text or page cannot be unpacked any more; other documents go on
    ├── Busy                  another run holds the lock
    ├── CostlyError           a search would take longer than one reader may ask for
    ├── LinkError             a signed link is not ours, or has expired
    ├── TooOftenError         a mailbox or a network has used up its limit
    ├── FetchError            a page could not be had
    │   ├── TransientFetchError   trying again later can help (timeouts, 5xx, 429, connection lost)
    │   └── PermanentFetchError   it will not (404, refused address, robots.txt, too large)
    ├── ReadError             a page was had but holds no readable document
    │   └── SelectorError     the configured selectors match nothing any more
    └── DeliveryError         a mail was not taken over
        ├── TransientDeliveryError
        └── PermanentDeliveryError

Each error says what happened, where, and what to do; `retry` carries whether trying again can help, so that no
caller ever looks into a message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Literal


class WatcherError(Exception):
    """The root: one clear message for a person, never a traceback.

    `what` happened, `where` (a file with its line, a key, a URL), and the `remedy`.
    """

    retry: ClassVar[bool] = False

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        """`where: what. remedy`, the parts that are there."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.remedy}" if self.remedy else head


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file: `where` names file, line and key or rule; `what` is wrong; `remedy` mends it."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        tail = f" ({self.remedy})" if self.remedy else ""
        return f"{self.where}: {self.what}{tail}"


class UsageError(WatcherError):
    """What was asked cannot be done as asked; commands exit with status 2."""


class ProblemsError(UsageError):
    """Several mistakes of one file or folder, all collected before failing once."""

    def __init__(self, what: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(what, remedy="\n  ".join(str(problem) for problem in self.problems))


class ConfigError(ProblemsError):
    """config.yaml or a catalogue is wrong."""


class PackError(ProblemsError):
    """A rule pack is wrong."""


class InputError(UsageError):
    """A page, archive or JSON file that the user gave cannot be read."""


class StoreError(UsageError):
    """The database cannot be opened, or is not one of ours, or is newer than this program."""


class DamagedError(WatcherError):
    """Something kept cannot be unpacked or understood any more; only what needs it suffers."""


class CostlyError(WatcherError):
    """A search would take longer than one reader may ask for; with rarer words it does not."""


class Busy(WatcherError):
    """Another run holds the lock; nothing was done."""

    retry = True


class LinkError(WatcherError):
    """A signed link is not one of ours, or has expired; `expired` tells which."""

    def __init__(self, what: str, *, expired: bool = False) -> None:
        self.expired = expired
        super().__init__(what, remedy="Ask for a new one on the page where you subscribed.")


class TooOftenError(WatcherError):
    """A mailbox or a network has asked as often as it may; there is room again `after` this time.

    `limit` says which of them it was, "either" where that cannot be told.
    """

    retry = True

    def __init__(
        self, what: str, *, after: timedelta, limit: Literal["mailbox", "network", "either"] = "either"
    ) -> None:
        self.after = after
        self.limit = limit
        super().__init__(what, remedy="Wait a little and try again.")


class FetchError(WatcherError):
    """A page could not be had. `reason` is a short stable word for records: `timeout`, `http-404`, `robots`."""

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        remedy: str = "",
        reason: str,
        status: int | None = None,
    ) -> None:
        self.reason = reason
        self.status = status
        super().__init__(what, where=where, remedy=remedy)


class TransientFetchError(FetchError):
    """Trying again later can help. `after` is what the server asked for in Retry-After, in seconds."""

    retry = True

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        remedy: str = "",
        reason: str,
        status: int | None = None,
        after: float | None = None,
    ) -> None:
        self.after = after
        super().__init__(what, where=where, remedy=remedy, reason=reason, status=status)


class PermanentFetchError(FetchError):
    """Trying again will not help until somebody changes the address, the config or the server."""


class ReadError(WatcherError):
    """A page was had but holds no readable document (broken PDF, empty page)."""


class SelectorError(ReadError):
    """The configured selectors match nothing any more; `selectors` are those that failed."""

    def __init__(self, selectors: Sequence[str], *, where: str = "") -> None:
        self.selectors = tuple(selectors)
        super().__init__(
            f"nothing on the page matches {', '.join(self.selectors)}",
            where=where,
            remedy="The page was rebuilt: look at it with `watcher extract` and mend `select` in the config.",
        )


class DeliveryError(WatcherError):
    """A mail was not taken over by the mail server; `code` is its SMTP reply code (RFC 5321), when it gave one.

    `concerns` says who is meant: "recipient" (this letter only), "server" (it, or how the operator set it up, so that
    every other letter would fare the same), or "either", which only other letters can tell. `unsure` says that the
    letter may have been taken all the same, because the answer was lost.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        remedy: str = "",
        code: int | None = None,
        concerns: Literal["server", "recipient", "either"] = "recipient",
        unsure: bool = False,
    ) -> None:
        self.code = code
        self.concerns = concerns
        self.unsure = unsure
        super().__init__(what, where=where, remedy=remedy)


class TransientDeliveryError(DeliveryError):
    """Refused for now, unreachable, or something that the operator mends: the mail stays in the outbox."""

    retry = True


class PermanentDeliveryError(DeliveryError):
    """Refused for good: this recipient will not get it."""

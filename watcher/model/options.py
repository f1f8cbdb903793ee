"""What an operator can set, as the rooms receive it. `watcher.settings` reads it; nobody else looks at config files."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from watcher.model.finding import Severity


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched. Times in seconds, `max_bytes` after content decoding.

    `contact` is an address or URL named in the User-Agent. `per_host` requests run at once to one host, and at least
    `delay` passes between the starts of two. `retries` counts further tries after the first. `allow_hosts` are host
    names or addresses that may be reached although they are not public.
    """

    contact: str = ""
    concurrency: int = 8
    per_host: int = 2
    delay: float = 1.0
    connect_timeout: float = 10.0
    read_timeout: float = 30.0
    total_timeout: float = 90.0
    retries: int = 2
    max_bytes: int = 20_000_000
    allow_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrowserOptions:
    """How pages are shown that need a browser.

    `enabled` is "auto" (when one is there), True (missing is a mistake) or False. `executable` is a Chromium; empty:
    the first one found. A page gets `timeout` seconds once it came, and no process of the browser more than `memory`
    megabytes. `sandbox` keeps the processes that run foreign scripts apart from the machine.
    """

    enabled: Literal["auto"] | bool = "auto"
    executable: str = ""
    timeout: float = 20.0
    memory: int = 1024
    sandbox: bool = True


@dataclass(frozen=True, slots=True)
class MailOptions:
    """Where letters go. `domain` is the right-hand side of Message-IDs; the password never comes from the YAML.

    `operator` gets the daily note, in `operator_language`. An address that was refused for good `stop_after` times in a
    row gets no further letter.
    """

    host: str = ""
    port: int = 587
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str = ""
    reply_to: str | None = None
    domain: str = "watcher.invalid"
    timeout: float = 30.0
    connections: int = 2
    operator: str = ""
    operator_language: str = "en"
    stop_after: int = 3

    @property
    def enabled(self) -> bool:
        """Whether a mail server is configured at all."""
        return bool(self.host and self.sender)


@dataclass(frozen=True, slots=True)
class AlertOptions:
    """When alerts go out: an operator may look at each for `hold`; the daemon waits `gather` for more of a platform."""

    hold: timedelta = timedelta()
    gather: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ChannelOptions:
    """Another way to tell: an address of Apprise (`url`), or a `webhook` that is signed with `secret`.

    Wishes are those of a subscriber, in `language`.
    """

    name: str
    url: str = field(default="", repr=False)
    webhook: str = ""
    secret: str = field(default="", repr=False)
    language: str = "en"
    services: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    severity: Severity = "low"

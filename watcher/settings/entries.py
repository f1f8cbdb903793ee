"""The files as they are written: which keys may stand where, and what their values must be."""

from datetime import timedelta
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from watcher import schedule
from watcher.model.finding import Severity
from watcher.model.options import AlertOptions, BrowserOptions, FetchOptions, MailOptions
from watcher.model.signal import Purpose
from watcher.settings import checks
from watcher.settings.result import Site

_FETCH, _BROWSER, _MAIL, _SITE = FetchOptions(), BrowserOptions(), MailOptions(), Site()
_ALERTS = AlertOptions()
_SECTIONS = frozenset(
    {
        "catalogues",
        "follow",
        "services",
        "signals",
        "fetch",
        "browser",
        "mail",
        "alerts",
        "channels",
        "site",
        "rules",
    }
)
T = TypeVar("T")


def _schedule(value: str) -> str:
    schedule.parse(value)
    return value


def _zone(value: str) -> str:
    schedule.zone(value)
    return value


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _page(value: object) -> object:
    return {"url": value} if isinstance(value, str) else value


Name = Annotated[str, Field(min_length=1, max_length=120)]
Url = Annotated[str, AfterValidator(checks.url)]
Language = Annotated[str, AfterValidator(checks.language)]
Schedule = Annotated[str, AfterValidator(_schedule)]
Zone = Annotated[str, AfterValidator(_zone)]
Host = Annotated[str, AfterValidator(checks.host)]
Many = Annotated[tuple[T, ...], BeforeValidator(_one_or_many)]
Selectors = Many[Annotated[str, Field(min_length=1)]]
Mailed = Literal["en", "it"]
Duration = Annotated[timedelta, BeforeValidator(checks.duration)]
SignalName = Literal["robots", "ai-txt", "tdmrep", "tags", "hub"]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]


class Entry(BaseModel):
    """What all have in common: no unknown keys, no blanks around words, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PageEntry(Entry):
    """One page of a document; what it does not say, the document says for all its pages."""

    url: Url
    select: Selectors | None = None
    remove: Selectors | None = None
    javascript: bool | None = None


class Shared(Entry):
    """What a service can say for all its documents, and a document for itself."""

    schedule: Schedule | None = None
    timezone: Zone | None = None
    obey_robots: bool = True
    opt_out: Url | None = None
    verified: bool = True
    enabled: bool = True


class DocumentEntry(Shared):
    """One document; without `url` and `pages` it changes one that a catalogue brought."""

    name: Name
    variant: Annotated[str, Field(max_length=60)] = ""
    language: Language = "en"
    url: Url | None = None
    pages: tuple[Annotated[PageEntry, BeforeValidator(_page)], ...] | None = None
    select: Selectors = ()
    remove: Selectors = ()
    javascript: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> "DocumentEntry":
        if self.url is not None and self.pages is not None:
            raise ValueError("give either `url` or `pages`, not both")
        if self.pages == ():
            raise ValueError("`pages` needs at least one address")
        return self


class ServiceEntry(Shared):
    """One platform and its documents, and where it speaks to machines."""

    name: Name
    groups: Many[Name] = ()
    documents: tuple[DocumentEntry, ...] = ()
    signals: Many[SignalName] | None = None
    sites: Many[Url] = ()
    content_pages: tuple[Annotated[PageEntry, BeforeValidator(_page)], ...] = ()
    hub: Annotated[PageEntry, BeforeValidator(_page)] | None = None


class CatalogueFile(Entry):
    """A catalogue: services and nothing else."""

    services: tuple[ServiceEntry, ...] = ()


class CrawlerEntry(Entry):
    """A crawler that the shipped list does not know, or sees otherwise."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    owner: Name
    purpose: Purpose = "training"


class SignalsEntry(Entry):
    """What is followed of each service besides its documents, where the service does not say otherwise."""

    follow: Many[SignalName] = ()
    crawlers: tuple[CrawlerEntry, ...] = ()


class Follow(Entry):
    """Which documents of the catalogues are watched; an empty list sets no limit."""

    services: Many[Name] = ()
    groups: Many[Name] = ()
    languages: Many[Language] = ()


class FetchEntry(Entry):
    """How pages are fetched."""

    contact: Annotated[str, AfterValidator(checks.contact)] = _FETCH.contact
    concurrency: Annotated[int, Field(ge=1, le=256)] = _FETCH.concurrency
    per_host: Annotated[int, Field(ge=1, le=64)] = _FETCH.per_host
    delay: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = _FETCH.delay
    connect_timeout: Seconds = _FETCH.connect_timeout
    read_timeout: Seconds = _FETCH.read_timeout
    total_timeout: Seconds = _FETCH.total_timeout
    retries: Annotated[int, Field(ge=0, le=10)] = _FETCH.retries
    max_bytes: Annotated[int, Field(ge=1000, le=1_000_000_000)] = _FETCH.max_bytes
    allow_hosts: Many[Host] = _FETCH.allow_hosts


class BrowserEntry(Entry):
    """How pages are shown that need a browser."""

    enabled: Literal["auto", True, False] = _BROWSER.enabled
    executable: str = _BROWSER.executable
    timeout: Annotated[float, Field(ge=1, le=600, allow_inf_nan=False)] = _BROWSER.timeout
    memory: Annotated[int, Field(ge=256, le=1_000_000)] = _BROWSER.memory
    sandbox: bool = _BROWSER.sandbox


class MailEntry(Entry):
    """Where letters go."""

    host: Annotated[str, AfterValidator(lambda value: checks.host(value) if value else value)] = _MAIL.host
    port: Annotated[int, Field(ge=1, le=65535)] = _MAIL.port
    security: Literal["none", "starttls", "tls"] = _MAIL.security
    username: str | None = _MAIL.username
    password_file: str | None = None
    sender: Annotated[str, AfterValidator(lambda value: checks.mailbox(value) if value else value)] = (
        _MAIL.sender
    )
    reply_to: Annotated[str, AfterValidator(checks.mailbox)] | None = _MAIL.reply_to
    domain: Host | None = None
    timeout: Seconds = _MAIL.timeout
    connections: Annotated[int, Field(ge=1, le=64)] = _MAIL.connections
    operator: Annotated[str, AfterValidator(lambda value: checks.mailbox(value) if value else value)] = (
        _MAIL.operator
    )
    operator_language: Mailed = "en"
    stop_after: Annotated[int, Field(ge=1, le=1000)] = _MAIL.stop_after

    @model_validator(mode="after")
    def _both(self) -> "MailEntry":
        if bool(self.host) != bool(self.sender):
            absent = "sender" if self.host else "host"
            raise ValueError(f"mail needs both `host` and `sender`: `{absent}` is missing")
        return self


class AlertsEntry(Entry):
    """When alerts go out."""

    hold: Duration = _ALERTS.hold
    gather: Duration = _ALERTS.gather


class ChannelEntry(Entry):
    """Another way to tell, with the wishes of a subscriber."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    url: str = ""
    url_file: str | None = None
    webhook: Annotated[str, AfterValidator(lambda value: checks.url(value) if value else value)] = ""
    secret_file: str | None = None
    language: Mailed = "en"
    services: Many[Name] = ()
    groups: Many[Name] = ()
    categories: Many[Name] = ()
    severity: Severity = "low"

    @model_validator(mode="after")
    def _one_kind(self) -> "ChannelEntry":
        if sum(map(bool, (self.url, self.url_file, self.webhook))) != 1:
            raise ValueError("a channel needs one of `url`, `url_file` and `webhook`")
        if bool(self.webhook) != bool(self.secret_file):
            raise ValueError("`webhook` and `secret_file` go together: what is sent there is signed")
        return self


class SiteEntry(Entry):
    """How the report calls itself and where it lives."""

    base_url: Annotated[
        str, AfterValidator(lambda value: checks.url(value).rstrip("/") if value else value)
    ] = _SITE.base_url
    title: Name = _SITE.title
    contact: Annotated[str, AfterValidator(checks.contact)] = _SITE.contact
    signing_key_file: str | None = None


class ConfigFile(Entry):
    """config.yaml."""

    data: Name = "data"
    catalogues: Many[Name] = ()
    follow: Follow = Follow()
    services: tuple[ServiceEntry, ...] = ()
    signals: SignalsEntry = SignalsEntry()
    schedule: Schedule = "every 6 hours"
    timezone: Zone = "UTC"
    fetch: FetchEntry = FetchEntry()
    browser: BrowserEntry = BrowserEntry()
    mail: MailEntry = MailEntry()
    alerts: AlertsEntry = AlertsEntry()
    channels: tuple[ChannelEntry, ...] = ()
    site: SiteEntry = SiteEntry()
    rules: Many[Name] = ()
    ping: Url | None = None

    @model_validator(mode="before")
    @classmethod
    def _empty_sections(cls, data: object) -> object:
        """A section whose lines are all commented out counts as absent."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None or key not in _SECTIONS}


def given(entry: BaseModel) -> dict[str, Any]:
    """The keys that were written, with their values, defaults left out."""
    return {name: getattr(entry, name) for name in entry.model_fields_set}

"""What an operator asked for, ready for use."""

from dataclasses import dataclass, field
from pathlib import Path

from watcher.model.options import (
    AlertOptions,
    BrowserOptions,
    ChannelOptions,
    FetchOptions,
    MailOptions,
)
from watcher.model.source import Document


@dataclass(frozen=True, slots=True)
class Site:
    """How the report calls itself and where it lives. `base_url` has no slash at its end; empty: not on the web."""

    base_url: str = ""
    title: str = "Terms Watcher"
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything from config.yaml, catalogues and environment.

    `path` is the config file, `data` the folder of store and raw pages. `documents` are those to watch, in the order
    of the catalogues. `rules` are folders of rule packs, the shipped one first. `ping` is a URL asked for after each
    good pass. `signing_key` comes from the environment or a file only.
    """

    path: Path
    data: Path
    documents: tuple[Document, ...]
    fetch: FetchOptions = field(default_factory=FetchOptions)
    browser: BrowserOptions = field(default_factory=BrowserOptions)
    mail: MailOptions = field(default_factory=MailOptions)
    alerts: AlertOptions = field(default_factory=AlertOptions)
    channels: tuple[ChannelOptions, ...] = ()
    rules: tuple[Path, ...] = ()
    site: Site = field(default_factory=Site)
    schedule: str = "every 6 hours"
    timezone: str = "UTC"
    ping: str | None = None
    signing_key: str | None = field(default=None, repr=False)

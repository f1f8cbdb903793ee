"""Options that several commands share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from watcher.settings import Settings
    from watcher.store import Store

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        help="The configuration. Default: $WATCHER_CONFIG, else config.yaml here.",
        show_default=False,
    ),
]
StoreOption = Annotated[
    Path | None,
    typer.Option(
        help="A data folder, such as one kept by `replay --store`, instead of the config's; everything else comes from "
        "the config that --config or $WATCHER_CONFIG names, if any."
    ),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Log every step, on standard error.")]


def read_settings(config: Path | None) -> "Settings":
    """The settings, or `ConfigError` with every mistake."""
    import os

    from watcher.settings import load

    return load(config, environ=os.environ)


def settings_for(store: Path | None, config: Path | None) -> "Settings":
    """The settings with `store` as their data folder, when one is named.

    A folder needs no config: unless one is named by option or environment, nothing is watched and what the folder
    holds is shown. The config.yaml that happens to lie here belongs to another store, so it is not read then.
    """
    import os
    from dataclasses import replace

    from watcher.settings import Settings

    if store is None:
        return read_settings(config)
    need_store(store)
    if config is None and not os.environ.get("WATCHER_CONFIG"):
        return Settings(path=store / "config.yaml", data=store, documents=())
    return replace(read_settings(config), data=store)


def without_address(settings: "Settings") -> str:
    """What is lost while the site does not know its own address, for the operator; empty when it does."""
    if settings.site.base_url:
        return ""
    return (
        "site.base_url is not set: citations, links in feeds and permalinks in tables are relative, so they lead "
        "nowhere once they are copied"
    )


def open_store(settings: "Settings") -> "Store":
    """The store in the data folder, made when absent."""
    from watcher.store import Store

    return Store(settings.data / "watcher.sqlite")


def need_store(folder: Path) -> Path:
    """The database in a data folder; raises `InputError` when there is none."""
    from watcher.errors import InputError

    path = folder / "watcher.sqlite"
    if not path.is_file():
        raise InputError(
            "there is no store here",
            where=str(folder),
            remedy="Name the folder that holds watcher.sqlite.",
        )
    return path

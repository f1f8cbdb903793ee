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
    typer.Option(help="A data folder, such as one kept by `replay --store`, instead of the config's."),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Log every step, on standard error.")]


def read_settings(config: Path | None) -> "Settings":
    """The settings, or `ConfigError` with every mistake."""
    import os

    from watcher.settings import load

    return load(config, environ=os.environ)


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

"""The first command."""

from pathlib import Path
from typing import Annotated

import typer

from watcher.cli import screen
from watcher.errors import InputError


def register(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command(rich_help_panel="Watching")(init)


def init(
    folder: Annotated[Path, typer.Argument(help="Where to set up; made when absent.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace a config.yaml that is there.")] = False,
) -> None:
    """Write a commented config.yaml and make the data folder. Run this first."""
    from watcher.settings import load, starter

    config = folder / "config.yaml"
    if config.exists() and not force:
        raise InputError(
            "there is a config.yaml already", where=str(config), remedy="Edit it, or replace it with --force."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        config.write_text(starter(), "utf-8")
        settings = load(config, environ={})
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"this cannot be written ({error.strerror})", where=str(error.filename or folder)
        ) from error
    services = len({document.service for document in settings.documents})
    terms = sum(document.kind == "terms" for document in settings.documents)
    beside = len(settings.documents) - terms
    more = f", and {beside} files and lists for machines beside them" if beside else ""
    screen.say(
        f"{config} follows {terms} documents of {services} platforms{more}; {settings.data} keeps them."
    )
    screen.say("Next: read config.yaml, then `watcher run`, `watcher status`, `watcher report`.")

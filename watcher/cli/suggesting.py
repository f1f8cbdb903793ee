"""The command that says what else could be followed."""

import sys
from typing import Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, open_store, read_settings


def register(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command(rich_help_panel="Watching")(suggest)


def suggest(
    service: Annotated[str | None, typer.Option(help="Only this platform.")] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Every document of a hub, not only new ones and those about AI or licences."
        ),
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Print entries for config.yaml: documents that are new on a legal hub, and pages that moved for good.

    `watcher suggest` and paste below `services:`; a document that was new on its hub is then told as one.
    """
    from watcher.cli.names import require
    from watcher.suggesting import as_yaml, suggestions

    settings = read_settings(config)
    if service is not None:
        service = require(service, {one.service for one in settings.documents}, "platform")
    with open_store(settings) as store:
        found = suggestions(store, settings.documents, service, every=every)
    if not found:
        screen.say("nothing to suggest: no hub lists a new document, and no page moved")
        return
    sys.stdout.write(as_yaml(found))

"""The report as static pages."""

from pathlib import Path
from typing import Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, StoreOption, open_store, settings_for, without_address


def register(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command(rich_help_panel="Reporting")(report)


def report(
    out: Annotated[
        Path, typer.Option(help="The folder to write to; pages that did not change are left alone.")
    ] = Path("report"),
    evidence: Annotated[
        bool,
        typer.Option(
            "--evidence",
            help="Beside each change all proof of it as a zip file, the pages as received in it.",
        ),
    ] = False,
    store: StoreOption = None,
    config: ConfigOption = None,
) -> None:
    """Write the report: changes, comparisons, histories, as pages that open from disk and need no server."""
    from watcher import clock
    from watcher.reporting import report_store

    settings = settings_for(store, config)
    if lacking := without_address(settings):
        screen.say(lacking)
    with open_store(settings) as opened:
        index = report_store(
            opened,
            out,
            rules=settings.rules,
            now=clock.now(),
            title=settings.site.title,
            base_url=settings.site.base_url,
            contact=settings.site.contact,
            evidence=evidence,
        )
    screen.say(f"the report is at {index}")

"""The command that hands out proof."""

import re
from pathlib import Path
from typing import Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, StoreOption, open_store, settings_for
from watcher.errors import InputError, UsageError

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")


def register(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command(rich_help_panel="Reporting")(evidence)


def evidence(
    change: Annotated[
        str, typer.Argument(help="The change: its id of 16 digits, or the address of its page.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="The zip file to write. Default: evidence-ID.zip here.", show_default=False
        ),
    ] = None,
    store: StoreOption = None,
    config: ConfigOption = None,
) -> None:
    """Write all proof of a change to one zip file: raw pages as WARC, texts, comparison, findings, sums to check.

    README.txt in it says how to verify it with `sha256sum` and any WARC tool. The same change gives the same bytes.
    """
    from watcher.assembly import Rules
    from watcher.proving import prove
    from watcher.site import Frame

    found = _ID.findall(change.lower())
    if not found:
        raise InputError(
            "this names no change",
            where=change,
            remedy="Give the 16 digits in the address of the change's page, for example 0123456789abcdef.",
        )
    number = found[-1]
    settings = settings_for(store, config)
    with open_store(settings) as opened:
        frame = Frame(settings.site.title, settings.site.base_url)
        whole = prove(opened, number, explain=Rules(settings.rules).explain, frame=frame)
    target = out or Path(f"evidence-{number}.zip")
    try:
        target.write_bytes(whole)
    except OSError as error:
        raise UsageError(
            f"the evidence cannot be written ({error.strerror})",
            where=str(target),
            remedy="Name another file with --out.",
        ) from error
    screen.say(f"the evidence is at {target} ({len(whole):,} bytes)")

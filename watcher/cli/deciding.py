"""Commands with which an operator decides: quarantine, add-version."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli import screen
from watcher.cli.names import require
from watcher.cli.options import ConfigOption, open_store, read_settings
from watcher.errors import InputError

if TYPE_CHECKING:
    from watcher.pipeline import Checked, Desk
    from watcher.settings import Settings

PANEL = "Watching"

quarantine = typer.Typer(
    help="Pages that were refused because they are not the document.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
Number = Annotated[
    int, typer.Argument(help="The number that `watcher quarantine list` shows.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(quarantine, name="quarantine", rich_help_panel=PANEL)
    app.command("add-version", rich_help_panel=PANEL)(add_version)


@quarantine.command("list")
def list_refused(
    service: Annotated[str | None, typer.Option(help="Only this platform.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Settled and decided ones too.")] = False,
    config: ConfigOption = None,
) -> None:
    """List refused pages: number, document, when, why."""
    from rich.markup import escape

    from watcher.model.version import QuarantineState

    settings = read_settings(config)
    if service is not None:
        service = require(service, {one.service for one in settings.documents}, "platform")
    open_states = {QuarantineState.REFUSED, QuarantineState.WAITING}
    table = screen.table("no.", "document", "seen (UTC)", "reason", "state")
    with open_store(settings) as store:
        for document in settings.documents:
            if service in (None, document.service):
                for one in store.archive.quarantined(document.key):
                    if every or one.state in open_states:
                        seen = f"{one.at:%Y-%m-%d %H:%M}"
                        table.add_row(
                            str(one.id), escape(document.title), seen, one.doubt.value, one.state.value
                        )
    screen.out().print(table if table.row_count else "Nothing is in quarantine.")


@quarantine.command()
def show(number: Number, config: ConfigOption = None) -> None:
    """Show a refused page: why, its evidence, and the text that was read from it, if any."""
    from watcher.deciding import entry

    with open_store(read_settings(config)) as store:
        one = entry(store.archive, number)
        screen.say(f"{one.document}, {one.at:%Y-%m-%d %H:%M} UTC: {one.doubt.value} ({one.state.value})")
        screen.say(one.detail)
        for page in one.evidence:
            screen.say(f"{page.final_url}  SHA-256 {page.sha256}")
        if one.text:
            screen.lines([store.archive.text(one.text).markdown])
        else:
            screen.say("No text could be read from it; `watcher quarantine raw` gives the page as it came.")


@quarantine.command()
def raw(
    number: Number,
    out: Annotated[Path, typer.Option(help="The folder to write the pages to.")] = Path(),
    config: ConfigOption = None,
) -> None:
    """Write the raw pages of a refused fetch into a folder, byte for byte."""
    from watcher.deciding import entry

    with open_store(read_settings(config)) as store:
        one = entry(store.archive, number)
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"this folder cannot be made ({error.strerror})", where=str(out)) from error
        for position, page in enumerate(one.evidence, 1):
            suffix = ".pdf" if "pdf" in page.content_type else ".html"
            path = out / f"quarantine-{number}-{position}{suffix}"
            path.write_bytes(store.archive.raw(page.sha256))
            screen.say(str(path))


@quarantine.command()
def accept(number: Number, config: ConfigOption = None) -> None:
    """It is the document after all: record it as a new version, and tell subscribers what it changes."""
    from watcher.deciding import accept as decide

    settings = read_settings(config)
    with _desk(settings) as desk:
        _told(decide(number, settings.documents, desk))


@quarantine.command()
def reject(number: Number, config: ConfigOption = None) -> None:
    """It is not the document: should the same text come again, it is refused at once."""
    from watcher.deciding import reject as decide

    with open_store(read_settings(config)) as store:
        one = decide(number, store.archive)
    screen.say(f"{one.document}: rejected")


def add_version(
    files: Annotated[list[Path], typer.Argument(help="The saved pages, one for each page of the document.")],
    service: Annotated[str, typer.Option(help="The platform.")],
    document: Annotated[str, typer.Option(help="The document's name.")],
    at: Annotated[
        datetime,
        typer.Option(
            help="When they were saved, in UTC.", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        ),
    ],
    url: Annotated[
        str | None, typer.Option(help="The address they were saved from. Default: the configured one.")
    ] = None,
    variant: Annotated[str, typer.Option(help="The document's variant, where it has several.")] = "",
    config: ConfigOption = None,
) -> None:
    """Add pages that a person saved from a site that lets no program in; every report says so.

    `watcher add-version terms.html --service Wavecrest --document "Terms of Use" --at 2026-03-14`
    """
    from watcher.deciding import add_version as add

    settings = read_settings(config)
    service = require(service, {one.service for one in settings.documents}, "platform")
    mine = [one for one in settings.documents if one.service == service]
    name = require(document, {one.name for one in mine}, f"document of {service}")
    variants = {one.variant: one for one in mine if one.name == name}
    if variant not in variants:
        raise InputError(
            f"{service} {name} has no variant {variant!r}",
            remedy=f"Known: {', '.join(map(repr, sorted(variants)))}.",
        )
    with _desk(settings) as desk:
        _told(add(variants[variant], files, desk, at=at.replace(tzinfo=UTC), url=url))


@contextmanager
def _desk(settings: "Settings") -> "Iterator[Desk]":
    """A desk without a network, under the lock; letters are handed over when it is left."""
    from watcher import clock
    from watcher.assembly import make_desk
    from watcher.deciding import NoPages
    from watcher.lock import hold
    from watcher.rounds import empty_outbox

    with hold(settings.data), open_store(settings) as store:
        store.archive.remember(settings.documents)
        yield make_desk(settings, store, NoPages(), clock.now)
        asyncio.run(empty_outbox(settings, store, clock.now))


def _told(checked: "Checked") -> None:
    from watcher.cli.summary import show_check

    show_check(checked)

"""The command that looks words up in everything kept."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, open_store, read_settings
from watcher.errors import InputError

if TYPE_CHECKING:
    from watcher.model.search import ClauseHit


class TraceFormat(StrEnum):
    """How `trace` answers."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command(rich_help_panel="Reporting")(trace)


def trace(
    words: Annotated[
        str, typer.Argument(help='Words that stand together, such as "train artificial intelligence".')
    ],
    service: Annotated[str | None, typer.Option(help="Only this platform.")] = None,
    output: Annotated[TraceFormat, typer.Option("--format", help="What to print.")] = TraceFormat.text,
    config: ConfigOption = None,
) -> None:
    """Find words in every version kept: which clauses hold them, since when, until when, absent when."""
    from rich.markup import escape

    from watcher.cli.names import require
    from watcher.model.words import phrase
    from watcher.tracing import trace as look_up

    if not phrase(words):
        raise InputError("give the words to look for", remedy='For example: watcher trace "train our models"')
    settings = read_settings(config)
    with open_store(settings) as store:
        if service is not None:
            service = require(service, {one.document.service for one in store.reports.statuses()}, "platform")
        found = list(look_up(store, words, service))
    if output is TraceFormat.json:
        screen.put_json([_as_json(one) for one in found], pretty=True)
        return
    console = screen.out()
    for one in found:
        console.print(f"[bold]{escape(one.document.title)}[/]: {_told(one)}")
        console.print(f"  “{escape(_around(one.text, words))}”", style="dim")
    if not found:
        console.print("These words stand in no version that was kept.")


def _around(text: str, words: str, most: int = 400) -> str:
    """The clause, or the part of a long one that begins a little before the words."""
    from watcher.model.words import phrase, places

    if len(text) <= most:
        return text
    start = next((start for start, _ in places(text, phrase(words))), 0)
    at = max(0, start - most // 4)
    return f"{'… ' if at else ''}{text[at : at + most]}{' …' if at + most < len(text) else ''}"


def _told(one: "ClauseHit") -> str:
    parts = [
        f"since {stay.since:%-d %B %Y} (version {stay.version})"
        if stay.until is None
        else f"from {stay.since:%-d %B %Y} (version {stay.version}) to {stay.until:%-d %B %Y}"
        for stay in one.stays
    ]
    return ", then again ".join(parts)


def _as_json(one: "ClauseHit") -> dict[str, Any]:
    return {
        "document": one.document.key,
        "service": one.document.service,
        "name": one.document.name,
        "clause": one.text,
        "path": one.path,
        "stands": one.stands,
        "first_seen": one.first_seen.isoformat(),
        "stays": [
            {
                "version": stay.version,
                "since": stay.since.isoformat(),
                "until": stay.until.isoformat() if stay.until else None,
            }
            for stay in one.stays
        ],
    }

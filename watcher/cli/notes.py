"""Commands about what readers wrote: platforms they miss, and readings they call wrong."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, open_store, read_settings
from watcher.cli.people import PANEL, ListFormat
from watcher.errors import InputError

if TYPE_CHECKING:
    from watcher.model.alert import Event
    from watcher.model.reader import Suggestion, WrongReading

suggestions = typer.Typer(
    help="Platforms that readers suggest.", no_args_is_help=True, rich_markup_mode="markdown"
)
wrong = typer.Typer(
    help="Readings that readers call wrong.", no_args_is_help=True, rich_markup_mode="markdown"
)

FormatOption = Annotated[ListFormat, typer.Option("--format", help="What to print.")]
Number = Annotated[int, typer.Argument(help="Its number in the list.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(suggestions, name="suggestions", rich_help_panel=PANEL)
    app.add_typer(wrong, name="wrong", rich_help_panel=PANEL)


@suggestions.command("list")
def list_suggestions(output: FormatOption = ListFormat.text, config: ConfigOption = None) -> None:
    """List them, oldest first: number, day, platform, where its terms stand, why it matters."""
    with open_store(read_settings(config)) as store:
        found = store.suggestions.listed()
    if output is ListFormat.json:
        screen.put_json([asdict(one) | {"at": one.at.isoformat()} for one in found], pretty=True)
    else:
        screen.lines(
            [line for one in found for line in _suggested(one)] or ["Nobody suggested a platform yet."]
        )


@suggestions.command("drop")
def drop_suggestion(number: Number, config: ConfigOption = None) -> None:
    """Forget one, because it is watched now or will not be."""
    with open_store(read_settings(config)) as store:
        if not store.suggestions.drop(number):
            raise _unknown("suggestion", number, "watcher suggestions list")
    screen.say(f"suggestion {number} is dropped")


@wrong.command("list")
def list_wrong(
    every: Annotated[bool, typer.Option("--all", help="Decided ones too.")] = False,
    output: FormatOption = ListFormat.text,
    config: ConfigOption = None,
) -> None:
    """List what waits for a decision: number, day, which change, what the reader wrote, where to answer."""
    with open_store(read_settings(config)) as store:
        found = store.wrong_readings.listed(every=every)
        events = {one.event: store.reports.event(one.event) for one in found}
    if output is ListFormat.json:
        screen.put_json([asdict(one) | {"at": one.at.isoformat()} for one in found], pretty=True)
    else:
        screen.lines(
            [line for one in found for line in _wrong(one, events[one.event])]
            or ["Nobody calls a reading wrong."]
        )


@wrong.command()
def dismiss(number: Number, config: ConfigOption = None) -> None:
    """The reading stands. The reader's address is deleted; answer her before, if she left one."""
    with open_store(read_settings(config)) as store:
        if not store.wrong_readings.settle(number, "dismissed"):
            raise _unknown("wrong reading", number, "watcher wrong list --all")
    screen.say(f"the reading stands; report {number} is dismissed")


@wrong.command("withdraw")
def withdraw_reading(
    number: Number,
    note: Annotated[
        str, typer.Option(help="What was wrong, for readers; stands in the correction and on the permalink.")
    ],
    config: ConfigOption = None,
) -> None:
    """The reader is right: take the reading back, and send a correction to whoever was told."""
    from watcher import clock
    from watcher.voice import ranked
    from watcher.withdrawing import withdraw

    with open_store(read_settings(config)) as store:
        report = store.wrong_readings.get(number)
        event = store.reports.event(report.event) if report else None
        if report is None or event is None:
            raise _unknown("wrong reading", number, "watcher wrong list --all")
        which = None
        if report.position is not None and report.position < len(event.changes):
            which = ranked(event.changes).index(event.changes[report.position]) + 1
        _, told = withdraw(store, event.id, which, note, clock.now())
    screen.say(f"withdrawn; {told} {'reader' if told == 1 else 'readers'} will get a correction")


def _suggested(one: "Suggestion") -> Iterator[str]:
    yield f"{one.number}  {one.at:%Y-%m-%d}  {one.platform}" + (f"  {one.url}" if one.url else "")
    yield from (f"    {line}" for line in one.note.splitlines())


def _wrong(one: "WrongReading", event: "Event | None") -> Iterator[str]:
    from watcher.voice import Voice

    state = "" if one.state == "open" else f"  ({one.state})"
    title = event.document.title if event else "an event that is gone"
    yield f"{one.number}  {one.at:%Y-%m-%d}  {title}, change {one.event}{state}"
    if event and one.position is not None and one.position < len(event.changes):
        yield f"    {Voice.of('en').headline(event.document, event.changes[one.position])}"
    yield from (f"    > {line}" for line in one.note.splitlines())
    if one.address:
        yield f"    answer to {one.address}"


def _unknown(what: str, number: int, shown_by: str) -> InputError:
    return InputError(f"there is no {what} {number}", remedy=f"`{shown_by}` shows those there are.")

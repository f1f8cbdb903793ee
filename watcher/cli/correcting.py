"""Commands about what is, or was, told: alerts that wait for a look, and readings that were wrong."""

from typing import Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, open_store, read_settings
from watcher.cli.people import PANEL, ListFormat
from watcher.errors import InputError

held = typer.Typer(
    help="Alerts that wait for your look, where `alerts.hold` is set.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Change = Annotated[
    str, typer.Argument(help="The change's id: 16 digits, as in its permalink.", show_default=False)
]
FormatOption = Annotated[ListFormat, typer.Option("--format", help="What to print.")]


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(held, name="held", rich_help_panel=PANEL)
    app.command(rich_help_panel=PANEL)(withdraw)


@held.command("list")
def list_held(output: FormatOption = ListFormat.text, config: ConfigOption = None) -> None:
    """List them, those due soonest first: id, when it goes out by itself, how many readers, what it says."""
    from watcher import clock
    from watcher.voice import Voice, ranked

    with open_store(read_settings(config)) as store:
        found = store.notices.held(clock.now())
    if output is ListFormat.json:
        rows = [
            {
                "change": one.event.id,
                "document": one.event.document.key,
                "readers": one.readers,
                "until": one.until.isoformat(),
            }
            for one in found
        ]
        screen.put_json(rows, pretty=True)
        return
    voice = Voice.of("en")
    lines = []
    for one in found:
        lines.append(f"{one.event.id}  until {one.until:%Y-%m-%d %H:%M} UTC, {one.readers} readers")
        lines += [f"    {voice.headline(one.event.document, change)}" for change in ranked(one.event.changes)]
    screen.lines(lines or ["No alert is held."])


@held.command()
def release(change: Change, config: ConfigOption = None) -> None:
    """Let one go out now; the next run or the daemon sends it."""
    from watcher import clock

    with open_store(read_settings(config)) as store:
        readers = store.notices.release(change, clock.now())
    screen.say(f"goes out to {_some(readers, change)}")


@held.command()
def stop(change: Change, config: ConfigOption = None) -> None:
    """Tell nobody; the change stays on the site."""
    from watcher import clock

    with open_store(read_settings(config)) as store:
        readers = store.notices.stop(change, clock.now())
    screen.say(f"stopped before {_some(readers, change)}")


def withdraw(
    change: Change,
    note: Annotated[
        str, typer.Option(help="What was wrong, for readers; stands in the correction and on the permalink.")
    ],
    number: Annotated[
        int | None,
        typer.Option("--change", help="Which change of several, as mail and permalink count them."),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Take a wrong reading back: a note stands on its permalink, and whoever was told gets a correction once."""
    from watcher import clock
    from watcher.withdrawing import withdraw as take_back

    with open_store(read_settings(config)) as store:
        _, told = take_back(store, change, number, note, clock.now())
    screen.say(f"withdrawn; {told} {'reader' if told == 1 else 'readers'} will get a correction")


def _some(readers: int, change: str) -> str:
    if not readers:
        raise InputError(
            "no alert with this id is held", where=change, remedy="`watcher held list` shows them."
        )
    return f"{readers} {'reader' if readers == 1 else 'readers'}"

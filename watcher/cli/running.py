"""Commands that watch: run, daemon, status."""

import asyncio
import random
import signal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, VerboseOption, open_store, read_settings

if TYPE_CHECKING:
    from watcher.model.source import Document
    from watcher.settings import Settings

PANEL = "Watching"


class StatusFormat(StrEnum):
    """How `status` answers."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (run, daemon, status):
        app.command(rich_help_panel=PANEL)(command)


def run(
    service: Annotated[str | None, typer.Option(help="Only this platform.")] = None,
    document: Annotated[
        str | None, typer.Option(help='Only documents of this name, such as "Terms of Service".')
    ] = None,
    due: Annotated[
        bool, typer.Option("--due/--all", help="Only what its schedule says is due, or every document.")
    ] = False,
    config: ConfigOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Check documents once, record what changed, send the alerts. Made for cron.

    `watcher run --due` every hour checks each document on its own schedule. Two runs never overlap.
    """
    from watcher import clock, log
    from watcher.cli import summary
    from watcher.lock import hold
    from watcher.rounds import due as due_now
    from watcher.rounds import one_round

    log.set_up(verbose=verbose)
    settings = read_settings(config)
    _own_packs_load(settings)
    chosen = _choose(settings, service, document)
    with hold(settings.data), open_store(settings) as store:
        store.archive.remember(settings.documents)
        if due:
            ready = {one.key for one in due_now(settings, store, clock.now())}
            chosen = tuple(one for one in chosen if one.key in ready)

        async def go() -> bool:
            with screen.progress("checking", len(chosen)) as on:
                done = await one_round(
                    settings,
                    store,
                    chosen,
                    now=clock.now,
                    chance=random.SystemRandom(),
                    told=lambda _: on(),
                    stop=_stop_on_signals(),
                )
            summary.show(done, store.outbox.counts())
            return done.well

        well = asyncio.run(go())
    raise typer.Exit(0 if well else 1)


def daemon(config: ConfigOption = None, verbose: VerboseOption = False) -> None:
    """Keep watching: each document on its own schedule, until SIGTERM or Ctrl-C.

    The document that is being checked is finished before the daemon ends. docs/operating.md has a systemd unit.
    """
    from watcher import clock, log
    from watcher.cli import summary
    from watcher.lock import hold
    from watcher.rounds import keep_watching

    log.set_up(verbose=verbose)
    settings = read_settings(config)
    _own_packs_load(settings)
    with hold(settings.data), open_store(settings) as store:
        store.archive.remember(settings.documents)
        screen.say(f"watching {len(settings.documents)} documents; stop with Ctrl-C or SIGTERM")

        async def go() -> None:
            await keep_watching(
                settings,
                store,
                _stop_on_signals(),
                now=clock.now,
                chance=random.SystemRandom(),
                told=summary.log_check,
            )

        asyncio.run(go())
    screen.say("stopped; everything recorded is safe")


def status(
    service: Annotated[str | None, typer.Option(help="Only this platform.")] = None,
    output: Annotated[StatusFormat, typer.Option("--format", help="What to print.")] = StatusFormat.text,
    config: ConfigOption = None,
) -> None:
    """Show each document: last check, last change, next check, failures in a row and why."""
    from watcher import clock
    from watcher.cli import summary

    settings = read_settings(config)
    with open_store(settings) as store:
        known = {one.document.key: one for one in store.reports.statuses()}
        rows = summary.statuses(_choose(settings, service, None), known, clock.now())
        if output is StatusFormat.json:
            screen.put_json([summary.status_json(row) for row in rows], pretty=True)
        else:
            services = {row.document.service for row in rows}
            sightings = [seen for seen in store.sightings.all() if seen.service in services]
            summary.show_statuses(rows, store.outbox.counts(), clock.now(), sightings)


def _own_packs_load(settings: "Settings") -> None:
    """Read the operator's own packs before anything is fetched; the shipped ones are known to be well."""
    if len(settings.rules) > 1:
        from watcher.clauses import load_packs

        load_packs(settings.rules)


def _choose(settings: "Settings", service: str | None, document: str | None) -> "tuple[Document, ...]":
    """The configured documents that were asked for; an unknown name is a mistake, not an empty answer."""
    from watcher.cli.names import require

    if service is not None:
        require(service, {one.service for one in settings.documents}, "platform")
    if document is not None:
        require(document, {one.name for one in settings.documents}, "document")
    chosen = tuple(
        one
        for one in settings.documents
        if (service is None or one.service.casefold() == service.casefold())
        and (document is None or one.name.casefold() == document.casefold())
    )
    if not chosen and document is not None:
        require(
            document,
            {one.name for one in settings.documents if one.service == service},
            f"document of {service}",
        )
    return chosen


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop

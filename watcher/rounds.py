"""A round: many documents checked side by side, then what came of it is told. And the daemon, which never stops."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from watcher import __version__
from watcher.assembly import Rules, make_desk
from watcher.delivery import Delivered, deliver
from watcher.errors import DamagedError, FetchError, UsageError, WatcherError
from watcher.lock import at_work
from watcher.model.alert import CHANNEL
from watcher.model.source import Document, Page
from watcher.pipeline import Checked, Desk, Outcome, Read, check, read_here
from watcher.readers import Readers, cores
from watcher.schedule import Job, next_check, serve
from watcher.store import Store
from watcher.telling import tell

if TYPE_CHECKING:
    from watcher.settings import Settings

log = structlog.get_logger()

# Digests, gathered alerts and postponed letters wait for their time; so often the daemon looks whether one has come.
_OUTBOX = "every 5 minutes"

# A check ends some seconds after cron began it; without slack an hourly document would miss every second hour.
_SLACK = timedelta(minutes=2)

# A daemon has no passes; while it lives and tells, it says so this often.
_PING = "every hour"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did. `delivered` is None when no mail server is configured."""

    checked: tuple[Checked, ...]
    delivered: Delivered | None

    @property
    def well(self) -> bool:
        """Whether every document was seen or waits for confirmation, and no letter was refused."""
        seen = all(one.outcome.well or one.outcome is Outcome.WAITING for one in self.checked)
        return seen and (self.delivered is None or not (self.delivered.postponed or self.delivered.failed))

    @property
    def alive(self) -> bool:
        """Whether the watcher does its work: it reads pages, and what is to be told goes out.

        A platform or a reader that cannot be reached stands in the operator's note; an alarm that rings every day is
        switched off.
        """
        reads = not self.checked or any(
            one.outcome.well or one.outcome is Outcome.WAITING for one in self.checked
        )
        return reads and not (self.delivered is not None and self.delivered.stuck)


def due(settings: "Settings", store: Store, now: datetime) -> tuple[Document, ...]:
    """The configured documents whose schedule says that it is time, those never checked first."""
    last = {status.document.key: status.last_check for status in store.reports.statuses()}
    return tuple(
        document
        for document in settings.documents
        if next_check(document.schedule, document.timezone, last.get(document.key), now) <= now + _SLACK
    )


async def one_round(
    settings: "Settings",
    store: Store,
    documents: Sequence[Document],
    *,
    now: Clock,
    chance: random.Random,
    told: Callable[[Checked], None] = lambda _: None,
    stop: asyncio.Event | None = None,
) -> Round:
    """Check the documents once each, make letters of what is to be told, and hand over every letter that is due.

    `told` hears of each check as it ends.
    """
    rules = Rules(settings.rules)
    with Readers(cores()) as readers:
        async with open_desk(settings, store, now=now, chance=chance, read=readers.read, rules=rules) as desk:
            checked = await check_all(
                documents, desk, at_once=settings.fetch.concurrency, told=told, stop=stop
            )
    await tell(settings, store, rules, now, stop=stop)
    done = Round(checked, await empty_outbox(settings, store, now, stop))
    if done.alive:
        await ping(settings, now, chance)
    return done


async def keep_watching(
    settings: "Settings",
    store: Store,
    stop: asyncio.Event,
    *,
    now: Clock,
    chance: random.Random,
    told: Callable[[Checked], None],
) -> None:
    """The daemon: each document at its own times until `stop` is set; the document being checked is finished."""
    last = {status.document.key: status.last_check for status in store.reports.statuses()}
    one_delivery_at_a_time = asyncio.Lock()
    rules = Rules(settings.rules)

    async def post(*, pinging: bool = False) -> None:
        async with one_delivery_at_a_time:
            await tell(settings, store, rules, now, gather=settings.alerts.gather, stop=stop)
            done = await empty_outbox(settings, store, now, stop)
        if pinging and not (done is not None and done.stuck):
            await ping(settings, now, chance)

    async with open_desk(settings, store, now=now, chance=chance, rules=rules) as desk:

        def job(document: Document) -> Job:
            async def run() -> None:
                told(await check_safely(document, desk))
                await post()

            return Job(document.key, document.schedule, document.timezone, run, last.get(document.key))

        jobs = [job(document) for document in settings.documents]
        jobs.append(Job("outbox", _OUTBOX, "UTC", post))
        if settings.ping:
            jobs.append(Job("ping", _PING, "UTC", lambda: post(pinging=True)))
        await serve(jobs, stop, chance=chance, at_once=settings.fetch.concurrency)


@asynccontextmanager
async def open_desk(
    settings: "Settings",
    store: Store,
    *,
    now: Clock,
    chance: random.Random,
    read: Read = read_here,
    rules: Rules | None = None,
) -> AsyncIterator[Desk]:
    """A desk on the network, for as long as the context lasts; a browser is started by the first page that needs it.

    Raises `UsageError` when there is none though the config asks for one.
    """
    from watcher.browser import Browser, missing
    from watcher.fetch import Fetcher

    lacking = missing(settings.browser)
    if lacking and settings.browser.enabled is True:
        raise UsageError(
            "`browser.enabled` is true, but there is none", where=str(settings.path), remedy=lacking
        )
    async with (
        Fetcher(settings.fetch, now=now, random=chance, version=__version__) as fetcher,
        Browser(
            settings.browser, fetcher, fetcher.parts.ask, most_bytes=settings.fetch.max_bytes, now=now
        ) as browser,
    ):
        desk = make_desk(settings, store, fetcher, now, read, rules)
        yield replace(desk, browser=None if lacking else browser, no_browser=lacking)


async def empty_outbox(
    settings: "Settings", store: Store, now: Clock, stop: asyncio.Event | None = None
) -> Delivered | None:
    """Hand over what is due, by mail and channels as they are configured; None when none is.

    Once `stop` is set, no further letter is begun. The server, a run and the daemon may all do so at the same time.
    """
    channels = {f"{CHANNEL}{one.name}": one for one in settings.channels}
    if not settings.mail.enabled and not channels:
        return None
    done = Delivered()
    with at_work(settings.data) as (name, dead):
        store.outbox.free(dead)
        # Here too, since the server hands over without making letters.
        store.notices.unmake_withdrawn()
        for way in store.outbox.ways(now()):
            if way == "mail" and settings.mail.enabled:
                from watcher.alerts import Mailer

                async with Mailer(settings.mail) as mailer:
                    done += await deliver(store.outbox, mailer, now, stop=stop, by=name)
            elif way in channels:
                from watcher.channels import courier

                carrier = courier(channels[way], now)
                done += await deliver(store.outbox, carrier, now, stop=stop, by=name, way=way)
    return done


async def ping(settings: "Settings", now: Clock, chance: random.Random) -> None:
    """Ask for the configured address, so that whoever listens there notices when the watcher falls silent."""
    if not settings.ping:
        return
    from watcher.fetch import Fetcher

    try:
        async with Fetcher(settings.fetch, now=now, random=chance, version=__version__) as fetcher:
            await fetcher.fetch(Page(settings.ping), obey_robots=False, record=lambda _: None)
    except FetchError as error:
        log.warning("the ping went unheard", reason=error.reason, detail=error.what)


async def check_all(
    documents: Sequence[Document],
    desk: Desk,
    *,
    at_once: int,
    told: Callable[[Checked], None] = lambda _: None,
    stop: asyncio.Event | None = None,
) -> tuple[Checked, ...]:
    """Check every document once, `at_once` at a time, in the order given.

    When `stop` is set, documents that are being checked are finished and no other is begun.
    """
    places = asyncio.Semaphore(at_once)

    async def one(document: Document) -> Checked | None:
        async with places:
            if stop is not None and stop.is_set():
                return None
            checked = await check_safely(document, desk)
            told(checked)
            return checked

    # A task group ends the checks beside one that found the store or the rules unusable, before anything is closed.
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(document)) for document in documents]
    except* WatcherError as several:
        raise _first(several) from None
    return tuple(checked for task in tasks if (checked := task.result()) is not None)


def _first(several: BaseExceptionGroup[WatcherError]) -> WatcherError:
    one = several.exceptions[0]
    return _first(one) if isinstance(one, BaseExceptionGroup) else one


async def check_safely(document: Document, desk: Desk) -> Checked:
    """One check in which even a mistake of this program fails that document alone; its last version stands."""
    try:
        return await check(document, desk)
    except DamagedError as error:
        desk.store.archive.failed(document.key, at=desk.now(), reason="damaged", detail=str(error))
        return Checked(document, Outcome.FAILED, reason="damaged", detail=error.what)
    except WatcherError:
        raise  # the store itself is unusable: nothing can be kept, so the round ends
    except Exception as error:
        log.exception("a check failed by a mistake of the program", document=document.key)
        detail = f"a mistake in the program: {type(error).__name__}: {error}"
        desk.store.archive.failed(document.key, at=desk.now(), reason="internal", detail=detail)
        return Checked(document, Outcome.FAILED, reason="internal", detail=detail)

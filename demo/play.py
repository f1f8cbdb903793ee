"""Plays the history: one pass of `watcher run` for each day, then the report."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from itertools import pairwise
from pathlib import Path

from demo.config import REPORT_URL, config
from demo.mailbox import receiving
from demo.platforms import DAYS, PLATFORMS, Platform
from demo.server import serving
from watcher.diff import compare
from watcher.lock import hold
from watcher.model.alert import Subscriber
from watcher.model.version import VersionKind
from watcher.pipeline import Checked
from watcher.reporting import report_store
from watcher.rounds import one_round
from watcher.settings import load
from watcher.store import Store

SUBSCRIBERS = (Subscriber("anna@listeners.example", "en"), Subscriber("giulia@ascolti.example", "it"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one platform: its checks, one for each day.

    `pages` is how many different pages its server sent, `moved` how many clauses changed their place.
    """

    platform: Platform
    checks: tuple[Checked, ...]
    pages: int
    moved: int


@dataclass(frozen=True, slots=True)
class Played:
    """What the demo did: every platform's checks, the letters that arrived, and the report's first page."""

    seen: tuple[Seen, ...]
    letters: tuple[EmailMessage, ...]
    report: Path


class Calendar:
    """The clock of the demo: it stands still on the day being played."""

    def __init__(self) -> None:
        self.today = DAYS[0]

    def now(self) -> datetime:
        """The time, in UTC."""
        return self.today


async def play(folder: Path, told: Callable[[], None] = lambda: None) -> Played:
    """Fill the empty `folder` with config.yaml, data, mails and report; `told` is called after each check."""
    calendar = Calendar()
    checks: dict[tuple[str, str], list[Checked]] = {(one.service, one.name): [] for one in PLATFORMS}
    with serving(PLATFORMS) as web:
        async with receiving(folder / "mails", report_url=REPORT_URL, report="../report") as box:
            path = folder / "config.yaml"
            path.write_text(config(PLATFORMS, origin=web.origin, mail_port=box.port), "utf-8")
            settings = load(path, environ={})
            with hold(settings.data), Store(settings.data / "watcher.sqlite") as store:
                for subscriber in SUBSCRIBERS:
                    store.subscribers.keep(subscriber)
                store.archive.remember(settings.documents)
                for number, day in enumerate(DAYS):
                    web.day, calendar.today = number, day
                    done = await one_round(
                        settings,
                        store,
                        settings.documents,
                        now=calendar.now,
                        chance=random.SystemRandom(),
                        told=lambda _: told(),
                    )
                    for one in done.checked:
                        checks[one.document.service, one.document.name].append(one)
                report = report_store(
                    store,
                    folder / "report",
                    now=calendar.today,
                    rules=settings.rules,
                    title=settings.site.title,
                    evidence=True,
                )
                seen = tuple(
                    Seen(one, tuple(mine), len(set(web.sent[one.path])), _moved(store, mine))
                    for one, mine in zip(PLATFORMS, checks.values(), strict=True)
                )
    return Played(seen, tuple(box.letters), report)


def _moved(store: Store, checks: list[Checked]) -> int:
    text = store.archive.text
    versions = store.archive.versions(checks[0].document.key)
    return sum(
        pair.moved or pair.kind == "moved"
        for before, after in pairwise(versions)
        if after.kind is VersionKind.CHANGED
        for pair in compare(text(before.text), text(after.text)).pairs
    )

"""Puts the rooms together for the commands: a judge, a writer of letters, a desk."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from watcher import signals
from watcher.model.alert import CHANNEL, Event, Notice, Subscriber
from watcher.model.comparison import Comparison
from watcher.model.finding import Judgement, RuleText
from watcher.model.standing import Says
from watcher.model.text import DocumentText
from watcher.pipeline import Desk, Judge, Pages, Read, read_here
from watcher.resources import shipped

if TYPE_CHECKING:
    from watcher.clauses import Judge as Bench
    from watcher.clauses import Packs
    from watcher.settings import Settings
    from watcher.store import Store


class Rules:
    """The rule packs of some folders, loaded when first needed: a round in which nothing changed never does."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders) or (shipped("rules"),)

    @cached_property
    def packs(self) -> "Packs":
        """The packs; raises `PackError`."""
        from watcher.clauses import load_packs

        return load_packs(self._folders)

    @cached_property
    def bench(self) -> "Bench":
        """The judge that uses them; it compiles a language when that is first needed, and keeps it."""
        from watcher.clauses import Judge

        return Judge(self.packs)

    def judge(self, comparison: Comparison, *, service: str, known: Callable[[str], bool]) -> Judgement:
        """What a comparison means, see `watcher.pipeline.Judge`; signals for machines are judged by data alone."""
        if comparison.new.kind != "terms":
            return signals.judge(comparison)
        return self.bench.judge(comparison, service=service, known=known)

    def says(self, text: DocumentText, *, service: str) -> Says:
        """What a whole text says, see `watcher.pipeline.Reader`."""
        if text.kind != "terms":
            return Says(signals.findings(text), signals.lists_version())
        return self.bench.says(text, service=service)

    def explain(self, rule: str, language: str) -> RuleText:
        """What a rule says to people, in their language; a rule that was since removed has only its id to say."""
        for known in (signals.explain, self._explain):
            with suppress(KeyError):
                return known(rule, language)
        return RuleText(rule, rule, "", "", language)

    def _explain(self, rule: str, language: str) -> RuleText:
        return self.packs.explain(rule, language)


def readers(settings: "Settings", store: "Store") -> tuple[Subscriber, ...]:
    """Everyone who hears of changes: the store's subscribers and the configured channels."""
    channels = (
        Subscriber(
            address=one.name,
            language=one.language,
            services=one.services,
            groups=one.groups,
            categories=one.categories,
            severity=one.severity,
            id=f"{CHANNEL}{one.name}",
        )
        for one in settings.channels
    )
    return (*store.subscribers.all(), *channels)


class Announcer:
    """Says who is to hear of an event; letters are made of it later (`watcher.composing`)."""

    def __init__(self, settings: "Settings", store: "Store", now: Callable[[], datetime]) -> None:
        self._settings, self._store, self._now = settings, store, now

    def __call__(self, event: Event) -> Sequence[Notice]:
        """A notice for each reader who wants to hear of any of its changes."""
        from watcher.alerts import wants

        at = self._now()
        hold = self._settings.alerts.hold
        until = at + hold if hold else None
        heard: dict[object, bool] = {}
        notices = []
        for one in readers(self._settings, self._store):
            wishes = (one.services, one.groups, one.categories, one.severity)
            if wishes not in heard:
                heard[wishes] = bool(wants(one, event))
            if heard[wishes]:
                notices.append(Notice(one.id, event.id, at, held_until=until))
        return notices


def make_desk(
    settings: "Settings",
    store: "Store",
    pages: Pages,
    now: Callable[[], datetime],
    read: Read = read_here,
    rules: Rules | None = None,
) -> Desk:
    """A desk for the network: judged by the configured packs, told to the store's subscribers."""
    rules = rules or Rules(settings.rules)
    judge: Judge = rules.judge
    announce = Announcer(settings, store, now)
    return Desk(store=store, pages=pages, judge=judge, announce=announce, now=now, read=read, says=rules.says)

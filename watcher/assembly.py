"""Puts the rooms together for the commands: a judge, a writer of letters, a desk."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.model.alert import Event, Letter
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
        """What a comparison means, see `watcher.pipeline.Judge`."""
        return self.bench.judge(comparison, service=service, known=known)

    def says(self, text: DocumentText, *, service: str) -> Says:
        """What a whole text says, see `watcher.pipeline.Reader`."""
        return self.bench.says(text, service=service)

    def explain(self, rule: str, language: str) -> RuleText:
        """What a rule says to people, in their language; a rule that was since removed has only its id to say."""
        try:
            return self.packs.explain(rule, language)
        except KeyError:
            return RuleText(rule, rule, "", "", language)


class Writer:
    """Writes the letters that tell subscribers of an event."""

    def __init__(
        self, settings: "Settings", store: "Store", rules: Rules, now: Callable[[], datetime]
    ) -> None:
        self._settings, self._store, self._rules, self._now = settings, store, rules, now

    def __call__(self, event: Event, comparison: Comparison) -> Sequence[Letter]:
        """One letter for each subscriber who wants to hear of it; without a mail server they wait in the outbox."""
        from watcher.alerts import wants, write
        from watcher.diff import mark

        letters = []
        for subscriber in self._store.subscribers.all():
            changes = wants(subscriber, event)
            if changes:
                letters.append(
                    write(
                        event,
                        subscriber,
                        changes,
                        options=self._settings.mail,
                        explain=self._rules.explain,
                        comparison=comparison,
                        mark=mark,
                        base_url=self._settings.site.base_url,
                        written_at=self._now(),
                    )
                )
        return letters


def make_desk(
    settings: "Settings", store: "Store", pages: Pages, now: Callable[[], datetime], read: Read = read_here
) -> Desk:
    """A desk for the network: judged by the configured packs, told to the store's subscribers."""
    rules = Rules(settings.rules)
    judge: Judge = rules.judge
    write = Writer(settings, store, rules, now)
    return Desk(store=store, pages=pages, judge=judge, write=write, now=now, read=read, says=rules.says)

"""Puts the rooms together for the commands: a judge, a writer of letters, a desk."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.model.alert import Event, Letter
from watcher.model.comparison import Comparison
from watcher.model.finding import Judgement, RuleText
from watcher.pipeline import Desk, Judge, Pages
from watcher.resources import shipped

if TYPE_CHECKING:
    from watcher.clauses import Classified, Packs
    from watcher.settings import Settings
    from watcher.store import Store


class Rules:
    """The rule packs of some folders, loaded when first needed: a round in which nothing changed never does."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders) or (shipped("rules"),)
        self._load = cache(self._read)

    def _read(self) -> "Packs":
        from watcher.clauses import load_packs

        return load_packs(self._folders)

    @property
    def packs(self) -> "Packs":
        """The packs; raises `PackError`."""
        return self._load()

    def judge(self, comparison: Comparison, *, service: str, known: Callable[[str], bool]) -> Judgement:
        """What a comparison means, see `watcher.pipeline.Judge`."""
        from watcher.clauses import Judge as Bench

        return Bench(self.packs).judge(comparison, service=service, known=known)

    def classify(self, text: str, *, context: str, language: str, service: str) -> "Classified":
        """What one clause says."""
        from watcher.clauses import Judge as Bench

        return Bench(self.packs).classify(text, context=context, language=language, service=service)

    def explain(self, rule: str, language: str) -> RuleText:
        """What a rule says to people, in their language."""
        return self.packs.explain(rule, language)


class Writer:
    """Writes the letters that tell subscribers of an event."""

    def __init__(
        self, settings: "Settings", store: "Store", rules: Rules, now: Callable[[], datetime]
    ) -> None:
        self._settings, self._store, self._rules, self._now = settings, store, rules, now

    def __call__(self, event: Event, comparison: Comparison) -> Sequence[Letter]:
        """One letter for each subscriber who wants to hear of it; none when no mail server is configured."""
        from watcher.alerts import wants, write
        from watcher.diff import mark

        if not self._settings.mail.enabled:
            return ()
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


def make_desk(settings: "Settings", store: "Store", pages: Pages, now: Callable[[], datetime]) -> Desk:
    """A desk for the network: judged by the configured packs, told to the store's subscribers."""
    rules = Rules(settings.rules)
    judge: Judge = rules.judge
    return Desk(store=store, pages=pages, judge=judge, write=Writer(settings, store, rules, now), now=now)

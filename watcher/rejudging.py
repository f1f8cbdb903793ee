"""Judging what was recorded once more, with today's rules, for reports only: nobody is mailed."""

from collections.abc import Callable, Sequence

from watcher.diff import compare
from watcher.model.alert import Event
from watcher.model.finding import Change
from watcher.model.folding import fold
from watcher.model.report import DocumentHistory
from watcher.model.version import VersionKind
from watcher.pipeline import Judge
from watcher.store import Store


def rejudge(store: Store, judge: Judge, *, told: Callable[[], None] = lambda: None) -> int:
    """Replace the changes of every recorded version by what `judge` says of them; how many documents differ now.

    Permalinks of events that stay keep their ids. `told` hears of each document.
    """
    differ = 0
    for history in store.reports.histories():
        events = _judged(history, store, judge)
        if tuple((e.id, e.changes) for e in events) != tuple((e.id, e.changes) for e in history.events):
            store.archive.replace_events(history.document.key, events)
            differ += 1
        told()
    return differ


def _judged(history: DocumentHistory, store: Store, judge: Judge) -> Sequence[Event]:
    texts = {version.number: store.archive.text(version.text) for version in history.versions}
    read_as = {event.new: event.old_text for event in history.events}
    told: set[tuple[str, str, str]] = set()
    heard: list[str] = []
    events = []
    for before, version in zip(history.versions, history.versions[1:], strict=False):
        settled = version.kind is VersionKind.RETURN and version.rules
        if version.kind is VersionKind.CHANGED or settled:
            old = store.archive.text(read_as.get(version.number, before.text))
            comparison = compare(old, texts[version.number])
            judgement = judge(
                comparison,
                service=history.document.service,
                known=_heard(() if settled else tuple(heard)),
            )
            changes = tuple(c for c in judgement.changes if not (c.change.matters and _key(c) in told))
            told.update(_key(change) for change in changes)
            if changes:
                events.append(
                    Event(
                        history.document,
                        before.number,
                        version.number,
                        old.digest,
                        version.text,
                        version.seen_at,
                        changes,
                    )
                )
        heard.append("\n".join(clause.folded for clause in texts[before.number].clauses))
    return events


def _heard(earlier: Sequence[str]) -> Callable[[str], bool]:
    return lambda words: any(words in text for text in earlier)


def _key(change: Change) -> tuple[str, str, str]:
    return change.category, change.change.value, fold(change.quote)

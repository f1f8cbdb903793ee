"""Where words stood, and when: the history of every clause that holds them."""

from collections.abc import Iterator
from dataclasses import dataclass

from watcher.model.folding import fold
from watcher.model.life import ClauseLife, lives
from watcher.model.source import Document
from watcher.store import Store


@dataclass(frozen=True, slots=True)
class Trace:
    """A clause that holds the words, with its life in one document."""

    document: Document
    life: ClauseLife


def trace(store: Store, words: str, service: str | None = None) -> Iterator[Trace]:
    """Every clause of every version that holds `words`, whatever their case and punctuation, document by document."""
    wanted = f" {fold(words)} "
    for status in store.reports.statuses():
        if service in (None, status.document.service):
            versions = store.archive.versions(status.document.key)
            for life in lives(versions, store.archive.text):
                if wanted in f" {fold(life.clause.text)} ":
                    yield Trace(status.document, life)

"""Where words stood, and when: the history of every clause that holds them."""

from collections.abc import Iterator

from watcher.model.search import ClauseHit, Filters
from watcher.model.source import slug
from watcher.model.words import phrase
from watcher.store import Store


def trace(store: Store, words: str, service: str | None = None) -> Iterator[ClauseHit]:
    """Every clause of every version that holds `words` together, document by document, in the order they came.

    Case, accents and punctuation make no difference.
    """
    if wanted := phrase(words):
        filters = Filters(services=(slug(service),)) if service else Filters()
        yield from store.searches.lives(wanted, filters)

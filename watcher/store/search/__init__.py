"""Search over everything kept: `index` writes, `searches` reads, `wordlists` knows the database's full-text index."""

from watcher.store.search.searches import Searches

__all__ = ["Searches"]

"""Keeps everything: the only room that knows the database."""

from pathlib import Path

from watcher.store.archive import Archive
from watcher.store.database import open_database
from watcher.store.findings import Findings
from watcher.store.library import Library
from watcher.store.outbox import Outbox, Waiting
from watcher.store.reports import Reports
from watcher.store.search import Searches
from watcher.store.subscribers import Subscribers

__all__ = [
    "Archive",
    "Findings",
    "Library",
    "Outbox",
    "Reports",
    "Searches",
    "Store",
    "Subscribers",
    "Waiting",
]


class Store:
    """The one database, by concern. Open it once; close it when done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = open_database(path)
        self.archive = Archive(self._engine)
        self.subscribers = Subscribers(self._engine)
        self.outbox = Outbox(self._engine)
        self.findings = Findings(self._engine)
        self.reports = Reports(self._engine, self.archive)
        self.searches = Searches(self._engine)
        self.library = Library(self._engine, self.archive, self.findings)

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

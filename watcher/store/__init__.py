"""Keeps everything: the only room that knows the database."""

from pathlib import Path

from watcher.store.archive import Archive
from watcher.store.database import open_database
from watcher.store.facts import Facts
from watcher.store.findings import Findings
from watcher.store.hubs import Hubs
from watcher.store.library import Library
from watcher.store.limits import Limit, Limits
from watcher.store.notes import Suggestions, WrongReadings
from watcher.store.notices import Held, Notices, Settled
from watcher.store.outages import Outages
from watcher.store.outbox import Outbox, Waiting
from watcher.store.personal import Personal
from watcher.store.records import Records
from watcher.store.reports import Reports
from watcher.store.requests import Requests
from watcher.store.search import Searches
from watcher.store.sightings import Moves, Sightings
from watcher.store.subscribers import Subscribers

__all__ = [
    "Archive",
    "Facts",
    "Findings",
    "Held",
    "Hubs",
    "Library",
    "Limit",
    "Limits",
    "Moves",
    "Notices",
    "Outages",
    "Outbox",
    "Personal",
    "Records",
    "Reports",
    "Requests",
    "Searches",
    "Settled",
    "Sightings",
    "Store",
    "Subscribers",
    "Suggestions",
    "Waiting",
    "WrongReadings",
]


class Store:
    """The one database, by concern. Open it once; close it when done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = open_database(path)
        self.archive = Archive(self._engine)
        self.subscribers = Subscribers(self._engine)
        self.requests = Requests(self._engine)
        self.personal = Personal(self._engine)
        self.limits = Limits(self._engine)
        self.suggestions = Suggestions(self._engine)
        self.wrong_readings = WrongReadings(self._engine)
        self.facts = Facts(self._engine)
        self.notices = Notices(self._engine)
        self.outages = Outages(self._engine)
        self.outbox = Outbox(self._engine)
        self.findings = Findings(self._engine)
        self.reports = Reports(self._engine, self.archive)
        self.searches = Searches(self._engine)
        self.library = Library(self._engine, self.archive, self.findings, self.notices)
        self.records = Records(self._engine, self.searches, self.findings, self.library)
        self.sightings = Sightings(self._engine)
        self.moves = Moves(self._engine)
        self.hubs = Hubs(self._engine, self.archive)

    def close(self) -> None:
        """Let the file go."""
        self._engine.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

"""An event from its row."""

from typing import Any

from watcher.model.alert import Event
from watcher.model.finding import Change
from watcher.model.source import Document
from watcher.store.packing import from_json


def event_of(row: Any, changes: tuple[Change, ...]) -> Event:
    """The event of a row that has its columns and the document's `definition`, with its changes."""
    return Event(
        document=from_json(Document, row.definition),
        old=row.old,
        new=row.new,
        old_text=row.old_text,
        new_text=row.new_text,
        seen_at=row.seen_at,
        changes=changes,
    )

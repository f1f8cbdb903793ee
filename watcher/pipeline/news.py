"""What of a judgement is worth telling."""

from watcher.model.finding import Change, Judgement
from watcher.model.source import Document
from watcher.store import Archive


def news(document: Document, judgement: Judgement, archive: Archive) -> tuple[Change, ...]:
    """The changes that were not told of this document before."""
    return tuple(c for c in judgement.changes if not (c.change.matters and archive.told(document.key, c)))

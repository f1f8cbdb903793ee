"""What reports and the status command show."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from watcher.model.alert import Event
from watcher.model.finding import SEVERITIES, ChangeKind, Tone, tone
from watcher.model.source import Document
from watcher.model.version import Quarantined, Version


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """How the tracking of one document goes.

    `failures` counts checks in a row that gave no healthy document, the first of them at `failing_since`.
    `reason` is the stable word of the last failure, `detail` its sentence; both empty when all is well. `alternates`
    are the numbers of two versions between which the page keeps going back and forth.
    """

    document: Document
    last_check: datetime | None = None
    last_good: datetime | None = None
    last_change: datetime | None = None
    next_check: datetime | None = None
    versions: int = 0
    failures: int = 0
    failing_since: datetime | None = None
    reason: str = ""
    detail: str = ""
    alternates: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class DocumentHistory:
    """Everything known of one document, versions and events oldest first."""

    status: DocumentStatus
    versions: tuple[Version, ...]
    events: tuple[Event, ...]
    quarantined: tuple[Quarantined, ...]

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.status.document


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What an event did, without its words: `changes` are category, kind and severity of each."""

    id: str
    document: str
    old: int
    new: int
    seen_at: datetime
    changes: tuple[tuple[str, str, str], ...]

    @property
    def lead(self) -> tuple[str, ChangeKind, Tone]:
        """The weightiest change: its category, kind and tone; what matters comes before what is only reworded."""
        return _lead(self.changes)


@lru_cache(maxsize=10_000)
def _lead(changes: tuple[tuple[str, str, str], ...]) -> tuple[str, ChangeKind, Tone]:
    category, kind, _ = min(changes, key=_weight)
    return category, ChangeKind(kind), tone(category, ChangeKind(kind))


@cache
def _weight(change: tuple[str, str, str]) -> tuple[bool, int, int]:
    category, kind, severity = change
    severe = next((at for at, one in enumerate(SEVERITIES) if one == severity), 0)
    harm = (Tone.HARM, Tone.NEUTRAL, Tone.PROTECTION).index(tone(category, ChangeKind(kind)))
    return not ChangeKind(kind).matters, -severe, harm

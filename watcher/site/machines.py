"""What a platform tells machines about AI, and where its terms say otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.model.contradiction import SIGNAL, contradictions, may_contradict
from watcher.model.finding import Finding
from watcher.model.standing import Ledger, Stand
from watcher.site.library import Room
from watcher.site.paths import document_page, version_page
from watcher.voice import Stance, Voice, stance


@dataclass(frozen=True, slots=True)
class Told:
    """What all statements of one kind in one place say to machines, since the first of them stands; `path` shows it."""

    position: Stance
    sentence: str
    since: datetime
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """How terms and words for machines contradict each other: a sentence, and where to read both, by name and path."""

    sentence: str
    terms: tuple[tuple[str, str], ...]
    signals: tuple[tuple[str, str], ...]


def told(room: Room, voice: Voice, keys: Sequence[str]) -> list[Told]:
    """What the documents `keys` tell machines, what takes most first."""
    documents = room.library.documents()
    found = []
    for key in keys:
        kinds: dict[str, list[tuple[Stand, Finding]]] = {}
        for stand, finding in room.library.stands(key):
            if finding.rule.startswith(SIGNAL):
                kinds.setdefault(finding.rule, []).append((stand, finding))
        for rule, mine in kinds.items():
            stand, finding = mine[0]
            about = tuple(dict.fromkeys(name for _, one in mine for name in one.recipients))
            found.append(
                Told(
                    stance(voice, finding.category, finding.polarity),
                    voice.standing(rule, about),
                    min(stand.since for stand, _ in mine),
                    f"{version_page(key, stand.version)}#c-{finding.clause}",
                    _name(documents[key].name, documents[key].variant),
                )
            )
    return sorted(found, key=lambda one: (one.position.rank, one.name))


def conflicts(
    room: Room, voice: Voice, service: str, keys: Sequence[str], at: datetime | None = None, *, ledger: Ledger
) -> list[Conflict]:
    """The contradictions of a platform now, or at a time; most platforms have none, and cost no look at the words."""
    if not may_contradict(stand.entry for key in keys for stand in ledger.stands(key, at)):
        return []
    documents = room.library.documents()
    where: dict[int, tuple[str, str]] = {}
    said: list[Finding] = []
    for key in keys:
        place = _name(documents[key].name, documents[key].variant), document_page(key)
        for _, finding in room.library.stands(key, at):
            where[id(finding)] = place
            said.append(finding)
    return [
        Conflict(
            voice.contradiction(one.kind, service),
            tuple(dict.fromkeys(where[id(finding)] for finding in one.terms)),
            tuple(dict.fromkeys(where[id(finding)] for finding in one.signals)),
        )
        for one in contradictions(said)
    ]


def _name(name: str, variant: str) -> str:
    return f"{name} ({variant})" if variant else name

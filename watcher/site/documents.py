"""The pages of a platform and of one document: what it says today, what changed, every version, and its health."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from watcher.model.comparison import Segment
from watcher.model.finding import Finding, Tone
from watcher.model.report import Glimpse
from watcher.model.source import slug
from watcher.model.standing import Stand
from watcher.model.version import Version
from watcher.site.front import Tracked, tracked
from watcher.site.health import unjudged as why_unjudged
from watcher.site.library import Asked, Room
from watcher.site.machines import conflicts, told
from watcher.site.paths import (
    change_page,
    clause_page,
    service_page,
    version_page,
    versions_page,
)
from watcher.site.story import Said, said, story
from watcher.voice import Stance, Voice, stance
from watcher.voice.excerpt import excerpt
from watcher.voice.troubles import reason

# A page that a bot wall answers every six hours would fill the page of its document.
_MOST_REFUSED = 20
_VERSIONS = 50
_STORIES = 6
_SAID = 40
_WORDS = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A sentence of a document that says something now: its positions, each with the category's name.

    With them stands since when the document says anything of the kind, None where that is the day of the clause.
    `place` is where to read it in the whole text, `life` where it came from.
    """

    positions: tuple[tuple[Stance, str, datetime | None], ...]
    quote: tuple[Said, ...]
    language: str
    stand: Stand
    place: str
    life: str

    @property
    def since(self) -> datetime:
        """Since when the clause says so."""
        return self.stand.since

    @property
    def renewed(self) -> bool:
        """Whether the document said something of the kind before the clause did."""
        return any(kind for _, _, kind in self.positions)

    @property
    def lead(self) -> Stance:
        """The position that takes most."""
        return self.positions[0][0]


@dataclass(frozen=True, slots=True)
class Line:
    """A version on the timeline: the page that compares it with the one before, and what that changed, if anything."""

    version: Version
    path: str | None
    before: int | None
    event: Glimpse | None

    @property
    def tone(self) -> Tone | None:
        """Of the weightiest change that came with it."""
        return self.event.lead[2] if self.event and self.event.lead[1].matters else None


def service(room: Room, asked: Asked, name: str) -> str | None:
    """A platform: its documents, what they say, and what changed."""
    keys = [key for key, document in room.library.documents().items() if slug(document.service) == name]
    if not keys:
        return None
    mine = room.library.statuses(keys)
    documents = tracked(mine, asked.voice, asked.now)
    events, total = room.library.events(documents=keys, most=_STORIES)
    versions = {key: room.library.versions(key) for key in keys[:_VERSIONS]}
    ledger = room.library.ledger()
    # What signals say stands apart; that they were read tells nothing of the terms.
    spoken = [one.key for one in (each.document for each in mine) if one.kind == "terms"] or keys
    return room.print(
        asked,
        "service.html",
        name=mine[0].document.service,
        documents=documents,
        says=[
            (one, said_now(room, asked.voice, one.status.document.key))
            for one in documents
            if one.status.document.kind == "terms"
        ],
        told=told(room, asked.voice, keys),
        conflicts=conflicts(room, asked.voice, mine[0].document.service, keys, ledger=ledger),
        all=len(spoken),
        unread=sum(ledger.version(key) is None for key in spoken),
        known=sum(ledger.knows(key) for key in spoken),
        unjudged=unjudged(room, asked.voice, documents),
        stories=[story(event, asked.voice, room.tools) for event in events],
        total=total,
        lines=[
            (one, lines(room, versions[one.status.document.key])[::-1][:12])
            for one in documents
            if versions.get(one.status.document.key)
        ],
    )


def document(room: Room, asked: Asked, folder: str, number: str = "1") -> str | None:
    """A document: what it says today, its changes, its versions, and the pages that were refused."""
    key, page = folder.replace("--", "/", 1), int(number)
    status = room.library.status(key)
    if status is None:
        return None
    versions = room.library.versions(key)
    timeline = lines(room, versions)[::-1]
    shown = timeline[(page - 1) * _VERSIONS : page * _VERSIONS]
    if page > 1 and not shown:
        return None
    (one,) = tracked([status], asked.voice, asked.now)
    says = said_now(room, asked.voice, key) if page == 1 else []
    events, total = room.library.events(documents=[key], most=_STORIES) if page == 1 else ((), 0)
    refused, all_refused = room.library.refused(key, _MOST_REFUSED)
    return room.print(
        asked,
        "document.html",
        document=status.document,
        service=service_page(status.document.service),
        health=one.health,
        latest=versions[-1] if versions else None,
        numbers=[version.number for version in reversed(versions)],
        says=says[:_SAID],
        more_said=len(says[_SAID:]),
        unjudged=unjudged(room, asked.voice, [one]),
        stories=[story(event, asked.voice, room.tools) for event in events],
        total=total,
        lines=shown,
        page=page,
        pages=max(1, -(-len(timeline) // _VERSIONS)),
        refused=[(answer, reason(asked.voice, answer.doubt)) for answer in refused],
        more_refused=all_refused - len(refused),
    )


def pages_of(versions: int) -> int:
    """How many pages a document's versions fill."""
    return max(1, -(-versions // _VERSIONS))


def said_now(room: Room, voice: Voice, key: str, at: datetime | None = None) -> list[Standing]:
    """What a document says about AI, what takes most first; what is new stands before what is old.

    What a licence takes without AI is left to the whole text, which has everything.
    """
    sentences: dict[tuple[str, str], list[tuple[Stand, Finding]]] = {}
    for stand, finding in room.library.stands(key, at):
        if not finding.category.startswith("licence_"):
            sentences.setdefault((finding.clause, finding.quote), []).append((stand, finding))
    found = [_standing(voice, key, said) for said in sentences.values()]
    return sorted(found, key=lambda one: (one.lead.rank, -one.since.timestamp()))


def unjudged(room: Room, voice: Voice, documents: Sequence[Tracked]) -> list[tuple[Tracked, str]]:
    """Documents of which nobody knows what they say, with the reason in words; empty when they were not read yet."""
    ledger = room.library.ledger()
    found = ((one, ledger.why_unjudged(one.status.document.key)) for one in documents)
    return [(one, why and why_unjudged(voice, why)) for one, why in found if why is not None]


def lines(room: Room, versions: Sequence[Version]) -> list[Line]:
    """Every version, oldest first, with the comparison that leads to it."""
    if not versions:
        return []
    events = {(event.old, event.new): event for event in room.library.steps(versions[0].document)}
    by_number = {event.new: event for event in events.values()}
    found = [Line(versions[0], None, None, by_number.get(versions[0].number))]
    for before, version in pairwise(versions):
        event = events.get((before.number, version.number)) or by_number.get(version.number)
        path = change_page(event.id) if event else versions_page(before, version)
        found.append(Line(version, path, event.old if event else before.number, event))
    return found


def _standing(voice: Voice, key: str, found: Sequence[tuple[Stand, Finding]]) -> Standing:
    positions = (
        (
            stance(voice, one.category, one.polarity),
            voice.category(one.category),
            stand.category_since if stand.category_since.date() < stand.since.date() else None,
        )
        for stand, one in found
    )
    ranked = tuple(sorted(dict.fromkeys(positions), key=lambda one: one[0].rank))
    stand, finding = found[0]
    return Standing(
        ranked,
        short(said(finding, voice)),
        finding.language,
        stand,
        f"{version_page(key, stand.version)}#c-{finding.clause}",
        clause_page(key, finding.clause),
    )


def short(sentence: tuple[Said, ...]) -> tuple[Said, ...]:
    """At most sixty words of a sentence, around the words that led to the finding."""
    parts = [Segment("insert" if one.label else "equal", one.text) for one in sentence]
    return tuple(Said(part.text, "cue" if part.op == "insert" else "") for part in excerpt(parts, _WORDS))

"""The first page, the list of all changes, and the list of platforms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from watcher.model.report import DocumentStatus, Glimpse
from watcher.model.source import slug
from watcher.site.activity import activity, begins
from watcher.site.health import Health, health
from watcher.site.library import Asked, Room
from watcher.site.paths import document_page, service_page
from watcher.site.story import story
from watcher.voice import Voice

LATELY = 8
A_PAGE = 100
_WEEK = timedelta(days=7)
# A store whose network is down would fill the page with documents that need a look.
_MOST_FAILING = 25


@dataclass(frozen=True, slots=True)
class Tracked:
    """A document and how its tracking goes."""

    status: DocumentStatus
    path: str
    health: Health


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: its documents, and the latest thing that happened there, as words or None."""

    name: str
    path: str
    documents: tuple[Tracked, ...]
    groups: tuple[str, ...]
    latest: Glimpse | None

    @property
    def failing(self) -> int:
        """How many of its documents need a look."""
        return sum(document.health.state == "failing" for document in self.documents)


def front(room: Room, asked: Asked) -> str:
    """What changed lately, half a year at a glance, what needs a look."""
    library, voice = room.library, asked.voice
    events, total = library.events(most=LATELY)
    glimpses = library.glimpses(begins(asked.now))
    failing = tracked(library.statuses(failing=True), voice)
    return room.print(
        asked,
        "index.html",
        services=len({slug(document.service) for document in library.documents().values()}),
        stories=[story(event, voice, room.tools) for event in events],
        total=total,
        this_week=sum(asked.now - _WEEK <= one.seen_at <= asked.now for one in glimpses),
        activity=activity(glimpses, asked.now),
        failing=failing[:_MOST_FAILING],
        more_failing=len(failing[_MOST_FAILING:]),
        as_of=library.latest_check() or asked.now,
    )


def changes(room: Room, asked: Asked, number: str = "1") -> str | None:
    """All changes that matter, the latest first, a hundred on a page."""
    page = int(number)
    events, total = room.library.events(most=A_PAGE, skip=(page - 1) * A_PAGE)
    if page > 1 and not events:
        return None
    return room.print(
        asked,
        "changes.html",
        stories=[story(event, asked.voice, room.tools) for event in events],
        total=total,
        page=page,
        pages=max(1, -(-total // A_PAGE)),
    )


def platforms(room: Room, asked: Asked) -> str:
    """Every platform with its documents' health and its latest change."""
    statuses = room.library.statuses()
    latest = room.library.latest_by_document()
    return room.print(asked, "platforms.html", services=grouped(tracked(statuses, asked.voice), latest))


def tracked(statuses: Sequence[DocumentStatus], voice: Voice) -> list[Tracked]:
    """Documents with their health, in the order given."""
    return [Tracked(status, document_page(status.document.key), health(voice, status)) for status in statuses]


def grouped(documents: Sequence[Tracked], latest: dict[str, Glimpse]) -> list[Platform]:
    """Documents by platform, by name."""
    found: dict[str, list[Tracked]] = {}
    for one in documents:
        found.setdefault(slug(one.status.document.service), []).append(one)
    platforms = [
        Platform(
            mine[0].status.document.service,
            service_page(key),
            tuple(mine),
            tuple(sorted({group for one in mine for group in one.status.document.groups})),
            max(
                (event for one in mine if (event := latest.get(one.status.document.key))),
                key=lambda one: one.seen_at,
                default=None,
            ),
        )
        for key, mine in found.items()
    ]
    return sorted(platforms, key=lambda one: (one.name.casefold(), one.path))

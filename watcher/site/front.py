"""The first page, the list of all changes, and the list of platforms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.model.report import DocumentStatus, Glimpse
from watcher.model.source import slug
from watcher.site.activity import activity, begins
from watcher.site.health import WEEK, Health, health, stands_still
from watcher.site.library import Asked, Room
from watcher.site.paths import document_page, service_page
from watcher.site.story import story
from watcher.voice import Voice

LATELY = 8
A_PAGE = 100
# A store whose network is down would fill the page with documents that need a look.
_MOST_FAILING = 25
_WORST = ("well", "unseen", "stale", "failing")


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
        return self._count("failing")

    @property
    def unseen(self) -> int:
        """How many of its documents were never looked at, where others were."""
        count = self._count("unseen")
        return count if count < len(self.documents) else 0

    @property
    def health(self) -> Health:
        """How the reading goes of the document that was left alone longest, of those that do not fail."""
        return max((one.health for one in self.documents), key=lambda one: _WORST.index(one.state))

    def _count(self, state: str) -> int:
        return sum(document.health.state == state for document in self.documents)


def front(room: Room, asked: Asked) -> str:
    """What changed lately, half a year at a glance, what needs a look.

    A quiet week is told of those platforms alone that were read in it.
    """
    library, voice, now = room.library, asked.voice, asked.now
    events, total = library.events(most=LATELY)
    glimpses = library.glimpses(begins(now))
    statuses = library.statuses()
    watched = tracked(statuses, voice, now)
    failing, stale, unseen = (
        [one for one in watched if one.health.state == state] for state in ("failing", "stale", "unseen")
    )
    read = {slug(one.document.service) for one in statuses if one.last_good and one.last_good >= now - WEEK}
    return room.print(
        asked,
        "index.html",
        services=len({slug(one.document.service) for one in statuses}),
        read=len(read),
        ever=any(one.last_good for one in statuses),
        stories=[story(event, voice, room.tools) for event in events],
        total=total,
        this_week=sum(now - WEEK <= one.seen_at <= now for one in glimpses),
        activity=activity(glimpses, now),
        failing=failing[:_MOST_FAILING],
        more_failing=len(failing[_MOST_FAILING:]),
        stale=stale[:_MOST_FAILING],
        more_stale=len(stale[_MOST_FAILING:]),
        still=stands_still(statuses, now),
        unseen=len(unseen),
        as_of=library.latest_check(),
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
    watched = tracked(statuses, asked.voice, asked.now)
    return room.print(asked, "platforms.html", services=grouped(watched, latest))


def tracked(statuses: Sequence[DocumentStatus], voice: Voice, now: datetime) -> list[Tracked]:
    """Documents with their health, in the order given."""
    return [
        Tracked(status, document_page(status.document.key), health(voice, status, now)) for status in statuses
    ]


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

"""Every page of the site by its path, the same for a server and for the disk."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from watcher.model.source import slug
from watcher.site import about, clause, comparisons, documents, front, matrix
from watcher.site.library import Asked, Room
from watcher.site.paths import (
    CHANGES,
    CONTACT,
    INDEX,
    MATRIX,
    MATRIX_TOPICS,
    METHOD,
    PLATFORMS,
    change_page,
    changes_page,
    clause_page,
    document_page,
    service_page,
    version_page,
    versions_page,
)
from watcher.voice import Voice

_FOLDER = r"(?P<folder>[a-z0-9.-]+)"
_NUMBER = r"[1-9]\d{0,8}"
_DIGEST = r"\.[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Route:
    """Paths that one function makes pages of, its named groups being that function's arguments.

    `lasting`: a permalink, which shows nothing of how the latest checks went. `dated`: it changes with the day.
    `options` are the names that its address may ask with.
    """

    pattern: str
    make: Callable[..., str | None]
    lasting: bool = False
    dated: bool = False
    options: tuple[str, ...] = ()


ROUTES: tuple[Route, ...] = (
    Route(re.escape(INDEX), front.front, dated=True),
    Route(re.escape(CHANGES), front.changes),
    Route(rf"changes/page-(?P<number>{_NUMBER})\.html", front.changes),
    Route(re.escape(PLATFORMS), front.platforms, dated=True),
    Route(re.escape(MATRIX), matrix.matrix, dated=True, options=("date", "group", "sort")),
    Route(re.escape(MATRIX_TOPICS), matrix.topics, dated=True, options=("date", "group", "sort")),
    Route(r"changes/(?P<event>[0-9a-f]{16})\.html", comparisons.change, lasting=True),
    Route(r"services/(?P<name>[a-z0-9-]+)\.html", documents.service, dated=True),
    Route(rf"documents/{_FOLDER}\.html", documents.document, dated=True),
    Route(rf"documents/{_FOLDER}/versions-(?P<number>{_NUMBER})\.html", documents.document),
    Route(rf"documents/{_FOLDER}/v(?P<number>{_NUMBER})\.html", comparisons.version, lasting=True),
    Route(
        rf"documents/{_FOLDER}/v(?P<old>{_NUMBER}){_DIGEST}-v(?P<new>{_NUMBER}){_DIGEST}\.html",
        comparisons.versions,
        lasting=True,
    ),
    Route(rf"documents/{_FOLDER}/clauses/(?P<key>[0-9a-f]{{16}})\.html", clause.clause, lasting=True),
    Route(re.escape(METHOD), about.method, lasting=True),
    Route(re.escape(CONTACT), about.contact, lasting=True),
)


def route_of(path: str) -> tuple[Route, dict[str, str]] | None:
    """Which route a path takes, with what its function is called with; None for a path that no page has."""
    for route in ROUTES:
        found = re.fullmatch(route.pattern, path)
        if found:
            return route, found.groupdict()
    return None


def page(
    room: Room, path: str, language: str, now: datetime, query: Mapping[str, str] | None = None
) -> str | None:
    """The HTML of a page in a language; None when there is none at this path."""
    taken = route_of(path)
    if taken is None:
        return None
    route, arguments = taken
    wanted = {name: value for name, value in (query or {}).items() if name in route.options and value}
    return route.make(room, Asked(path, Voice.of(language), now, wanted), **arguments)


def paths(room: Room) -> Iterator[str]:
    """Every page that a report on disk has, each once.

    Those of any two versions that do not follow each other, and of clauses that never spoke of AI, only a server makes.
    """
    library = room.library
    yield from (INDEX, PLATFORMS, MATRIX, MATRIX_TOPICS, METHOD, CONTACT)
    total = library.events(most=1)[1]
    yield from (changes_page(number) for number in range(1, max(1, -(-total // front.A_PAGE)) + 1))
    events = library.event_ids()
    yield from (change_page(event) for event, *_ in events)
    told = {(document, old, new) for _, document, old, new in events}
    known = library.documents()
    yield from dict.fromkeys(service_page(slug(document.service)) for document in known.values())
    for key in known:
        versions = library.versions(key)
        yield from (document_page(key, number + 1) for number in range(documents.pages_of(len(versions))))
        yield from (version_page(key, version.number) for version in versions)
        for old, new in pairwise(versions):
            if (key, old.number, new.number) not in told:
                yield versions_page(old, new)
    yield from (clause_page(document, key) for document, key in library.clauses())

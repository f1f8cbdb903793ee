"""What documents say about AI: findings, and who says what."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from watcher.web.api import shapes
from watcher.web.api.bulk import FILE, Format, download
from watcher.web.api.library import One, OneVersion
from watcher.web.api.parameters import AsOf, Categories, Number, Turn, Turns, Weighed, Which, moment
from watcher.web.api.replies import Api, Here, reading, told, turned

router = APIRouter()
_get = reading(router)
_TAG, _WHO = "Findings", "Who says what"


def _begun(api: Api, turn: Turn, as_of: AsOf, *kinds: type) -> tuple[datetime, tuple[Any, ...] | None]:
    """The moment that a walk asks about, which its cursor carries on, and the place behind which it goes on."""
    place = turn.place(datetime, *kinds)
    return (place[0], place[1:]) if place else (moment(as_of, api.site.now), None)


@_get(
    "/findings",
    tags=[_TAG],
    summary="What documents say now, or said on a day",
    response_model=shapes.Listing[shapes.StandingFinding],
)
def findings(request: Request, api: Here, turn: Turns, filters: Weighed, date: AsOf = None) -> Response:
    """By document and in reading order. `since` and `until` bound the day on which a clause came to say so."""
    at, place = _begun(api, turn, date, str, int)

    def make() -> shapes.Listing[shapes.StandingFinding]:
        found = api.store.records.standing(at, filters, after=place, part=turn.limit + 1)
        some, following = turned(request, api, turn, found, lambda one: (at, *one.standing_place))
        return shapes.Listing(items=[api.make.standing(one) for one in some], next=following)

    return told(request, api, make)


@_get(
    "/findings.{format}",
    tags=[_TAG],
    summary="What documents say, in one file",
    response_class=Response,
    responses={200: FILE},
)
def every_finding(
    request: Request, api: Here, format: Format, filters: Weighed, date: AsOf = None
) -> Response:
    """What the list gives, whole: CSV, or JSON Lines with the items of the list."""
    found = api.store.records.standing(moment(date, api.site.now), filters)
    return download(
        request, api, format, "findings", shapes.StandingFinding, (api.make.standing(one) for one in found)
    )


@_get(
    "/findings/history",
    tags=[_TAG],
    summary="What every version said",
    response_model=shapes.Listing[shapes.Finding],
)
def history(request: Request, api: Here, turn: Turns, filters: Weighed) -> Response:
    """Every finding of every version, the latest first. `since` and `until` are days on which versions were seen."""
    place = turn.place(datetime, str, int, int)

    def make() -> shapes.Listing[shapes.Finding]:
        found = api.store.records.history(filters, after=place, part=turn.limit + 1)
        some, following = turned(request, api, turn, found, lambda one: one.place)
        return shapes.Listing(items=[api.make.finding(one) for one in some], next=following)

    return told(request, api, make)


@_get(
    "/findings/history.{format}",
    tags=[_TAG],
    summary="What every version said, in one file",
    response_class=Response,
    responses={200: FILE},
)
def whole_history(request: Request, api: Here, format: Format, filters: Weighed) -> Response:
    """What the list gives, whole: CSV, or JSON Lines with the items of the list."""
    found = api.store.records.history(filters)
    return download(
        request, api, format, "findings-history", shapes.Finding, (api.make.finding(one) for one in found)
    )


@_get(
    "/documents/{service}/{document}/versions/{number}/findings",
    tags=[_TAG],
    summary="What a version says",
    response_model=shapes.Listing[shapes.Finding],
)
def of_version(request: Request, api: Here, one: One, each: OneVersion, turn: Turns) -> Response:
    """In reading order."""
    place = turn.place(int)

    def make() -> shapes.Listing[shapes.Finding]:
        first = place[0] + 1 if place else 0
        found = api.store.records.of_version(one.key, each.number, first=first, part=turn.limit + 1)
        some, following = turned(request, api, turn, found, lambda each: (each.position,))
        return shapes.Listing(items=[api.make.finding(each) for each in some], next=following)

    return told(request, api, make)


@_get(
    "/documents/{service}/{document}/versions/{number}/findings/{position}",
    tags=[_TAG],
    summary="One finding",
    response_model=shapes.Finding,
)
def finding(request: Request, api: Here, one: One, each: OneVersion, position: Number) -> Response:
    """Findings of a version count from 1. They are read anew when the rules change: cite the clause and the version."""

    def make() -> shapes.Finding | None:
        found = api.store.records.finding(one.key, each.number, position - 1)
        return api.make.finding(found) if found else None

    return told(request, api, make)


@_get("/statuses", tags=[_WHO], summary="Who says what", response_model=shapes.StatusListing)
def statuses(
    request: Request,
    api: Here,
    turn: Turns,
    which: Which,
    category: Categories,
    date: AsOf = None,
) -> Response:
    """The matrix: each platform with what its documents say, as of now or of a day."""
    at, place = _begun(api, turn, date, str)

    def make() -> shapes.StatusListing:
        every = api.by_service(which)
        names = sorted(name for name in every if place is None or name > place[0])
        some, following = turned(request, api, turn, names, lambda name: (at, name))
        ledger = api.store.library.ledger()
        items = [api.make.status(every[name], ledger, at, category) for name in some]
        return shapes.StatusListing(items=items, next=following, as_of=at)

    return told(request, api, make)

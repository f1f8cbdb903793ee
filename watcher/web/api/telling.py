"""Changes, and words looked up in everything kept."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response

from watcher.model.record import ChangeRecord
from watcher.web.api import shapes
from watcher.web.api.bulk import FILE, Format, download
from watcher.web.api.parameters import Changed, MaybeWords, Said, Turns, Words, wanted
from watcher.web.api.replies import Here, onward, reading, told, turned

router = APIRouter()
_get = reading(router)
_TAG = "Changes"

Id = Annotated[str, Path(pattern="^[0-9a-f]{16}-[1-9][0-9]{0,8}$")]


@_get("/changes", tags=[_TAG], summary="All changes", response_model=shapes.Listing[shapes.Change])
def changes(request: Request, api: Here, turn: Turns, filters: Changed, q: MaybeWords = None) -> Response:
    """The latest first, without readings that were withdrawn. `since` and `until` are days on which they were seen."""
    words, place = wanted(q), turn.place(datetime, str, int)

    def make() -> shapes.Listing[shapes.Change]:
        found = api.store.records.changes(words, filters, after=place, part=turn.limit + 1)
        some, following = turned(request, api, turn, found, lambda one: one.place)
        return shapes.Listing(items=[api.make.change(one) for one in some], next=following)

    return told(request, api, make)


@_get(
    "/changes.{format}",
    tags=[_TAG],
    summary="All changes in one file",
    response_class=Response,
    responses={200: FILE},
)
def every_change(
    request: Request, api: Here, format: Format, filters: Changed, q: MaybeWords = None
) -> Response:
    """What the list gives, whole: CSV, or JSON Lines with the items of the list."""
    found = api.store.records.changes(wanted(q), filters)
    return download(request, api, format, "changes", shapes.Change, (api.make.change(one) for one in found))


@_get("/changes/{id}", tags=[_TAG], summary="One change", response_model=shapes.Change)
def change(request: Request, api: Here, id: Id) -> Response:
    """Also one that was withdrawn: people may have cited it, and `withdrawn` says why."""
    record = _record(api, id)
    modified = max(record.updated, record.withdrawn.at) if record.withdrawn else record.updated
    return told(request, api, lambda: api.make.change(record), modified=modified)


@_get(
    "/search",
    tags=["Search"],
    summary="Words in all texts, old and new",
    response_model=shapes.SearchListing,
)
def search(request: Request, api: Here, turn: Turns, filters: Said, q: Words) -> Response:
    """Clauses that hold all the words, the newest wordings first, with the times in which they stood.

    `category` lets clauses through that say something of it, `since` and `until` those that stood between these days.
    For words of changes, ask `/changes` with `q`.
    """
    words, place = wanted(q), turn.place(datetime, int)

    def make() -> shapes.SearchListing:
        found = api.store.searches.clauses(words, filters, after=place, limit=turn.limit)
        last = found.hits[-1].place if found.hits and found.more else None
        return shapes.SearchListing(
            items=[api.make.found(hit) for hit in found.hits],
            next=onward(request, api, last) if last else None,
            total=found.total,
            bounded=found.bounded,
            first_seen=found.span.first if found.span else None,
            last_seen=found.span.last if found.span else None,
        )

    return told(request, api, make)


def _record(api: Here, named: str) -> ChangeRecord:
    event, _, position = named.partition("-")
    record = api.store.records.change(event, int(position) - 1)
    if record is None:
        raise HTTPException(404)
    return record

"""Platforms, documents, versions and their texts."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from watcher.model.source import Document, slug
from watcher.model.version import Version
from watcher.web.answering import known
from watcher.web.api import shapes
from watcher.web.api.parameters import Name, Number, Turns, Which
from watcher.web.api.replies import Here, packed, reading, tag, told, turned

router = APIRouter()
_get = reading(router)
_LIST, _ONE = "Platforms and documents", "Versions and texts"

# A clause may hold anything; shown as a page of its own it must not run.
_FOREIGN = {"Content-Security-Policy": "sandbox; default-src 'none'"}


def _document(api: Here, service: Name, document: Name) -> Document:
    found = api.store.library.documents().get(f"{service}/{document}")
    if found is None:
        raise HTTPException(404)
    return found


One = Annotated[Document, Depends(_document)]


def _version(api: Here, one: One, number: Number) -> Version:
    versions = api.store.library.versions(one.key)
    if number > len(versions):
        raise HTTPException(404)
    return versions[number - 1]


OneVersion = Annotated[Version, Depends(_version)]


@_get("/services", tags=[_LIST], summary="All platforms", response_model=shapes.Listing[shapes.Service])
def services(request: Request, api: Here, turn: Turns, which: Which) -> Response:
    """By name. Filters on documents let a platform through that has one of them."""
    place = turn.place(str)

    def make() -> shapes.Listing[shapes.Service]:
        every = api.by_service(which)
        names = sorted(name for name in every if place is None or name > place[0])
        some, following = turned(request, api, turn, names, lambda name: (name,))
        return shapes.Listing(items=[api.make.service(every[name]) for name in some], next=following)

    return told(request, api, make)


@_get("/services/{service}", tags=[_LIST], summary="One platform", response_model=shapes.Service)
def service(request: Request, api: Here, service: Name) -> Response:
    """What is watched of it, and its feed."""

    def make() -> shapes.Service | None:
        mine = api.by_service().get(service)
        return api.make.service(mine) if mine else None

    return told(request, api, make)


@_get(
    "/services/{service}/documents",
    tags=[_LIST],
    summary="The documents of a platform",
    response_model=shapes.Listing[shapes.Document],
)
def its_documents(request: Request, api: Here, service: Name, turn: Turns) -> Response:
    """By `id`."""
    mine = [one.key for one in api.store.library.documents().values() if slug(one.service) == service]
    if not mine:
        raise HTTPException(404)
    return _documents(request, api, turn, mine)


@_get("/documents", tags=[_LIST], summary="All documents", response_model=shapes.Listing[shapes.Document])
def documents(request: Request, api: Here, turn: Turns, which: Which) -> Response:
    """By `id`, with how the tracking of each goes."""
    return _documents(request, api, turn, api.keys(which))


@_get("/documents/{service}/{document}", tags=[_LIST], summary="One document", response_model=shapes.Document)
def document(request: Request, api: Here, one: One) -> Response:
    """Where it stands, its current version, and how its tracking goes."""

    def make() -> shapes.Document | None:
        status = api.store.library.status(one.key)
        return api.make.document(status, api.store.library.ledger()) if status else None

    return told(request, api, make, health=True)


@_get(
    "/documents/{service}/{document}/versions",
    tags=[_ONE],
    summary="The versions of a document",
    response_model=shapes.Listing[shapes.Version],
)
def versions(request: Request, api: Here, one: One, turn: Turns) -> Response:
    """The latest first, each with the raw pages behind it."""
    place = turn.place(int)

    def make() -> shapes.Listing[shapes.Version]:
        every = api.store.library.versions(one.key)
        left = [each for each in reversed(every) if place is None or each.number < place[0]]
        some, following = turned(request, api, turn, left, lambda each: (each.number,))
        return shapes.Listing(
            items=[api.make.version(one, each, _before(every, each)) for each in some], next=following
        )

    return told(request, api, make)


@_get(
    "/documents/{service}/{document}/versions/{number}",
    tags=[_ONE],
    summary="One version",
    response_model=shapes.Version,
)
def version(request: Request, api: Here, one: One, each: OneVersion) -> Response:
    """When it was seen, what it is, and the raw pages behind it with their SHA-256."""

    def make() -> shapes.Version:
        return api.make.version(one, each, _before(api.store.library.versions(one.key), each))

    return told(request, api, make)


@_get(
    "/documents/{service}/{document}/versions/{number}/text",
    tags=[_ONE],
    summary="The text of a version, clause by clause",
    response_model=shapes.Text,
)
def text(request: Request, api: Here, one: One, each: OneVersion) -> Response:
    """It never changes. The `key` of a clause is its identity across versions and documents."""

    def make() -> shapes.Text:
        return api.make.text(one, each, api.store.library.text(each.text))

    return told(request, api, make, modified=each.seen_at, lasting=each.text)


@_get(
    "/documents/{service}/{document}/versions/{number}/text.md",
    tags=[_ONE],
    summary="The text of a version as Markdown",
    response_class=Response,
    responses={
        200: {"content": {"text/markdown": {"schema": {"type": "string"}}}, "description": "The text"}
    },
)
def markdown(request: Request, api: Here, one: One, each: OneVersion) -> Response:
    """CommonMark. It never changes."""
    etag = tag(request, api, each.text)
    body = b""
    if not known(request, etag, each.seen_at):
        body = api.store.library.text(each.text).markdown.encode("utf-8", "replace")
    return packed(request, body, etag, "text/markdown; charset=utf-8", _FOREIGN, modified=each.seen_at)


def _documents(request: Request, api: Here, turn: Turns, keys: list[str]) -> Response:
    place = turn.place(str)

    def make() -> shapes.Listing[shapes.Document]:
        left = sorted(key for key in keys if place is None or key > place[0])
        some, following = turned(request, api, turn, left, lambda key: (key,))
        ledger = api.store.library.ledger()
        statuses = api.store.library.statuses(some) if some else ()
        return shapes.Listing(items=[api.make.document(one, ledger) for one in statuses], next=following)

    return told(request, api, make, health=True)


def _before(every: tuple[Version, ...], each: Version) -> Version | None:
    return every[each.number - 2] if each.number > 1 else None

"""Answers as JSON that clients may keep and ask about, and lists that name their next page."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from watcher import __version__
from watcher.model.search import EVERYTHING, Filters
from watcher.model.source import Document, slug
from watcher.web import cursor
from watcher.web.answering import answer, known, takes_gzip
from watcher.web.api.links import ROOT, Links
from watcher.web.api.making import Maker
from watcher.web.api.parameters import Turn
from watcher.web.api.shapes import Listing
from watcher.web.context import Site
from watcher.web.kept import WORTH_PACKING, Kept

JSON = "application/json"

R = TypeVar("R")


class Api:
    """What handlers work with: the site, its addresses, and what makes the shapes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.store = site.store
        self.links = Links(site.frame)
        self.make = Maker(self.links)
        # What another program or address made is another thing, although it tells the same.
        self.edition = f"{__version__} {site.frame.base_url}"

    def keys(self, which: Filters) -> list[str]:
        """The documents that are meant."""
        return [one.key for one in self.store.searches.listing() if which.mean(one)]

    def by_service(self, which: Filters = EVERYTHING) -> dict[str, list[Document]]:
        """Those documents, by the `id` of their platform."""
        found: dict[str, list[Document]] = {}
        keys = self.keys(which)
        documents = self.store.library.documents()
        for key in keys:
            found.setdefault(slug(documents[key].service), []).append(documents[key])
        return found


def _api(request: Request) -> Api:
    api: Api = request.app.state.api
    return api


Here = Annotated[Api, Depends(_api)]
"""The parameter by which a handler gets it."""


class Get(Protocol):
    """How a router takes an address for GET."""

    def __call__(self, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """As `APIRouter.get`."""


def reading(router: APIRouter) -> Get:
    """As `router.get`, for HEAD as well (RFC 9110, section 9.3.2), which needs no description of its own."""

    def get(path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def taken(handler: Callable[..., Any]) -> Callable[..., Any]:
            router.add_api_route(path, handler, methods=["GET"], **options)
            router.add_api_route(path, handler, methods=["HEAD"], **options | {"include_in_schema": False})
            return handler

        return taken

    return get


def told(
    request: Request,
    api: Api,
    make: Callable[[], BaseModel | None],
    *,
    health: bool = False,
    modified: datetime | None = None,
    lasting: str = "",
) -> Response:
    """What `make` gives, unless the client has it; raises 404 when that is nothing.

    The entity tag is weak: it names the state of the history (with `health`, also how the latest checks went), so that
    an answer need not be made to see that it is the same. `lasting` names the state of what depends on nothing else.
    """
    etag = tag(request, api, lasting or api.store.library.state(lasting=not health))
    if known(request, etag, modified):
        return packed(request, b"", etag, JSON, modified=modified)
    made = make()
    if made is None:
        raise HTTPException(404)
    headers = {"Link": f'<{made.next}>; rel="next"'} if isinstance(made, Listing) and made.next else {}
    return packed(request, made.model_dump_json().encode(), etag, JSON, headers, modified=modified)


def packed(
    request: Request,
    body: bytes,
    etag: str,
    media: str,
    headers: dict[str, str] | None = None,
    *,
    modified: datetime | None = None,
) -> Response:
    """The answer, or 304 when the client has it; packed when it takes gzip."""
    small = gzip.compress(body, 5, mtime=0) if takes_gzip(request) and len(body) >= WORTH_PACKING else b""
    return answer(request, Kept("", body, small, etag), media, headers, modified=modified)


def tag(request: Request, api: Api, state: str) -> str:
    """The weak entity tag (RFC 9110, section 8.8.3) of what is asked for, as of a state."""
    whole = f"{api.edition}\n{state}\n{request.url.path}?{request.url.query}"
    return f'W/"{hashlib.sha256(whole.encode()).hexdigest()[:24]}"'


def turned(
    request: Request, api: Api, turn: Turn, found: Iterable[R], place: Callable[[R], tuple[Any, ...]]
) -> tuple[list[R], str | None]:
    """The items of one page, and the address of the next one, where there is more."""
    some = list(islice(found, turn.limit + 1))
    if len(some) <= turn.limit:
        return some, None
    return some[:-1], onward(request, api, place(some[-2]))


def onward(request: Request, api: Api, place: tuple[Any, ...]) -> str:
    """The address of the page that begins behind a place."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    path = request.url.path.removeprefix(f"/{ROOT}/")
    return api.links.api(path, [*query, ("after", cursor.written(place))])

"""Feeds: of everything, of a platform, and of whatever a search's filters let through."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Path, Request, Response

from watcher.errors import CostlyError
from watcher.model.search import Filters
from watcher.model.source import slug
from watcher.site import language_of
from watcher.site.feeds import BEFORE_ALL, KINDS, MOST, make, written
from watcher.site.paths import feed as feed_path
from watcher.voice import Voice
from watcher.voice.wishes import group
from watcher.web.answering import answer
from watcher.web.asking import FILTERS, Asked, asked
from watcher.web.context import Here, Site
from watcher.web.known import UnknownValueError, unknown

router = APIRouter(include_in_schema=False)
Kind = Annotated[Literal["atom", "json"], Path()]
_READ = ["GET", "HEAD"]


@router.api_route("/feeds/changes.{kind}", methods=_READ)
def everything(kind: Kind, request: Request, site: Here) -> Response:
    """All changes that matter, or those that the parameters of a search let through."""
    return _answer(request, site, kind)


@router.api_route("/feeds/services/{service}.{kind}", methods=_READ)
def platform(service: str, kind: Kind, request: Request, site: Here) -> Response:
    """Those of one platform."""
    return _answer(request, site, kind, service)


def _answer(request: Request, site: Site, kind: str, service: str = "") -> Response:
    language = language_of(request.url.path.lstrip("/"))[0]
    question = asked(request.query_params)
    if wrong := question.wrong or unknown(site.store, question.filters):
        raise UnknownValueError(wrong)
    names = {slug(one.service): one.service for one in site.store.searches.listing()}
    if service and service not in names:
        raise HTTPException(404)
    filters = Filters(services=(service,)) if service else question.filters
    query = "" if service else _query(request)
    path = feed_path(service, kind)
    state = site.store.library.state(lasting=True)

    def make_feed() -> bytes:
        feed = make(
            site.store.searches.events(question.wanted, filters, limit=MOST),
            path,
            language,
            site.frame,
            site.room.tools,
            about=names[service] if service else about(question, names, Voice.of(language)),
            query=query,
        )
        return written(feed, kind)

    try:
        kept = site.shelf.get(f"{language} {path}?{query}", state, make_feed)
        modified = site.store.searches.last_told(question.wanted, filters)
    except CostlyError as error:
        raise HTTPException(503, headers={"Retry-After": "60"}) from error
    if kept is None:
        raise HTTPException(404)
    media = f"{KINDS[kind]}; charset=utf-8" if kind == "atom" else KINDS[kind]
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    return answer(request, kept, media, headers, modified=modified or BEFORE_ALL)


def about(question: Asked, names: dict[str, str], voice: Voice) -> str:
    """What a feed is limited to, in a few words; empty when it tells of everything."""
    filters = question.filters
    parts = [voice.quote(question.words.strip())] if question.wanted else []
    parts += [names.get(one, one) for one in filters.services]
    parts += [*(group(voice, one) for one in filters.groups), *filters.types]
    parts += [voice.category(one) for one in filters.categories]
    parts += [voice.change(one) for one in filters.changes]
    if filters.severity:
        parts.append(voice.text("at least %(severity)s", severity=voice.severity(filters.severity)))
    return ", ".join(parts)


def _query(request: Request) -> str:
    """The parameters that matter, in one order, so that one feed has one id."""
    return urlencode(
        sorted(
            (name, value)
            for name, value in request.query_params.multi_items()
            if name in ("q", *FILTERS) and value
        )
    )

"""The page on which readers search."""

from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from watcher.errors import CostlyError
from watcher.model.search import ChangesFound, ClausesFound
from watcher.model.source import slug
from watcher.site import encoded, language_of
from watcher.site.found import change, choices, clause
from watcher.site.paths import SEARCH, feed
from watcher.voice import Voice
from watcher.web import cursor
from watcher.web.answering import answer
from watcher.web.api import ROOT
from watcher.web.asking import FILTERS, Asked, asked, without
from watcher.web.context import Here, Site
from watcher.web.forms import READ
from watcher.web.known import unknown

router = APIRouter(include_in_schema=False)
# Nobody is served by a search engine that lists searches, and each of them costs something.
_HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Cache-Control": "no-cache"}


@router.api_route(f"/{SEARCH}", methods=READ)
def search(request: Request, site: Here) -> Response:
    """The form, and what was found for the parameters of the address."""
    language = language_of(request.url.path.lstrip("/"))[0]
    question = asked(request.query_params)
    question = without(question, unknown(site.store, question.filters))

    def make() -> bytes:
        return encoded(_page(request, site, language, question, _found(site, question)))

    try:
        key = f"{language} {SEARCH}?{request.url.query}"
        kept = site.shelf.get(key, site.store.library.state(lasting=True), make)
    except CostlyError:
        html = _page(request, site, language, question, None, costly=True)
        return HTMLResponse(html, 503, _HEADERS | {"Retry-After": "5"})
    if kept is None:
        raise HTTPException(404)
    return answer(request, kept, headers=_HEADERS)


def _page(
    request: Request,
    site: Site,
    language: str,
    question: Asked,
    found: ClausesFound | ChangesFound | None,
    *,
    costly: bool = False,
) -> str:
    voice = Voice.of(language)
    hits = (
        [clause(hit, question.wanted) for hit in found.hits]
        if isinstance(found, ClausesFound)
        else [change(hit, question.wanted, voice) for hit in (found.hits if found else ())]
    )
    last = found.hits[-1].place if found and found.more else None
    return site.frame.render(
        SEARCH,
        language,
        "search.html",
        dict(request.query_params),
        asked=question,
        chosen={name: request.query_params.get(name, "") for name in FILTERS},
        choices=choices(site.store.searches.listing(), voice),
        found=found,
        hits=hits,
        costly=costly,
        next_page=f"{SEARCH}?{_again(request, question, after=cursor.written(last))}" if last else "",
        first_page=f"{SEARCH}?{_again(request, question)}" if question.after else "",
        instead=f"{SEARCH}?{_again(request, question, **{'in': 'changes'})}"
        if question.where == "texts" and question.anything
        else "",
        follow={kind: f"{feed(kind=kind)}?{_again(request, question)}" for kind in ("atom", "json")}
        if question.anything
        else None,
        files=_files(request, question) if hits else {},
    )


def _found(site: Site, question: Asked) -> ClausesFound | ChangesFound | None:
    searches = site.store.searches
    if question.where == "changes" and question.anything:
        place = cursor.read(question.after, datetime, str, int)
        return searches.changes(question.wanted, question.filters.mattering, after=place)
    if question.where == "texts" and question.wanted:
        place = cursor.read(question.after, datetime, int)
        return searches.clauses(question.wanted, question.filters, after=place)
    return None


def _files(request: Request, question: Asked) -> dict[str, str]:
    """The same search as data, by the name of its form; the API takes no question that it cannot read whole."""
    if question.wanted.cut or question.wrong:
        return {}
    changes = question.where == "changes"
    names = FILTERS if changes else [name for name in FILTERS if name not in ("change", "severity")]
    asked = [(name, value) for name, value in request.query_params.multi_items() if name in names and value]
    # The API tells all changes; this page those that matter, unless kinds of change are named.
    kinds = question.filters.mattering.changes if changes and not question.filters.changes else ()
    asked += [("change", kind.value) for kind in kinds]
    query = urlencode([*([("q", question.words)] if question.wanted else []), *asked])
    forms = {"CSV": "changes.csv", "JSON Lines": "changes.jsonl"} if changes else {"JSON": "search"}
    return {name: f"{ROOT}/{path}?{query}" for name, path in forms.items()}


def _again(request: Request, question: Asked, **others: str) -> str:
    """The parameters of this search that mean something, for another address."""
    names = [name for name in ("q", "in", *FILTERS) if name not in others]
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name in names and value and not {value, slug(value)} & set(question.wrong.get(name, ()))
    ]
    return urlencode([*kept, *others.items()])

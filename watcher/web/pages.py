"""The pages that journalists browse, the files beside them, and raw pages as downloads."""

import re
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.routing import Match

from watcher.site import (
    encoded,
    folder_of,
    icon,
    language_of,
    page,
    route_of,
    script,
    stylesheet,
    table_file,
    wish,
)
from watcher.site.library import Asked
from watcher.site.paths import ICON, INDEX, SCRIPT, STYLE, TABLE, versions_page
from watcher.voice import Voice
from watcher.web.addresses import near
from watcher.web.answering import answer
from watcher.web.context import Here, preferred
from watcher.web.kept import Kept

router = APIRouter(include_in_schema=False)
_get = partial(router.api_route, methods=["GET", "HEAD"])

_SHA256 = re.compile(r"[0-9a-f]{64}")
# A browser would run what stands in a foreign page; as a download, and sandboxed, it does not.
_FOREIGN = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "public, max-age=31536000, immutable",
}


@_get("/")
def bare(request: Request, site: Here) -> Response:
    """The first page in the language that the browser prefers; a choice once made stands in the address."""
    language = preferred(request)
    if folder_of(language):
        return RedirectResponse(
            f"{folder_of(language)}/", 302, headers={"Vary": "Accept-Language", "Cache-Control": "no-cache"}
        )
    kept = _page(site, INDEX, language, {})
    if kept is None:
        raise HTTPException(404)
    return answer(request, kept, headers={"Vary": "Accept-Encoding, Accept-Language"})


@_get(f"/{STYLE}")
def style(request: Request, site: Here) -> Response:
    """The stylesheet of every page."""
    return _shared(request, site, STYLE, stylesheet(), "text/css")


@_get(f"/{SCRIPT}")
def keys(request: Request, site: Here) -> Response:
    """The only script."""
    return _shared(request, site, SCRIPT, script(), "text/javascript")


@_get(f"/{ICON}")
@_get("/favicon.ico")
def tab(request: Request, site: Here) -> Response:
    """What stands on a browser's tab."""
    return _shared(request, site, ICON, icon(), "image/svg+xml")


@_get(f"/{TABLE}")
def table(request: Request, site: Here, date: str = "", group: str = "") -> Response:
    """Everything that every document says, as CSV, as of today or of a date."""
    wanted = wish(Asked(TABLE, Voice.of("en"), site.now(), {"date": date, "group": group}))
    if wanted is None:
        raise HTTPException(400)
    key = f"{TABLE}?{urlencode({'date': wanted.day, 'group': group})}"
    kept = site.shelf.get(
        key,
        site.store.library.state(lasting=True),
        lambda: encoded(table_file(site.room, Voice.of("en"), wanted)),
    )
    if kept is None:
        raise HTTPException(404)
    name = f"terms-{wanted.day or site.now().date().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return answer(request, kept, "text/csv; charset=utf-8", headers)


@_get("/texts/{digest}.txt")
def text(digest: str, site: Here) -> Response:
    """The bytes that a text's digest was computed from."""
    try:
        body = site.store.library.text(digest).exact if _SHA256.fullmatch(digest) else None
    except KeyError:
        body = None
    if body is None:
        raise HTTPException(404)
    return Response(body, media_type="text/plain; charset=utf-8", headers=_FOREIGN)


@_get("/raw/{sha256}")
def raw(sha256: str, site: Here) -> Response:
    """A page as it was received, byte for byte: a download, never shown."""
    try:
        body = site.store.library.raw(sha256) if _SHA256.fullmatch(sha256) else None
    except KeyError:
        body = None
    if body is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{sha256}.bin"', **_FOREIGN}
    return Response(body, media_type="application/octet-stream", headers=headers)


@_get("/compare")
@_get("/it/compare")
def compare(request: Request, site: Here, document: str = "", old: str = "", new: str = "") -> Response:
    """From the form in which a reader picks two versions to the permalink of their comparison."""
    versions = {str(version.number): version for version in site.store.library.versions(document)}
    picked = sorted({old, new} & set(versions), key=int)
    if len(picked) != 2:
        raise HTTPException(404 if not versions else 400)
    return RedirectResponse(versions_page(versions[picked[0]], versions[picked[1]]), 302)


@_get("/{file:path}")
def anything(request: Request, file: str, site: Here) -> Response:
    """Every other page; an address that ends in a slash is that folder's first page."""
    kept = _at(request, site, file)
    if kept is not None:
        return answer(request, kept)
    asked = f"?{request.url.query}" if request.url.query else ""
    for meant, link in near(file).items():
        if _taken(request, meant) or _at(request, site, meant) is not None:
            return RedirectResponse(link + asked, 308)
    raise HTTPException(404)


def _at(request: Request, site: Here, file: str) -> Kept | None:
    language, path = language_of(file)
    if not path or path.endswith("/"):
        path += INDEX
    return _page(site, path, language, dict(request.query_params))


def _taken(request: Request, file: str) -> bool:
    """Whether another part of the server answers there; this one comes last and takes whatever is left."""
    scope = {**request.scope, "path": f"/{file}"}
    return any(one.matches(scope)[0] is Match.FULL for one in request.app.router.routes[:-1])


def _page(site: Here, path: str, language: str, query: dict[str, str]) -> Kept | None:
    taken = route_of(path)
    if taken is None:
        return None
    route, _ = taken
    now = site.now()
    asked = {name: query[name][:80] for name in route.options if query.get(name)}
    state = site.store.library.state(lasting=route.lasting)
    if route.dated:
        state += f" {now.date()}"

    def make() -> bytes | None:
        html = page(site.room, path, language, now, asked)
        return None if html is None else encoded(html)

    return site.shelf.get(f"{language} {path}?{urlencode(asked)}", state, make)


def _shared(request: Request, site: Here, name: str, body: bytes, media: str) -> Response:
    kept = site.shelf.get(name, "", lambda: body)
    if kept is None:
        raise HTTPException(404)
    return answer(request, kept, media, {"Cache-Control": "public, max-age=3600"})

"""The API, joined from its parts and described (OpenAPI 3.1)."""

import json
from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from starlette.types import ASGIApp

from watcher import __version__
from watcher.web.addresses import Broken
from watcher.web.api import library, problems, saying, shapes, telling
from watcher.web.api.examples import EXAMPLES
from watcher.web.api.links import ROOT
from watcher.web.api.opened import Opened
from watcher.web.api.parameters import known
from watcher.web.api.replies import JSON, Api, Here, packed, reading, tag, told
from watcher.web.context import Site

router = APIRouter()
_get = reading(router)
_ABOUT = """\
What platforms say about artificial intelligence, what changed, and the proof. Read-only, without a key.

Lists come in pages: follow `next`, or the header `Link`, until it is null; everything that was there when you began \
comes exactly once. Times are RFC 3339 in UTC. Fields may be added; none is renamed or removed within `v1`.

A program reads the terms, and it can be wrong: cite the words and the version, not the reading alone. It is not legal \
advice."""


@_get("/", tags=["Begin"], summary="Where to begin", response_model=shapes.Home)
def home(request: Request, api: Here) -> Response:
    """The addresses of all lists."""

    def make() -> shapes.Home:
        lists = ("services", "documents", "changes", "findings", "statuses", "search")
        return shapes.Home(
            title=api.site.frame.title,
            version=__version__,
            documentation=api.links.page("api"),
            openapi=api.links.api("openapi.json"),
            history=api.links.api("findings/history"),
            **{name: api.links.api(name) for name in lists},
        )

    return told(request, api, make, lasting="home")


@_get("/openapi.json", include_in_schema=False)
def described(request: Request, api: Here) -> Response:
    """The description, for programs."""
    return packed(request, json.dumps(request.app.openapi()).encode(), tag(request, api, "openapi"), JSON)


def make_api(site: Site) -> ASGIApp:
    """The API over one open store."""
    api = FastAPI(
        title=f"{site.frame.title}: API",
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        root_path_in_servers=False,
        redirect_slashes=False,
        dependencies=[Depends(known)],
        responses={304: {"description": "The client has it already"}, **_problems()},
    )
    api.state.site = site
    api.state.api = Api(site)
    problems.register(api)
    api.router.routes.insert(0, Broken())
    for part in (router, library.router, telling.router, saying.router):
        api.include_router(part)
    api.openapi = cache(lambda: _description(api, site))  # type: ignore[method-assign]
    return Opened(api)


def _problems() -> dict[int | str, dict[str, Any]]:
    content = {problems.MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": name, "content": content} for status, name in problems.KINDS.items()}


def _description(api: FastAPI, site: Site) -> dict[str, Any]:
    """What FastAPI knows, with examples, problems as they are, and without its own form of them."""
    from fastapi.openapi.utils import get_openapi

    whole = get_openapi(
        title=api.title,
        version=api.version,
        description=api.description,
        routes=api.routes,
        servers=[{"url": Api(site).links.page(ROOT)}],
    )
    for operations in whole["paths"].values():
        for operation in operations.values():
            operation["responses"].pop("422", None)
    schemas = whole["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = shapes.Problem.model_json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    schemas |= problem.pop("$defs") | {"Problem": problem}
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    return whole

"""The application, joined from its parts."""

import re

from fastapi import FastAPI
from starlette.routing import Mount
from starlette.types import ASGIApp

from watcher import __version__
from watcher.site import NAMES, folder_of
from watcher.web import (
    describing,
    failures,
    feeding,
    leaving,
    notes,
    pages,
    plain,
    privacy,
    proof,
    searching,
    subscribing,
)
from watcher.web.addresses import Broken
from watcher.web.api import ROOT, make_api
from watcher.web.context import Site
from watcher.web.guard import Guard
from watcher.web.limits import BodyLimit


def make_app(site: Site) -> ASGIApp:
    """The application over one open store; handlers get it as a parameter of type `Here`."""
    app = FastAPI(
        title=site.settings.site.title, version=__version__, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.site = site
    failures.register(app)
    api = Mount(f"/{ROOT}", make_api(site))
    # A line break in an address below the API would lead past it, to the pages.
    api.path_regex = re.compile(api.path_regex.pattern, re.DOTALL)
    app.router.routes[:0] = [api, Broken()]
    app.include_router(plain.router)
    for part in (subscribing, leaving, notes, privacy, searching, feeding, proof, describing):
        for language in NAMES:
            app.include_router(part.router, prefix=f"/{folder_of(language)}".rstrip("/"))
    # The pages come last: what no other part answers is the address of one.
    app.include_router(pages.router)
    # Around everything, or the page that tells of a mistake in the program would go out without its headers.
    return Guard(BodyLimit(app), secure=site.settings.site.base_url.startswith("https://"))

"""The application, joined from its parts."""

from fastapi import FastAPI
from starlette.types import ASGIApp

from watcher import __version__
from watcher.web import failures, feeding, pages, plain, proof, searching
from watcher.web.context import Site
from watcher.web.guard import Guard


def make_app(site: Site) -> ASGIApp:
    """The application over one open store; handlers get it as a parameter of type `Here`."""
    app = FastAPI(
        title=site.settings.site.title, version=__version__, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.site = site
    failures.register(app)
    # The pages come last: what no other part answers is the address of one.
    for part in (plain, searching, feeding, proof, pages):
        app.include_router(part.router)
    # Around everything, or the page that tells of a mistake in the program would go out without its headers.
    return Guard(app, secure=site.settings.site.base_url.startswith("https://"))

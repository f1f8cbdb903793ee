"""What is kept about readers, on a page for them."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from watcher.web.context import Here
from watcher.web.forms import READ, show

router = APIRouter(include_in_schema=False)


@router.api_route("/privacy", methods=READ)
def privacy(site: Here, request: Request) -> HTMLResponse:
    """docs/privacy.md in short."""
    return show(site, request, "privacy.html", private=False)

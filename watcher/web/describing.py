"""The API and the files to download, on a page for people."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from watcher.web.api.links import ROOT
from watcher.web.context import Here
from watcher.web.forms import READ, show

router = APIRouter(include_in_schema=False)


@router.api_route("/api", methods=READ)
def api(site: Here, request: Request) -> HTMLResponse:
    """docs/api.md in short."""
    here = site.frame.base_url.rstrip("/") or str(request.base_url).rstrip("/")
    return show(site, request, "api.html", private=False, root=ROOT, example=f"{here}/{ROOT}/changes")

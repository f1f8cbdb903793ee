"""What is neither page nor form: whether the server lives, and the API's address without its slash."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from watcher.web.api import ROOT
from watcher.web.context import Here
from watcher.web.forms import READ

router = APIRouter(include_in_schema=False)


@router.api_route("/healthz", methods=READ)
def health(site: Here) -> dict[str, str]:
    """For a load balancer or a monitor: the server answers, and its database does."""
    site.store.outbox.counts()
    return {"status": "ok"}


@router.api_route(f"/{ROOT}", methods=READ)
def root() -> RedirectResponse:
    """Where the API begins, for whoever leaves the slash out."""
    return RedirectResponse("v1/", 308)

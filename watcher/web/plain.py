"""What is neither page nor form: the stylesheet, and whether the server lives."""

from functools import cache

from fastapi import APIRouter, Response

from watcher.site import stylesheet
from watcher.web.context import Here

router = APIRouter(include_in_schema=False)


@router.get("/style.css")
def style() -> Response:
    """The stylesheet of every page."""
    return Response(_style(), media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/healthz")
def health(site: Here) -> dict[str, str]:
    """For a load balancer or a monitor: the server answers, and its database does."""
    site.store.outbox.counts()
    return {"status": "ok"}


@cache
def _style() -> bytes:
    return stylesheet()

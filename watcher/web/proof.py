"""Evidence as a download."""

from threading import BoundedSemaphore
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response

from watcher.errors import InputError
from watcher.proving import prove
from watcher.web.answering import answer
from watcher.web.context import Here, Site
from watcher.web.kept import kept

router = APIRouter(include_in_schema=False)
Change = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
_READ = ["GET", "HEAD"]
_AT_ONCE = 2
"""Packages made at the same time: each holds the raw pages of a document in memory."""
_WAIT = 10.0
_turns = BoundedSemaphore(_AT_ONCE)


@router.api_route("/changes/{change}/evidence.zip", methods=_READ)
def evidence(change: Change, request: Request, site: Here) -> Response:
    """The package of a change."""
    return _answer(request, site, change)


def _answer(request: Request, site: Site, change: str) -> Response:
    if not _turns.acquire(timeout=_WAIT):
        raise HTTPException(503, headers={"Retry-After": "30"})
    try:
        whole = prove(site.store, change, explain=site.room.tools.explain, frame=site.frame)
    except InputError as error:
        raise HTTPException(404) from error
    finally:
        _turns.release()
    name = f'attachment; filename="evidence-{change}.zip"'
    return answer(request, kept(whole, pack=False), "application/zip", {"Content-Disposition": name})

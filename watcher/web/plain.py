"""What is neither page nor form: whether the server lives."""

from fastapi import APIRouter

from watcher.web.context import Here

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def health(site: Here) -> dict[str, str]:
    """For a load balancer or a monitor: the server answers, and its database does."""
    site.store.outbox.counts()
    return {"status": "ok"}

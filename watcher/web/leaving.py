"""The way out: one click from every mail, or one POST by the mail program itself (RFC 8058)."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from watcher.addresses import shown
from watcher.web.context import Here
from watcher.web.forms import READ, show

router = APIRouter(include_in_schema=False)


@router.api_route("/unsubscribe/{token}", methods=READ)
def about_to_leave(site: Here, request: Request, token: str) -> HTMLResponse:
    """A button: programs that look through mails open links, and must not end anybody's subscription."""
    known = site.reception.whom("unsubscribe", token)
    if known is None:
        return show(site, request, "gone.html")
    return show(
        site,
        request,
        "unsubscribe.html",
        mailbox=shown(known.address),
        preferences=site.reception.links.preferences(known),
    )


@router.post("/unsubscribe/{token}")
def leave(site: Here, request: Request, token: str) -> HTMLResponse:
    """Erases the address at once.

    Mail programs send `List-Unsubscribe=One-Click`, the button sends nothing; whoever posts here wants to leave, so the
    body makes no difference and is not even read.
    """
    left = site.reception.leave(token)
    return show(site, request, "left.html" if left else "gone.html")

"""What readers write for the operator: platforms they miss, and readings they call wrong."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse

from watcher.addresses import AddressError, mail_address
from watcher.model.alert import Event
from watcher.model.reader import Suggestion, WrongReading
from watcher.site import change_page, web
from watcher.voice import ranked
from watcher.voice.msg import msg
from watcher.voice.passage import harmless
from watcher.web.context import Here, Site
from watcher.web.forms import READ, Filled, line, network, show, text, tongue, trapped, voice_of
from watcher.web.wishes import DOUBTS

router = APIRouter(include_in_schema=False)


@router.api_route("/suggest", methods=READ)
def suggest(site: Here, request: Request) -> HTMLResponse:
    """A form for a platform that is not watched yet."""
    return show(site, request, "suggest.html", private=False, typed={}, mistakes={})


@router.post("/suggest")
def suggested(site: Here, request: Request, filled: Filled) -> HTMLResponse:
    """Keeps it for the operator, without the reader's address."""
    typed = {
        "platform": line(filled, "platform", 200),
        "url": line(filled, "url", 1000),
        "note": text(filled, "note", 2000),
    }
    voice = voice_of(request)
    mistakes = {}
    if not typed["platform"]:
        mistakes["platform"] = voice.text(msg("Write the name of the platform."))
    if typed["url"] and not web(typed["url"]):
        mistakes["url"] = voice.text(
            msg("An address on the web begins with https://. You may also leave it out.")
        )
    if mistakes:
        return show(site, request, "suggest.html", 422, typed=typed, mistakes=mistakes)
    if not trapped(filled):
        suggestion = Suggestion(typed["platform"], typed["url"], typed["note"], site.now())
        site.reception.suggest(suggestion, network(request))
    return show(site, request, "suggested.html", platform=typed["platform"])


@router.api_route("/wrong", methods=READ)
def wrong(site: Here, request: Request, change: str = "") -> HTMLResponse:
    """A form about one event, which it shows."""
    return _wrong(site, request, _event(site, change), {})


@router.post("/wrong")
def reported(site: Here, request: Request, filled: Filled, change: str = "") -> HTMLResponse:
    """Keeps it for the operator."""
    event = _event(site, change)
    typed = {
        "which": line(filled, "which", 10),
        "note": text(filled, "note", 4000),
        "address": line(filled, "address"),
    }
    address = ""
    try:
        address = mail_address(typed["address"]) if typed["address"] else ""
    except AddressError as error:
        mistakes = {"address": voice_of(request).text(DOUBTS[error.doubt])}
        return _wrong(site, request, event, typed, mistakes)
    if not trapped(filled):
        position = int(typed["which"]) if typed["which"] in map(str, range(len(event.changes))) else None
        told = WrongReading(event.id, position, typed["note"], address, tongue(request), site.now())
        site.reception.report_wrong(told, network(request))
    return show(site, request, "reported.html", back=change_page(event.id), answered=bool(address))


def _event(site: Site, named: str) -> Event:
    event = site.store.reports.event(named)
    if event is None:
        raise HTTPException(404)
    return event


def _wrong(
    site: Site,
    request: Request,
    event: Event,
    typed: dict[str, str],
    mistakes: dict[str, str] | None = None,
) -> HTMLResponse:
    voice = voice_of(request)
    readings = [
        (
            event.changes.index(change),
            voice.tone(change.tone),
            change.tone,
            harmless(voice.headline(event.document, change)),
            change.language,
            harmless(change.quote),
        )
        for change in ranked(event.changes)
    ]
    return show(
        site,
        request,
        "wrong.html",
        422 if mistakes else 200,
        event=event,
        readings=readings,
        back=change_page(event.id),
        typed=typed,
        mistakes=mistakes or {},
    )

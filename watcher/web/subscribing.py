"""Pages on which a reader subscribes, confirms, and changes what she gets."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from watcher.addresses import AddressError, mail_address, shown
from watcher.model.alert import Subscriber
from watcher.subscribing import CONFIRM_WITHIN, closed
from watcher.voice.wishes import Words
from watcher.voice.wishes import wishes as in_words
from watcher.web import zones
from watcher.web.context import Here, Site
from watcher.web.forms import READ, Filled, line, network, show, tongue, trapped, voice_of
from watcher.web.wishes import DOUBTS, HOURS, Offer, Wishes, check

router = APIRouter(include_in_schema=False)


@router.api_route("/subscribe", methods=READ)
def blank(site: Here, request: Request) -> HTMLResponse:
    """The form; a link may name platforms or groups, as `?service=wavecrest`."""
    if closed(site.settings):
        return show(site, request, "not-open.html")
    language = tongue(request)
    offer = Offer.of(site.reception.choices)
    zone = zones.likely(request.headers.get("accept-language", ""), language, site.settings.timezone)
    form = Wishes(language=language, timezone=zone).asking_for(request.query_params, offer)
    return _form(site, request, form, offer)


@router.post("/subscribe")
def ask(site: Here, request: Request, filled: Filled) -> HTMLResponse:
    """Mails the link that confirms; the page is the same whether or not the address subscribes already."""
    if closed(site.settings):
        return show(site, request, "not-open.html", 503)
    offer = Offer.of(site.reception.choices)
    form = Wishes.read(filled)
    checked = check(form, offer)
    if checked.wishes is None:
        return _form(site, request, form, offer, checked.mistakes)
    if not trapped(filled):
        site.reception.ask(checked.wishes, network(request))
        site.posted()
    return show(
        site, request, "sent.html", mailbox=shown(checked.wishes.address), hours=_hours(CONFIRM_WITHIN)
    )


@router.api_route("/confirm/{token}", methods=READ)
def about_to_confirm(site: Here, request: Request, token: str) -> HTMLResponse:
    """A button: programs that look through mails open links, and must not confirm anything."""
    asked = site.reception.asked(token)
    if asked is None:
        return _done(site, request, token)
    return show(
        site,
        request,
        "confirm.html",
        mailbox=shown(asked.wishes.address),
        wishes=in_words(voice_of(request), asked.wishes),
    )


@router.post("/confirm/{token}")
def confirm(site: Here, request: Request, token: str) -> HTMLResponse:
    """Begins the subscription."""
    subscriber = site.reception.confirm(token)
    if subscriber is None:
        return _done(site, request, token)
    return _confirmed(site, request, subscriber)


@router.api_route("/preferences/{token}", methods=READ)
def preferences(site: Here, request: Request, token: str) -> HTMLResponse:
    """What she gets, to be changed."""
    known = site.reception.whom("preferences", token)
    if known is None:
        return show(site, request, "gone.html")
    return _preferences(site, request, known, Wishes.of(known))


@router.post("/preferences/{token}")
def change(site: Here, request: Request, token: str, filled: Filled) -> HTMLResponse:
    """Her new wishes; the address stays, another one subscribes for itself."""
    known = site.reception.whom("preferences", token)
    if known is None:
        return show(site, request, "gone.html")
    form = Wishes.read(filled)
    checked = check(form, Offer.of(site.reception.choices, known), known.address)
    if checked.wishes is None:
        return _preferences(site, request, known, form, mistakes=checked.mistakes)
    if not site.reception.change(known, checked.wishes):
        return show(site, request, "gone.html")
    changed = replace(checked.wishes, id=known.id)
    return _preferences(site, request, changed, Wishes.of(changed), saved=True)


@router.api_route("/link", methods=READ)
def lost_link(site: Here, request: Request) -> HTMLResponse:
    """For whoever has no mail with a link at hand."""
    if closed(site.settings):
        return show(site, request, "not-open.html")
    return show(site, request, "link.html", private=False, mailbox="", mistake="")


@router.post("/link")
def send_link(site: Here, request: Request, filled: Filled) -> HTMLResponse:
    """Mails it to an address that subscribes; the page is the same for any other."""
    if closed(site.settings):
        return show(site, request, "not-open.html", 503)
    typed = line(filled, "address")
    try:
        address = mail_address(typed)
    except AddressError as error:
        mistake = voice_of(request).text(DOUBTS[error.doubt])
        return show(site, request, "link.html", 422, mailbox=typed, mistake=mistake)
    if not trapped(filled):
        site.reception.send_link(address, tongue(request), network(request))
        site.posted()
    return show(site, request, "link-sent.html", mailbox=shown(address))


def _form(
    site: Site,
    request: Request,
    form: Wishes,
    offer: Offer,
    mistakes: Mapping[str, str] | None = None,
) -> HTMLResponse:
    return show(
        site,
        request,
        "subscribe.html",
        422 if mistakes else 200,
        private=bool(mistakes),
        **_choosing(request, form, offer, mistakes or {}),
    )


def _preferences(
    site: Site,
    request: Request,
    known: Subscriber,
    form: Wishes,
    *,
    mistakes: Mapping[str, str] | None = None,
    saved: bool = False,
) -> HTMLResponse:
    return show(
        site,
        request,
        "preferences.html",
        422 if mistakes else 200,
        saved=saved,
        known=in_words(voice_of(request), known),
        mailbox=shown(known.address),
        leave=site.reception.links.unsubscribe(known),
        **_choosing(request, form, Offer.of(site.reception.choices, known), mistakes or {}),
    )


def _choosing(request: Request, form: Wishes, offer: Offer, mistakes: Mapping[str, str]) -> dict[str, Any]:
    voice = voice_of(request)
    words = Words(voice)
    usual = Wishes()
    finer = any(getattr(form, name) != getattr(usual, name) for name in ("topics", "severity"))
    return {
        "form": form,
        "offer": offer,
        "mistakes": {name: voice.text(sentence) for name, sentence in mistakes.items()},
        "hours": HOURS,
        "areas": zones.areas(voice, form.timezone),
        # Unfolded when there is something in it that differs from the default or needs correcting.
        "finer": finer or bool({"topics", "severity", "language"} & set(mistakes)),
        "groups": sorted((words.group(name), key) for key, name in offer.groups.items()),
        "words": words,
    }


def _done(site: Site, request: Request, token: str) -> HTMLResponse:
    """A second click is no mistake: whoever has confirmed is told that all is well."""
    subscriber = site.reception.confirmed(token)
    if subscriber is None:
        return show(site, request, "used.html", 410)
    return _confirmed(site, request, subscriber)


def _confirmed(site: Site, request: Request, subscriber: Subscriber) -> HTMLResponse:
    return show(
        site,
        request,
        "confirmed.html",
        mailbox=shown(subscriber.address),
        wishes=in_words(voice_of(request), subscriber),
        preferences=site.reception.links.preferences(subscriber),
    )


def _hours(within: timedelta) -> int:
    return int(within.total_seconds() // 3600)

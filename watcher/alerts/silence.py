"""The mail that says that a platform cannot be read, and the one that says that it can be read again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.alerts.fitting import fitted
from watcher.alerts.letter import rendered
from watcher.alerts.links import Links
from watcher.alerts.news import is_web
from watcher.model.alert import Body
from watcher.model.note import Outage
from watcher.model.report import DocumentStatus
from watcher.voice import Voice
from watcher.voice.msg import msg
from watcher.voice.passage import clipped, harmless
from watcher.voice.subjects import one_line
from watcher.voice.troubles import reason

_PAGES = 5
_NAME = 100
_MOST = 40
# How many platforms are told, and how many characters a text from elsewhere may have.
_ROOMS = (*((most, 2_000) for most in (_MOST, 30, 20, 15, 10, 7, 5, 3, 2, 1)), (1, 400), (1, 200))


@dataclass(frozen=True, slots=True)
class Silent:
    """An outage with the state of the platform's documents as they are watched now."""

    outage: Outage
    documents: tuple[DocumentStatus, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    service: str
    sentence: str
    pages: tuple[str, ...]

    def within(self, most: int) -> "_Item":
        return replace(self, service=clipped(self.service, most), sentence=clipped(self.sentence, most))


def silence(silent: Sequence[Silent], language: str, links: Links, *, day: datetime, back: bool) -> Body:
    """One body for all `silent`, at least one; `back` says that they can be read again."""
    voice = Voice.of(language)
    names = [clipped(one_line(one.outage.service), _NAME) for one in silent]
    few = names[:2]
    if len(names) > 2:
        few.append(voice.plural("%(count)s more", "%(count)s more", len(names) - 2))
    listed = voice.listing(few)
    if back:
        subject = voice.text("%(names)s: we can read the terms again", names=listed)
        headline = voice.text("We can read the terms of %(names)s again.", names=listed)
    else:
        subject = voice.text("%(names)s: we cannot read the terms", names=listed)
        headline = voice.text("We cannot read the terms of %(names)s any more.", names=listed)
    items = [_item(voice, one, back=back) for one in silent[:_MOST]]
    common = {"day": day, "back": back, "page": links.page("platforms.html", voice.language)}

    def render(room: tuple[int, int]) -> Body:
        most, longest = room
        values = {
            "headline": headline,
            "items": [one.within(longest) for one in items[:most]],
            "more": max(0, len(silent) - most),
        }
        return rendered("silence", subject, voice, links, common | values)

    return fitted(_ROOMS, render, links)


def _item(voice: Voice, one: Silent, *, back: bool) -> _Item:
    if back:
        until = one.outage.back_at or one.outage.since
        frame = msg("From %(since)s to %(until)s nothing could be read.")
        sentence = voice.between(frame, one.outage.since, until)
        unread = [status.document.title for status in one.documents if status.failures]
        if unread:
            still = harmless(voice.listing(unread[:_PAGES]))
            sentence += " " + voice.text("Still unreadable: %(documents)s.", documents=still)
    else:
        reasons = list(dict.fromkeys(status.reason for status in one.documents if status.reason))
        why = harmless(reason(voice, reasons[0])) if reasons else voice.text("the reason is not known.")
        since = msg("Nothing could be read since %(date)s: %(why)s")
        values = {"date": voice.date(one.outage.since), "why": why}
        sentence = voice.dated(since, one.outage.since) % values
    pages = (page.url for status in one.documents for page in status.document.pages if is_web(page.url))
    return _Item(harmless(one.outage.service), sentence, tuple(dict.fromkeys(pages))[:_PAGES])

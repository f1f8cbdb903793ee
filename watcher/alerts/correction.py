"""The mail that takes a wrong reading back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.alerts.fitting import fitted
from watcher.alerts.letter import rendered
from watcher.alerts.news import Words
from watcher.model.alert import Body
from watcher.model.note import Withdrawal
from watcher.voice import Voice
from watcher.voice.card import Card, Case, told
from watcher.voice.passage import clipped, harmless
from watcher.voice.subjects import one_line

_LONGEST_NOTE = 2_000
_NAME = 100
_MOST = 12


@dataclass(frozen=True, slots=True)
class _Room:
    """So many readings are told in `full`, and of the others `lines` in a line.

    `longest` is how many characters a text from elsewhere may have.
    """

    full: int = _MOST
    lines: int = 30
    longest: int = _LONGEST_NOTE


_ROOMS = (
    *(_Room(full) for full in range(_MOST, 0, -1)),
    _Room(1, 30, 1_000),
    _Room(1, 10, 400),
    _Room(1, 0, 200),
)


@dataclass(frozen=True, slots=True)
class _Item:
    card: Card
    title: str
    seen: datetime
    note: str
    full: str

    def within(self, most: int) -> "_Item":
        return replace(
            self, card=self.card.within(most), title=clipped(self.title, most), note=clipped(self.note, most)
        )


def correction(withdrawn: Sequence[Withdrawal], language: str, words: Words, *, day: datetime) -> Body:
    """One body for all `withdrawn`, at least one."""
    voice = Voice.of(language)
    cards = told(
        (Case(one.event.document, one.change) for one in withdrawn[: _MOST + _ROOMS[0].lines]),
        voice=voice,
        explain=words.explain,
        mark=words.mark,
    )
    items = [
        _Item(
            card,
            harmless(one.event.document.title),
            one.event.seen_at,
            harmless(one.note),
            words.links.change(one.event.id, voice.language),
        )
        for one, card in zip(withdrawn, cards, strict=False)
    ]
    services = list(dict.fromkeys(clipped(one_line(one.event.document.service), _NAME) for one in withdrawn))
    names = voice.listing(services[:3])
    count = len(withdrawn)
    headline = voice.plural(
        "We read a clause of %(names)s wrongly.",
        "We read %(count)s clauses of %(names)s wrongly.",
        count,
        names=names,
    )
    subject = voice.plural(
        "%(names)s: correction, we read a clause wrongly",
        "%(names)s: correction, we read %(count)s clauses wrongly",
        count,
        names=names,
    )
    common = {
        "day": day,
        "headline": headline,
        "page": words.links.page("changes/index.html", voice.language),
    }

    def render(room: _Room) -> Body:
        shown = [one.within(room.longest) for one in items[: room.full + room.lines]]
        values = {
            "items": shown[: room.full],
            "brief": shown[room.full :],
            "unsaid": count - len(shown),
        }
        return rendered("correction", subject, voice, words.links, common | values)

    return fitted(_ROOMS, render, words.links)

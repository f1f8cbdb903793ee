"""The mail that takes a wrong reading back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.alerts.letter import rendered
from watcher.alerts.news import Words
from watcher.model.alert import Body
from watcher.model.note import Withdrawal
from watcher.voice import Voice
from watcher.voice.card import Card, Case, told
from watcher.voice.passage import harmless
from watcher.voice.subjects import one_line

_LONGEST_NOTE = 2_000
_MOST = 12


@dataclass(frozen=True, slots=True)
class _Item:
    card: Card
    title: str
    seen: datetime
    note: str
    full: str


def correction(withdrawn: Sequence[Withdrawal], language: str, words: Words, *, day: datetime) -> Body:
    """One body for all `withdrawn`, at least one."""
    voice = Voice.of(language)
    shown = withdrawn[:_MOST]
    cards = told(
        (Case(one.event.document, one.change) for one in shown),
        voice=voice,
        explain=words.explain,
        mark=words.mark,
    )
    items = [
        _Item(
            card,
            harmless(one.event.document.title),
            one.event.seen_at,
            harmless(one.note)[:_LONGEST_NOTE],
            words.links.change(one.event.id, voice.language),
        )
        for one, card in zip(shown, cards, strict=True)
    ]
    services = list(dict.fromkeys(one_line(one.event.document.service) for one in withdrawn))
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
    return rendered(
        "correction", subject, voice, words.links, {"day": day, "headline": headline, "items": items}
    )

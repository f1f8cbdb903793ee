"""What a channel says: a few lines for people, or JSON for programs."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from watcher.alerts.news import Merged, News, Words, is_web, merged, stories
from watcher.model.alert import Event
from watcher.model.finding import Change
from watcher.model.note import Withdrawal
from watcher.model.options import ChannelOptions
from watcher.voice import Voice, ranked
from watcher.voice.passage import harmless
from watcher.voice.subjects import one_line

FORMAT = 1
"""Raised when a key of the JSON changes its meaning or goes; new keys may come at any time."""

_STORIES = 5
_WORDS = 40


def post_news(
    channel: ChannelOptions, news: Sequence[News], words: Words, *, about: str, at: datetime
) -> tuple[str, str]:
    """Subject and text that tell what changed on one platform."""
    voice = Voice.of(channel.language)
    cases = merged(news)
    service = news[0].event.document.service
    subject = voice.subject(service, (case.change for case, _ in cases), documents=len(cases[0][1]))
    if channel.webhook:
        changes = [
            _change(voice, one.event, change, words) | {"takes_effect": one.effect or None}
            for one in news
            for change in ranked(one.changes)
        ]
        return subject, _json("change", about, at, service, changes)
    return subject, _lines(voice, cases, words)


def post_correction(
    channel: ChannelOptions, withdrawn: Sequence[Withdrawal], words: Words, *, about: str, at: datetime
) -> tuple[str, str]:
    """Subject and text that take readings back."""
    voice = Voice.of(channel.language)
    service = withdrawn[0].event.document.service
    subject = voice.plural(
        "%(names)s: correction, we read a clause wrongly",
        "%(names)s: correction, we read %(count)s clauses wrongly",
        len(withdrawn),
        names=one_line(service),
    )
    if channel.webhook:
        changes = [_change(voice, one.event, one.change, words) | {"note": one.note} for one in withdrawn]
        return subject, _json("correction", about, at, service, changes)
    lines = [
        voice.text(
            "Withdrawn: %(headline)s %(note)s",
            headline=voice.quote(harmless(voice.headline(one.event.document, one.change))),
            note=harmless(one.note),
        )
        for one in withdrawn
    ]
    return subject, "\n\n".join(lines)


def _lines(voice: Voice, cases: Sequence[Merged], words: Words) -> str:
    """What happened, what it means, the words, and where to see it whole: short enough for a chat."""
    parts = []
    for story in stories(cases[:_STORIES], voice, words):
        card = story.card
        lines = [f"{card.sign.sign} {card.headline}"]
        if card.meaning and not card.repeats:
            lines.append(card.meaning)
        said = "".join(span.text for span in card.passage.now or card.passage.before).split()
        if said and not card.same_words_as:
            lines.append(voice.quote(" ".join(said[:_WORDS]) + (" …" if len(said) > _WORDS else "")))
        if story.full:
            lines.append(story.full)
        parts.append("\n".join(lines))
    more = len(cases) - _STORIES
    if more > 0:
        parts.append(voice.plural("And %(count)s more.", "And %(count)s more.", more))
    return "\n\n".join(parts)


def _json(kind: str, about: str, at: datetime, service: str, changes: Iterable[dict[str, Any]]) -> str:
    document = {
        "format": FORMAT,
        "type": kind,
        "id": about,
        "at": at.isoformat(),
        "platform": service,
        "changes": list(changes),
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _change(voice: Voice, event: Event, change: Change, words: Words) -> dict[str, Any]:
    document, links = event.document, words.links
    rule = words.explain(change.rule, voice.language)
    return {
        "event": event.id,
        "key": change.key,
        "document": {
            "key": document.key,
            "title": document.title,
            "language": document.language,
            "pages": [page.url for page in document.pages if is_web(page.url)],
        },
        "seen_at": event.seen_at.isoformat(),
        "versions": [event.old, event.new],
        "texts": [event.old_text, event.new_text],
        "category": change.category,
        "change": change.change.value,
        "severity": change.severity,
        "tone": change.tone.value,
        "headline": harmless(voice.headline(document, change)),
        "meaning": rule.meaning.replace("{service}", document.service),
        "rule": change.rule,
        "language": change.language,
        "quote": change.quote,
        "previous": change.previous,
        "comparison": links.change(event.id, voice.language) or None,
        "wrong": links.wrong(event.id, voice.language) or None,
    }

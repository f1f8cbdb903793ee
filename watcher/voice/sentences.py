"""Headlines: what happened, in one sentence."""

from typing import TYPE_CHECKING

from watcher.model.finding import Category, Change
from watcher.model.source import Document
from watcher.voice.facts import chosen, told
from watcher.voice.headlines import HEADLINES, LICENCE, UNKNOWN
from watcher.voice.names import OBJECTS

if TYPE_CHECKING:
    from watcher.voice.voice import Voice


def headline(voice: "Voice", document: Document, change: Change) -> str:
    """What the tables say on this category and kind, with the platform and what is at stake filled in."""
    return voice.text(
        chosen(_rows(change), change),
        service=document.service,
        what=_objects(voice, _of(change)),
        gained=_objects(voice, _moved(change, "objects+")),
        lost=_objects(voice, _moved(change, "objects-")),
        topic=voice.quote(voice.category(change.category)),
    )


def _rows(change: Change) -> tuple[tuple[str, str], ...]:
    known = {str(category) for category in Category}
    if change.category in known:
        return HEADLINES[Category(change.category)][change.change]
    return (LICENCE if change.category.startswith("licence_") else UNKNOWN)[change.change]


def _of(change: Change) -> tuple[str, ...]:
    finding = told(change)
    return finding.objects if finding else ()


def _moved(change: Change, prefix: str) -> tuple[str, ...]:
    return tuple(reason.removeprefix(prefix) for reason in change.reasons if reason.startswith(prefix))


def _objects(voice: "Voice", objects: tuple[str, ...]) -> str:
    """As "what you upload and your personal data"; nothing is guessed when the clause does not say with what."""
    named = [word for word in OBJECTS if word in objects and word != "unspecified"]
    return voice.listing(voice.text(OBJECTS[word]) for word in named or ["unspecified"])

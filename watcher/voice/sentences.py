"""Headlines: what happened, in one sentence."""

from typing import TYPE_CHECKING

from watcher.model.finding import Category, Change
from watcher.model.source import Document
from watcher.voice.facts import chosen, told
from watcher.voice.headlines import HEADLINES, LICENCE, UNKNOWN
from watcher.voice.names import OBJECTS
from watcher.voice.signals import CONTRADICTIONS, SIGNALS, STANDING

if TYPE_CHECKING:
    from watcher.voice.voice import Voice

_MOST_NAMES = 3


def headline(voice: "Voice", document: Document, change: Change) -> str:
    """What the tables say on this category and kind, with the platform and what is at stake filled in."""
    return voice.text(
        chosen(_rows(change), change),
        service=document.service,
        what=_objects(voice, _of(change)),
        gained=_objects(voice, _moved(change, "objects+")),
        lost=_objects(voice, _moved(change, "objects-")),
        topic=voice.quote(voice.category(change.category)),
        names=names(voice, change),
        page=document.variant or voice.text("the page"),
    )


def names(voice: "Voice", change: Change) -> str:
    """Who or what a signal is about, or the document of a hub: a few by name, the others counted."""
    finding = told(change)
    every = finding.recipients if finding else ()
    if change.rule == "hub-document":
        return voice.listing(voice.quote(one) for one in every)
    return few(voice, every)


def few(voice: "Voice", every: tuple[str, ...]) -> str:
    """As "GPTBot (OpenAI), CCBot (Common Crawl) and 18 others"."""
    shown = [voice.text("all crawlers") if one == "*" else one for one in every]
    if len(shown) > _MOST_NAMES + 1:
        rest = len(shown) - _MOST_NAMES
        shown = [*shown[:_MOST_NAMES], voice.plural("%(count)s other", "%(count)s others", rest)]
    return voice.listing(shown)


def standing(voice: "Voice", rule: str, about: tuple[str, ...]) -> str:
    """What a rule's signals say today: "Forbids GPTBot (OpenAI) to collect its pages for AI"."""
    return voice.text(STANDING[rule], names=few(voice, about))


def contradiction(voice: "Voice", kind: str, service: str) -> str:
    """How terms and signals of a service contradict each other, by the kinds of `watcher.model.contradiction`."""
    return voice.text(CONTRADICTIONS[kind], service=service)


def _rows(change: Change) -> tuple[tuple[str, str], ...]:
    if change.rule in SIGNALS:
        return SIGNALS[change.rule].get(change.change) or UNKNOWN[change.change]
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

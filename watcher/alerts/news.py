"""What a letter tells: changes of one or several documents, each clause once however many documents it stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.alerts.links import Links
from watcher.model.alert import Event
from watcher.model.comparison import Comparison
from watcher.model.finding import Change
from watcher.model.folding import fold
from watcher.voice import Voice
from watcher.voice.card import Card, Case, Explain, told
from watcher.voice.passage import Mark, harmless
from watcher.voice.ranking import rank


@dataclass(frozen=True, slots=True)
class News:
    """An event with the changes of it that are told, at least one. `effect` is the text's sentence on when it holds."""

    event: Event
    changes: tuple[Change, ...]
    comparison: Comparison | None = None
    effect: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """How changes are put into words: `explain` gives a rule's words in a language, `mark` the changed words."""

    explain: Explain
    mark: Mark
    links: Links


@dataclass(frozen=True, slots=True)
class Story:
    """One change as the templates show it, with the names of all documents that it stands in.

    `advice` and `doors` are empty where an earlier story gave the same; `wrong` is where to say that it is wrong,
    `full` the whole comparison.
    """

    card: Card
    documents: tuple[str, ...]
    seen: datetime
    effect: str = ""
    advice: str = ""
    doors: tuple[str, ...] = ()
    wrong: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """How a reader can check one event herself."""

    title: str
    seen: datetime
    effect: str
    old: int
    new: int
    old_text: str
    new_text: str
    live: tuple[str, ...]
    comparison: str
    archived: str


Merged = tuple[Case, tuple[News, ...]]


def merged(news: Iterable[News]) -> tuple[Merged, ...]:
    """Every change once with the news that bring it, most severe first, with the document that brought it first."""
    found: dict[tuple[str, str, str, str], list[tuple[News, Change]]] = {}
    for one in news:
        for change in one.changes:
            key = change.category, change.change.value, fold(change.quote), fold(change.previous or "")
            found.setdefault(key, []).append((one, change))
    cases = []
    for same in found.values():
        first, change = min(same, key=lambda pair: rank(pair[1]))
        cases.append((Case(first.event.document, change, first.comparison), tuple(one for one, _ in same)))
    return tuple(sorted(cases, key=lambda case: rank(case[0].change)))


def stories(cases: Sequence[Merged], voice: Voice, words: Words) -> tuple[Story, ...]:
    """The cases as stories, in their order."""
    cards = told((case for case, _ in cases), voice=voice, explain=words.explain, mark=words.mark)
    given: set[str] = set()
    made = []
    for card, (_, news) in zip(cards, cases, strict=True):
        event = news[0].event
        effects = {harmless(one.effect) for one in news}
        new = tuple(door for door in card.doors if door not in given)
        given.update(new)
        made.append(
            Story(
                card=replace(card),
                documents=tuple(dict.fromkeys(_name(one.event) for one in news)),
                seen=max(one.event.seen_at for one in news),
                effect=effects.pop() if len(effects) == 1 else "",
                advice="" if card.repeats else card.advice,
                doors=new,
                wrong=words.links.wrong(event.id, voice.language),
                full=words.links.change(event.id, voice.language),
            )
        )
    return tuple(made)


def proof(one: News, voice: Voice, links: Links) -> Proof:
    """The versions, digests and addresses behind one event."""
    event = one.event
    return Proof(
        title=harmless(event.document.title),
        seen=event.seen_at,
        effect=harmless(one.effect),
        old=event.old,
        new=event.new,
        old_text=event.old_text,
        new_text=event.new_text,
        live=tuple(page.url for page in event.document.pages if is_web(page.url)),
        comparison=links.change(event.id, voice.language),
        archived=links.text(event.new_text),
    )


def is_web(url: str | None) -> bool:
    """Whether it is an address on the web that may stand in a mail as it is."""
    return (
        url is not None
        and url.startswith(("https://", "http://"))
        and harmless(url) == url
        and " " not in url
    )


def _name(event: Event) -> str:
    document = event.document
    return harmless(document.name + (f" ({document.variant})" if document.variant else ""))

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
from watcher.voice.passage import Mark, clipped, harmless
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
    """One change as the templates show it; it stands in `documents` documents, and `names` names them.

    `advice` and `doors` are empty where an earlier story gave the same; `wrong` is where to say that it is wrong,
    `full` the whole comparison. `cut` says that more of its clause would be shown if there were room.
    """

    card: Card
    documents: int
    names: str
    seen: datetime
    effect: str = ""
    advice: str = ""
    doors: tuple[str, ...] = ()
    wrong: str = ""
    full: str = ""
    cut: bool = False

    def short(self) -> "Story":
        """Without the whole clause."""
        if not self.card.passage.whole:
            return self
        passage = replace(self.card.passage, whole=())
        return replace(self, card=replace(self.card, passage=passage), cut=True)

    def within(self, most: int) -> "Story":
        """Without the whole clause, and nothing that comes from elsewhere longer than `most` characters."""
        card = self.short().card.within(most)
        return replace(
            self,
            card=card,
            names=clipped(self.names, most),
            effect=clipped(self.effect, most),
            advice=clipped(self.advice, most),
            cut=self.cut or self.card.passage != card.passage,
        )


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
        names = tuple(dict.fromkeys(_name(one.event) for one in news))
        given.update(new)
        made.append(
            Story(
                card=card,
                documents=len(names),
                names=", ".join(names),
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

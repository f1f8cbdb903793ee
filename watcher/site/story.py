"""An event as pages tell it in one language."""

from collections.abc import Iterable
from dataclasses import dataclass

from watcher.model.alert import Event
from watcher.model.comparison import Comparison
from watcher.model.finding import Change, Finding
from watcher.site.apart import told_apart
from watcher.site.library import Tools
from watcher.site.paths import change_page
from watcher.voice import Voice, ranked
from watcher.voice.card import Card, cards

MOST_TOLD = 60
"""Changes of one event that a page tells; it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of the sentence that was judged; `label` says what the words were taken for, empty for the rest."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One change: `card` is what mails show as well, `sentence` the one that was judged, its telling words marked."""

    card: Card
    change: Change
    sentence: tuple[Said, ...]

    @property
    def cues(self) -> tuple[Said, ...]:
        """The words that led to the finding, each once."""
        return tuple(dict.fromkeys(said for said in self.sentence if said.label))


@dataclass(frozen=True, slots=True)
class Story:
    """One event with its changes, the weightiest first."""

    event: Event
    path: str
    told: tuple[Told, ...]

    @property
    def lead(self) -> Card:
        """What the headline says."""
        return self.told[0].card

    @property
    def others(self) -> tuple[Card, ...]:
        """What else the version changes, each headline once."""
        once: dict[str, Card] = {}
        for told in self.told:
            once.setdefault(told.card.headline, told.card)
        return tuple(once.values())[1:]

    def among(self, numbers: Iterable[int]) -> list[tuple[int, str]]:
        """Some of its changes, by their numbers from 1; those of one headline with the words that tell them apart."""
        some = [(number, self.told[number - 1]) for number in numbers]
        openings = told_apart([(told.card.headline, told.change.quote) for _, told in some])
        return [(number, opening) for (number, _), opening in zip(some, openings, strict=True)]

    @property
    def further(self) -> list[tuple[int, str]]:
        """All its changes but the first, as `among`."""
        return self.among(range(1, len(self.told) + 1))[1:]


def story(
    event: Event,
    voice: Voice,
    tools: Tools,
    comparison: Comparison | None = None,
    *,
    first: Iterable[Change] = (),
) -> Story:
    """Tell an event; with the comparison at hand the headings above its clauses are told, too.

    `first` are changes that somebody asked for, told before weightier ones.
    """
    asked = frozenset(first)
    changes = tuple(sorted(ranked(event.changes), key=lambda one: one not in asked))[:MOST_TOLD]
    shown = cards(
        event.document,
        changes,
        voice=voice,
        explain=tools.explain,
        mark=tools.mark,
        comparison=comparison,
    )
    return Story(
        event,
        change_page(event.id),
        tuple(
            Told(card, change, said(change.before if card.gone else change.now or change.before, voice))
            for card, change in zip(shown, changes, strict=True)
        ),
    )


def noted(event: Event) -> dict[int, tuple[str, str]]:
    """For each change, numbered from 1 as told: the keys of its clause now and before, empty where there is none."""
    return {
        number: (change.now.clause if change.now else "", change.before.clause if change.before else "")
        for number, change in enumerate(ranked(event.changes)[:MOST_TOLD], start=1)
    }


def said(finding: Finding | None, voice: Voice) -> tuple[Said, ...]:
    """The sentence of a finding, in stretches, with what its telling words were taken for."""
    if finding is None:
        return ()
    parts, at = [], 0
    for cue in sorted(finding.cues, key=lambda cue: (cue.start, -cue.end)):
        start, end = max(at, cue.start), min(cue.end, len(finding.quote))
        if start < end:
            parts += [Said(finding.quote[at:start]), Said(finding.quote[start:end], voice.cue(cue.label))]
            at = end
    return tuple(part for part in (*parts, Said(finding.quote[at:])) if part.text)

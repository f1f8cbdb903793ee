"""What a search found, as a page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from watcher.model.search import ChangeHit, ClauseHit, Listed
from watcher.model.source import slug
from watcher.model.words import Wanted, places, words
from watcher.site.paths import change_page, version_page
from watcher.voice import Voice
from watcher.voice.names import CATEGORIES, CHANGES
from watcher.voice.voice import Sign
from watcher.voice.wishes import named_groups

_LEAD, _MOST = 18, 60


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of words; `hit` says that they are those looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause with its words in context; `path` leads to it in the last version that showed it."""

    hit: ClauseHit
    path: str
    parts: tuple[Part, ...]

    @property
    def language(self) -> str:
        """Of the clause, as HTML wants it."""
        return self.hit.document.language


@dataclass(frozen=True, slots=True)
class FoundChange:
    """A change whose words hold those looked for; `gone` says that `parts` are words that no longer stand."""

    hit: ChangeHit
    path: str
    headline: str
    category: str
    change: str
    sign: Sign
    parts: tuple[Part, ...]
    gone: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a filter can have, and its name for people."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters of the form offer, each in the order of its names."""

    services: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    types: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    changes: tuple[Choice, ...]


def clause(hit: ClauseHit, wanted: Wanted) -> FoundClause:
    """A clause for the page; its version is the last that showed it, so that its wording is the one shown here."""
    place = f"{version_page(hit.document.key, hit.stays[-1].version)}#c-{hit.key}"
    return FoundClause(hit, place, around(hit.text, wanted))


def change(hit: ChangeHit, wanted: Wanted, voice: Voice) -> FoundChange:
    """A change for the page: the words as they stand, or as they stood where only those hold what was looked for."""
    one = hit.change
    before = one.previous if one.previous and not places(one.quote, wanted) else None
    gone = one.now is None or before is not None
    return FoundChange(
        hit,
        change_page(hit.event.id),
        voice.headline(hit.event.document, one),
        voice.category(one.category),
        voice.change(one.change),
        voice.tone(one.tone),
        around(before or one.quote, wanted),
        gone,
    )


def around(text: str, wanted: Wanted) -> tuple[Part, ...]:
    """About 60 words around the first place where the words stand, each such place marked."""
    found = places(text, wanted)
    there = list(words(text))
    if len(there) > _MOST:
        at = next((n for n, word in enumerate(there) if found and word.end > found[0][0]), 0)
        first = max(0, min(at - _LEAD, len(there) - _MOST))
        start = there[first].start if first else 0
        end = there[first + _MOST - 1].end if first + _MOST < len(there) else len(text)
    else:
        start, end = 0, len(text)
    parts = [Part("… ")] if start else []
    last = start
    for begin, stop in found:
        if start <= begin and stop <= end:
            parts += [Part(text[last:begin]), Part(text[begin:stop], hit=True)]
            last = stop
    parts.append(Part(text[last:end]))
    if end < len(text):
        parts.append(Part(" …"))
    return tuple(part for part in parts if part.text)


def choices(listed: Sequence[Listed], voice: Voice) -> Choices:
    """What can be chosen, from the documents there are."""
    return Choices(
        services=_choices((slug(one.service), one.service) for one in listed),
        groups=tuple(
            Choice(*named) for named in named_groups(voice, (g for one in listed for g in one.groups))
        ),
        types=_choices((one.type, one.name) for one in listed),
        categories=_choices((name, voice.category(name)) for name in CATEGORIES),
        changes=tuple(Choice(kind.value, voice.change(kind)) for kind in CHANGES),
    )


def _choices(pairs: Iterable[tuple[str, str]]) -> tuple[Choice, ...]:
    named = dict(reversed(list(pairs)))
    return tuple(sorted((Choice(*pair) for pair in named.items()), key=lambda one: one.name.casefold()))

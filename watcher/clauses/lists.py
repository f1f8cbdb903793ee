"""Whether a list within a sentence grew: "the free plan or the Pro plan" and then "... or the Teams plan" as well."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from watcher.model.finding import Category, ChangeKind, Finding

_TOKEN = re.compile(r"[^\W_]+|,")
_JOINTS = frozenset(
    (",", "and", "or", "nor", "e", "ed", "o", "od", "oppure", "und", "oder", "sowie", "et", "ou", "y", "u")
)
_TURNS = re.compile(
    "not|no|nor|but|except|excluding|excepting|unless|without|only|if|when"
    "|non|né|ma|tranne|salvo|esclus[oi]|eccetto|senza|solo|se|quando"
    "|nicht|keine?n?|aber|außer|ausgenommen|ohne|nur|wenn|falls"
    "|ne|pas|mais|sauf|hormis|sans|si|seulement|lorsque|pero|sino|excepto|sin|cuando"
    "|example|instance|esempio|beispiel\\w*|exemple|ejemplo"
)
"""Words that may turn the sense of what they stand before, or only illustrate: no mere members of a list."""
_PERMISSIONS = (Category.TRAINING_GRANT, Category.THIRD_PARTY_TRAINING)
_LISTS = frozenset({*_PERMISSIONS, Category.TRAINING_COMMITMENT, Category.TRAINING_RESTRICTION})
"""Categories whose lists say how much they cover; what a way to refuse stands beside is no measure of it."""
_STEM = 6
"""Letters by which two words count as one."""
_MEMBER = 8
"""Words that one new member of a list may have."""


def coverage(was: Finding, now: Finding, beside: str = "") -> tuple[str, ChangeKind] | None:
    """What a list that grew or shrank does to a finding: "covers+list" makes it wider. None when nothing else is sure.

    `beside` are the other sentences of the category on both sides: a member that went to one of them is no news.

    Only where members came, or only where members went, and no other word changed. A list after "except" takes away
    from what is said before it; a permission that is read from a promise's exceptions grows with them.
    """
    if was.polarity != now.polarity or now.category not in _LISTS:
        return None
    for one, other, grew in ((was, now, True), (now, was, False)):
        places = inserted(one.quote, other.quote, beside)
        begin = min((cue.start for cue in other.cues), default=0)
        if not places or min(places) < begin:
            # "For the mixer, the player and the editor, we may ...": a list before the statement is its topic.
            continue
        excepted = min(
            (cue.start for cue in other.cues if cue.label == "exception"), default=len(other.quote)
        )
        behind = {place > excepted for place in places}
        if len(behind) > 1:
            return None
        wider = grew != behind.pop()
        if now.category in _PERMISSIONS and now.polarity == "denied":
            wider = not wider
        return ("covers+list", ChangeKind.EXPANDED) if wider else ("covers-list", ChangeKind.NARROWED)
    return None


def inserted(was: str, now: str, beside: str = "") -> tuple[int, ...]:
    """Where members were put into lists (characters of `now`); nothing when any other word came or went."""
    before, after, others = _words(was), _words(now), _words(beside)
    places = []
    matcher = SequenceMatcher(None, [w.text for w in before], [w.text for w in after], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        if i1 != i2 or not _member(after[j1:j2], after[j2 : j2 + 1]):
            return ()
        if _told(after[j1:j2], [*after[:j1], *after[j2:], *others]):
            continue
        places.append(after[j1].start)
    return tuple(places)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, where it starts, and whether an "or" or a comma stands before it."""

    text: str
    start: int
    joined: bool


def _words(sentence: str) -> list[_Word]:
    """The words without what joins them: a list that grows moves its "or"."""
    found: list[_Word] = []
    joined = False
    for match in _TOKEN.finditer(sentence):
        text = match[0].casefold()
        if text in _JOINTS:
            joined = True
            continue
        found.append(_Word(text, match.start(), joined))
        joined = False
    return found


def _told(words: list[_Word], rest: list[_Word]) -> bool:
    """Whether the rest of a sentence says the same already: "answer" beside "provide answers"."""
    stems = {word.text[:_STEM] for word in rest}
    return all(word.text[:_STEM] in stems for word in words if len(word.text) > 2)


def _member(words: list[_Word], following: list[_Word]) -> bool:
    """Whether some words are a member of a list: joined on one side at least, short, and turning nothing."""
    return (
        any(word.joined for word in (*words, *following))
        and len(words) <= _MEMBER
        and any(len(word.text) > 2 for word in words)
        and not any(_TURNS.fullmatch(word.text) for word in words)
    )

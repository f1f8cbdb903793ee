"""The notation in which packs write words: alternatives, endings and gaps.

`train(s|ed|ing|)` stands for four words, `(our|its|) models` for three phrases. `addestr*` is any word that begins so,
`*modell*` any that holds it. `=AI` is matched with its capitals. `switch ~ off` lets up to four words stand in
between. Phrases are separated by commas or line breaks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_EXPANSION = 4000
"""How many phrases one written phrase may stand for; more is a slip of the pen and costs memory."""

_SEPARATOR = re.compile(r"[,\n]")


class PhraseError(ValueError):
    """A phrase cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a phrase. `kind` is `exact`, `cased`, `prefix`, `suffix`, `infix` or `gap`."""

    text: str
    kind: str = "exact"

    @property
    def key(self) -> str:
        """The word as it is written in a pack."""
        marks = {"prefix": ("", "*"), "suffix": ("*", ""), "infix": ("*", "*"), "cased": ("=", "")}
        before, after = marks.get(self.kind, ("", ""))
        return f"{before}{self.text}{after}"


def phrases(written: str) -> list[str]:
    """The phrases of one entry as written, blanks tidied; commas inside brackets do not separate."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(written):
        depth += (sign == "(") - (sign == ")")
        if depth <= 0 and _SEPARATOR.match(sign):
            parts.append(written[start:at])
            start = at + 1
    parts.append(written[start:])
    return [tidy for part in parts if (tidy := " ".join(part.split()))]


def expand(phrase: str) -> list[str]:
    """All phrases that a written one stands for, in order, without doubles. Raises PhraseError."""
    found = dict.fromkeys(" ".join(text.split()) for text in _alternatives(phrase))
    if len(found) > MAX_EXPANSION:
        raise PhraseError(f"stands for more than {MAX_EXPANSION} phrases")
    if "" in found:
        raise PhraseError("can be empty")
    return list(found)


def verify(phrase: str) -> None:
    """Raise PhraseError unless a written phrase can be expanded and read; cheaper than to expand it."""
    if "*" in phrase:
        for each in expand(phrase):
            words(each)
        return
    count, empty = _count(phrase)
    if count > MAX_EXPANSION:
        raise PhraseError(f"stands for more than {MAX_EXPANSION} phrases")
    if empty:
        raise PhraseError("can be empty")


def words(expanded: str) -> tuple[Word, ...]:
    """The words of an expanded phrase. Raises PhraseError for marks in the wrong place."""
    return tuple(_word(text) for text in expanded.split())


# A pack writes few words in very many phrases.
@lru_cache(maxsize=50_000)
def _word(text: str) -> Word:
    if text == "~":
        return Word(text, "gap")
    if text.startswith("="):
        return Word(text[1:], "cased")
    before, after = text.startswith("*"), text.endswith("*") and len(text) > 1
    core = text.strip("*").casefold()
    if len(core) < 2 and (before or after):
        raise PhraseError(f"{text!r} is too short for a * beside it")
    if "*" in core:
        raise PhraseError(f"{text!r} has a * inside; it may stand before and after a word only")
    kind = "infix" if before and after else "suffix" if before else "prefix" if after else "exact"
    return Word(core, kind)


def _alternatives(phrase: str) -> Iterator[str]:
    """Expand the first bracket, then the rest; brackets may nest."""
    start = phrase.find("(")
    if start < 0:
        if ")" in phrase or "|" in phrase:
            raise PhraseError("has a ) or | without its (")
        yield phrase
        return
    end, inner = _bracket(phrase, start)
    head = phrase[:start]
    if ")" in head or "|" in head:
        raise PhraseError("has a ) or | without its (")
    tails = list(_alternatives(phrase[end + 1 :]))
    for option in inner:
        for middle in _alternatives(option):
            for tail in tails:
                yield head + middle + tail


def _count(phrase: str) -> tuple[int, bool]:
    """How many phrases a written one stands for at most, and whether one of them is empty."""
    start = phrase.find("(")
    head = phrase if start < 0 else phrase[:start]
    if ")" in head or "|" in head:
        raise PhraseError("has a ) or | without its (")
    if start < 0:
        return 1, not phrase.strip()
    end, inner = _bracket(phrase, start)
    options = [_count(option) for option in inner]
    tail, bare = _count(phrase[end + 1 :])
    empty = bare and not head.strip() and any(each for _, each in options)
    return sum(count for count, _ in options) * tail, empty


def _bracket(phrase: str, start: int) -> tuple[int, list[str]]:
    """Where the bracket opened at `start` closes, and its alternatives."""
    depth, begin = 0, start + 1
    options: list[str] = []
    for at in range(start, len(phrase)):
        sign = phrase[at]
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at, [*options, phrase[begin:at]]
        if depth == 1 and sign == "|":
            options.append(phrase[begin:at])
            begin = at + 1
    raise PhraseError("has a ( without its )")

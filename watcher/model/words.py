"""Words as a search compares them, and what a reader types as the words to look for."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watcher.model.folding import tidy

# A mark that follows a letter belongs to it, also where the two have no form of one character.
_WORD = re.compile("[^\\W_][^\\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\\W_]*)*")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
_PIECE = re.compile(r'"([^"]*)("?)(\*?)|([^\s"]+)')

LONGEST = 300
"""Characters of a question that are read; what is longer is cut, and the reader told."""
MOST_PHRASES = 12
SHORTEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word at characters `start` to `end` of its text; `folded` has no case and no diacritics ("Città": "citta")."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that stand together; with `prefix` the last one is the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: every phrase, in any order. `cut` says that the question was too long to be read whole."""

    phrases: tuple[Phrase, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.phrases)


NOTHING = Wanted()


def words(text: str) -> Iterator[Word]:
    """The words of a text in order: runs of letters and digits."""
    for found in _WORD.finditer(text):
        if folded := _folded(found.group()):
            yield Word(found.start(), found.end(), folded)


def searchable(text: str) -> str:
    """The folded words alone, with a blank between: what an index keeps."""
    return " ".join(word.folded for word in words(text))


def parse(asked: str) -> Wanted:
    """What a reader typed, whatever it is: words, "phrases in quotes", beginnings* of words. It never fails.

    A word with punctuation inside ("opt-out", "dell'utente") is a phrase of its parts, as texts are indexed; a quote
    without its end goes to the end. Beginnings have two letters or more.
    """
    cut = len(asked) > LONGEST
    phrases: list[Phrase] = []
    for quoted, _, star, plain in _PIECE.findall(tidy(asked[:LONGEST]).translate(_QUOTES)):
        piece = quoted or plain
        prefix = bool(star) or piece.endswith("*")
        folded = tuple(word.folded for word in words(piece))
        if folded:
            phrase = Phrase(folded, prefix and len(folded[-1]) >= SHORTEST_PREFIX)
            if phrase not in phrases:
                phrases.append(phrase)
    return Wanted(tuple(phrases[:MOST_PHRASES]), cut or len(phrases) > MOST_PHRASES)


def phrase(text: str) -> Wanted:
    """The words of a text, all of them together."""
    folded = tuple(word.folded for word in words(tidy(text)))
    return Wanted((Phrase(folded),) if folded else ())


def places(text: str, wanted: Wanted) -> tuple[tuple[int, int], ...]:
    """Where the wanted phrases stand in a text: characters from and to, in order, none overlapping."""
    there = list(words(text))
    found = [
        (there[at].start, there[at + len(one.words) - 1].end)
        for one in wanted.phrases
        for at in range(len(there) - len(one.words) + 1)
        if _stands(one, there, at)
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _stands(one: Phrase, there: Sequence[Word], at: int) -> bool:
    last = len(one.words) - 1
    return all(
        there[at + offset].folded == word
        or (one.prefix and offset == last and there[at + offset].folded.startswith(word))
        for offset, word in enumerate(one.words)
    )


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word).casefold()
    return "".join(character for character in plain if character.isalnum())

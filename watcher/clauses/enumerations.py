"""Lists that run on inside a sentence: "you must not: (i) sell ...; (ii) use it to train ...; (iii) ..."."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watcher.clauses.sentences import sentences

_MARKER = re.compile(r"(?:^|(?<=[\s:;,.]))\((\d{1,2}|[a-z]|[ivx]{1,5})\)\s?(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_FIRST = frozenset({"a", "i", "1"})
_LEAST = 3
"""Items below which a list stays whole: a short one is one thought."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or an item of a long list with the words that introduce it. `opens` says that these are the words."""

    text: str
    lead: str = ""
    opens: bool = False


def pieces(text: str, abbreviations: Iterable[str] = ()) -> Iterator[Piece]:
    """The sentences of plain text, with the long lists in them taken apart."""
    lists = _Lists()
    for sentence in sentences(text, abbreviations):
        yield from lists.parts(sentence)


@dataclass(slots=True)
class _Lists:
    """Takes the lists of one text apart, and remembers a list that the end of a sentence interrupts."""

    lead: str = ""
    following: tuple[str, ...] = ()

    def parts(self, sentence: str) -> Iterator[Piece]:
        found = list(_MARKER.finditer(sentence))
        start = next((at for at, marker in enumerate(found) if _opens(sentence, marker)), None)
        if found and found[0][1] in self.following:
            yield from self._items(sentence, _run(found))
            return
        run = [] if start is None else _run(found[start:])
        if len(run) < _LEAST:
            yield Piece(sentence)
            return
        self.lead = sentence[: run[0].start()].strip()
        yield from self._items(sentence, run)

    def _items(self, sentence: str, run: list[re.Match[str]]) -> Iterator[Piece]:
        """What stands before the items, and the items."""
        if before := sentence[: run[0].start()].strip():
            yield Piece(before, opens=before == self.lead)
        ends = [*(marker.start() for marker in run[1:]), len(sentence)]
        for marker, end in zip(run, ends, strict=True):
            yield Piece(sentence[marker.start() : end].strip(), self.lead)
        self.following = _after(run[-1][1])


def _opens(sentence: str, marker: re.Match[str]) -> bool:
    """Whether a marker begins a list: the first of its kind, right after a colon."""
    return marker[1] in _FIRST and sentence[: marker.start()].rstrip().endswith(":")


def _run(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The markers that count on from the first; others, such as those of lists inside items, are skipped."""
    run = found[:1]
    for marker in found[1:]:
        if marker[1] in _after(run[-1][1]):
            run.append(marker)
    return run


def _after(marker: str) -> tuple[str, ...]:
    """What may be the next marker; "i" counts as a number and as a letter."""
    following = []
    if marker.isdigit():
        return (str(int(marker) + 1),)
    if marker in _ROMAN[:-1]:
        following.append(_ROMAN[_ROMAN.index(marker) + 1])
    if len(marker) == 1 and marker < "z":
        following.append(chr(ord(marker) + 1))
    return tuple(following)

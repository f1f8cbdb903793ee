"""The words of a clause with those marked that led to a finding; an endless clause is cut around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from watcher.model.comparison import Segment
from watcher.model.finding import Finding
from watcher.site.apart import told_apart

Op = Literal["equal", "insert", "delete"]

_LONGEST_CLAUSE = 20_000
# So many characters stay on both sides of words that led to a finding.
_AROUND = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a clause's words as `Segment`; `cue` says that they led to a finding.

    `mark` numbers, from 1 in each clause, the words that are the first to lead to a finding; 0 for others.
    """

    op: Op
    text: str
    cue: bool = False
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Remark:
    """What a clause says, once: the finding, its `mark` (0 when no words are marked), and what tells it apart.

    `opening` are the first words of its sentence where the clause says more than one thing of a category.
    """

    finding: Finding
    mark: int
    opening: str = ""


def remarks(findings: Sequence[Finding], marks: Sequence[int]) -> tuple[Remark, ...]:
    """Each thing that a clause says once, also where several rules found it in one sentence."""
    once: dict[tuple[str, str, str], Remark] = {}
    for finding, mark in zip(findings, marks, strict=True):
        once.setdefault((finding.category, finding.polarity, finding.quote), Remark(finding, mark))
    distinct = tuple(once.values())
    openings = told_apart([(one.finding.category, one.finding.quote) for one in distinct])
    return tuple(
        replace(one, opening=opening) if opening else one
        for one, opening in zip(distinct, openings, strict=True)
    )


def cued(
    segments: Sequence[Segment], findings: Sequence[Finding], *, gone: bool
) -> tuple[list[Piece], list[int]]:
    """The words with those marked that led to a finding, and the mark of each finding.

    Cues count in the finding's sentence, which is looked up.
    """
    other = "insert" if gone else "delete"
    side = "".join(segment.text for segment in segments if segment.op != other)
    found = [(side.find(finding.quote), finding) for finding in findings]
    places = [
        [
            (start + cue.start, start + cue.end)
            for cue in finding.cues
            if start >= 0 and cue.start < cue.end and start + cue.start < len(side)
        ]
        for start, finding in found
    ]
    firsts = {
        first: number for number, first in enumerate(sorted({min(mine)[0] for mine in places if mine}), 1)
    }
    cues = _joined(place for mine in places for place in mine)
    edges = sorted({edge for place in cues for edge in place} | firsts.keys())
    pieces, at = [], 0
    for segment in segments:
        if segment.op == other:
            pieces.append(Piece(segment.op, segment.text))
            continue
        end = at + len(segment.text)
        cuts = [at, *edges[bisect_right(edges, at) : bisect_left(edges, end)], end]
        for first, last in pairwise(cuts):
            cue = _within(first, cues)
            pieces.append(Piece(segment.op, side[first:last], cue, firsts.get(first, 0) if cue else 0))
        at = end
    return [piece for piece in pieces if piece.text], [firsts[min(mine)[0]] if mine else 0 for mine in places]


def shortened(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], int]:
    """The beginning of an endless clause and every word that led to a finding, and how many characters are missing."""
    # Each mark costs markup as well, however few its characters are.
    if sum(len(piece.text) + 8 for piece in pieces) <= _LONGEST_CLAUSE:
        return tuple(pieces), 0
    whole = "".join(piece.text for piece in pieces)
    kept = _told(pieces, whole)
    room = max(0, _LONGEST_CLAUSE - sum(end - start for start, end in kept))
    head = 0
    for piece in pieces:
        fits = min(len(piece.text), max(0, room))
        head, room = head + fits, room - fits - 8
        if fits < len(piece.text):
            break
    kept = _joined([(0, head), *kept])
    return tuple(_cut(pieces, kept)), len(whole) - sum(end - start for start, end in kept)


def _told(pieces: Sequence[Piece], whole: str) -> list[tuple[int, int]]:
    """Where the words that led to a finding stand, with whole words around them; fewer where there are very many."""
    places, at = [], 0
    for piece in pieces:
        if piece.cue:
            places.append((at, at + len(piece.text)))
        at += len(piece.text)
    around = min(_AROUND, _LONGEST_CLAUSE // (4 * len(places))) if places else 0
    return _joined((_back(whole, start, around), _forth(whole, end, around)) for start, end in places)


def _back(whole: str, start: int, around: int) -> int:
    first = max(0, start - around)
    return first and (whole.find(" ", first, start) + 1 or first)


def _forth(whole: str, end: int, around: int) -> int:
    last = min(len(whole), end + around)
    blank = whole.rfind(" ", end, last)
    return last if last == len(whole) or blank < 0 else blank


def _cut(pieces: Sequence[Piece], kept: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """Those stretches of the words alone, with a sign between two that do not follow each other."""
    at = last = stretch = 0
    op: Op | None = None
    for piece in pieces:
        end = at + len(piece.text)
        while stretch < len(kept) and kept[stretch][0] < end:
            start, stop = max(at, kept[stretch][0]), min(end, kept[stretch][1])
            if start > last:
                yield Piece(piece.op if op in (None, piece.op) else "equal", " […] ")
            if start < stop:
                yield replace(piece, text=piece.text[start - at : stop - at])
                op, last = piece.op, stop
            if kept[stretch][1] > end:
                break
            stretch += 1
        at = end


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _within(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(stretches, place, key=lambda one: one[0]) - 1
    return at >= 0 and place < stretches[at][1]

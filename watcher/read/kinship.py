"""How much of one text stands in another: by runs of four words, so that edits and moves count for what they are."""

import re
from dataclasses import dataclass

from watcher.model.text import DocumentText

_RUN = 4
_DATE = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b"
    r"|\b(?:\d{1,2}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+)?)?[^\W\d_]{3,10}\.?\s+(?:de\s+)?(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d\b"
)


@dataclass(frozen=True, slots=True)
class Kinship:
    """What two texts have in common.

    `kept` is the share of the older text that stands in the newer, `known` the share of the newer that stood in the
    older, `size` the newer text's length over the older's.
    """

    kept: float
    known: float
    size: float


def kinship(new: DocumentText, old: DocumentText) -> Kinship:
    """Compare two texts by their words, from 0 (nothing in common) to 1."""
    fresh, stood = runs(new), runs(old)
    shared = len(fresh & stood)
    return Kinship(
        shared / len(stood) if stood else 0.0,
        shared / len(fresh) if fresh else 0.0,
        new.words / old.words if old.words else 0.0,
    )


def vouched(new: DocumentText, old: DocumentText) -> bool:
    """Whether date, title and structure say that a very different text is a new version of the same document.

    The title must be the same, a date must stand among the first or last clauses that the old text does not have,
    and the text must be whole: as many headings as befits it and an end that is not cut off.
    """
    if not (new.title and new.title.casefold() == old.title.casefold()):
        return False
    dates = _dates(new) - _dates(old)
    headings = sum(clause.kind == "heading" for clause in new.clauses)
    before = sum(clause.kind == "heading" for clause in old.clauses)
    whole = new.words >= 150 and headings >= min(3, before) and 0.3 <= (new.words / max(1, old.words)) <= 3
    return bool(dates) and whole


def runs(text: DocumentText) -> set[int]:
    """The hashes of all runs of four words; a shorter text is one run."""
    words = [word for clause in text.clauses for word in clause.folded.split()]
    if len(words) < _RUN:
        return {hash(tuple(words))} if words else set()
    return {hash(tuple(words[i : i + _RUN])) for i in range(len(words) - _RUN + 1)}


def _dates(text: DocumentText) -> set[str]:
    edge = (*text.clauses[:6], *text.clauses[-3:])
    return {found.lower() for clause in edge for found in _DATE.findall(clause.text)}

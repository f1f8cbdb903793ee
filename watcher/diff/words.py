"""The changed words inside a clause."""

import re
from functools import lru_cache

from watcher.diff.sequence import difference
from watcher.model.comparison import Segment

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_SENTENCE = re.compile(r"[^.!?;:\n]*[.!?;:\n]*\s*")

# Finding the changes costs tokens times changes; a wall of text is marked by sentences, so that the time stays bounded.
_MOST_WORDS = 6_000


@lru_cache(maxsize=512)
def mark(old: str, new: str) -> tuple[Segment, ...]:
    """What was deleted from `old` and inserted to make `new`, in whole words, deletions before insertions.

    Remembered, since a page and many letters show the same clause. The `equal` and `delete` segments joined are `old`;
    the `equal` and `insert` ones are `new`.
    """
    if old == new:
        return (Segment("equal", old),) if old else ()
    words = _WORD.findall(old), _WORD.findall(new)
    if len(words[0]) + len(words[1]) > _MOST_WORDS:
        words = _SENTENCE.findall(old), _SENTENCE.findall(new)
    return tuple(Segment(op, "".join(run)) for op, run in difference(*words, semantic=True) if any(run))

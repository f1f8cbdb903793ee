"""Texts whose printed lines stand as paragraphs, as pages made from PDFs and word processors have them."""

import re
from collections.abc import Sequence
from statistics import quantiles

from watcher.model.text import ClauseKind

_ENDS = re.compile(r"[.!?:;…。！？：；][\"'”’»)\]]*$")
_LONG = 40
"""Characters that a line has at least to count: shorter ones may be titles."""
_LEAST = 20
"""Long lines below which a text is too short to tell."""
_WIDEST = 160
"""Characters that a printed line has at most."""
_OPEN = 0.6
"""The share of long lines that end inside a sentence, above which a text counts as wrapped."""
_SMALL = 0.3
"""The share of unfinished lines followed by a small letter, below which they are items without full stops."""
_FULL = 0.6
"""How long a line must be, against the text's wide lines, to run on into one that begins with a capital."""


def continued(blocks: Sequence[tuple[ClauseKind, str]]) -> frozenset[int]:
    """Which paragraphs go on with the block before them: none, unless the text as a whole is wrapped.

    A text is wrapped when most of its longer paragraphs are short lines that end inside a sentence, and many are
    followed by a small letter. A line then runs on when it has no full stop and either is about as wide as the others
    or the next begins with a small letter.
    """
    long = [at for at, (kind, text) in enumerate(blocks) if kind == "paragraph" and len(text) >= _LONG]
    unfinished = [at for at in long if not _ENDS.search(blocks[at][1])]
    if len(long) < _LEAST or len(unfinished) < _OPEN * len(long):
        return frozenset()
    small = sum(blocks[at + 1][1][:1].islower() for at in unfinished if at + 1 < len(blocks))
    width = quantiles([len(blocks[at][1]) for at in unfinished], n=4)[2]
    if width > _WIDEST or small < _SMALL * len(unfinished):
        return frozenset()
    return frozenset(
        at
        for at in range(1, len(blocks))
        if blocks[at][0] == "paragraph"
        and blocks[at - 1][0] in ("paragraph", "item")
        and not _ENDS.search(blocks[at - 1][1])
        and (len(blocks[at - 1][1]) >= _FULL * width or blocks[at][1][:1].islower())
    )

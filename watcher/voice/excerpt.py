"""The few words of a changed clause that tell the change."""

import re
from collections.abc import Sequence

from watcher.model.comparison import Segment

_WORD = re.compile(r"\s*\S+\s*")
_LEAD = 8


def excerpt(segments: Sequence[Segment], most: int = 40, *, focus: int | None = None) -> tuple[Segment, ...]:
    """At most `most` words around what changed, with an ellipsis where something was left out.

    `focus` is the character, counted over all segments, that must be inside; without it the stretch with the most
    changed words is chosen.
    """
    words = _words(segments)
    if len(words) <= most:
        return tuple(segments)
    start = _before(words, focus) if focus is not None else _densest(words, most)
    start = min(start, len(words) - most)
    parts = [Segment("equal", "… ")] if start else []
    parts += words[start : start + most]
    if start + most < len(words):
        parts.append(Segment("equal", " …"))
    return joined(parts)


def joined(parts: Sequence[Segment]) -> tuple[Segment, ...]:
    """Neighbours of one kind as one segment."""
    out: list[Segment] = []
    for part in parts:
        if out and out[-1].op == part.op:
            out[-1] = Segment(part.op, out[-1].text + part.text)
        else:
            out.append(part)
    return tuple(out)


def _words(segments: Sequence[Segment]) -> list[Segment]:
    """One segment for each word with the blanks around it; a segment of blanks alone goes with the word before it."""
    words: list[Segment] = []
    for segment in segments:
        found = _WORD.findall(segment.text)
        if not found and words:
            words[-1] = Segment(words[-1].op, words[-1].text + segment.text)
        words += [Segment(segment.op, word) for word in found]
    return words


def _before(words: Sequence[Segment], focus: int) -> int:
    seen = 0
    for place, word in enumerate(words):
        seen += len(word.text)
        if seen > focus:
            return max(0, place - _LEAD)
    return 0


def _densest(words: Sequence[Segment], most: int) -> int:
    """The first window that holds the most changed words, moved on so that only a few words lead up to them."""
    changed = [word.op != "equal" for word in words]
    held = best = sum(changed[:most])
    best_at = 0
    for at in range(1, len(words) - most + 1):
        held += changed[at + most - 1] - changed[at - 1]
        if held > best:
            best, best_at = held, at
    first = next((at for at in range(best_at, len(words)) if changed[at]), best_at)
    return max(best_at, first - _LEAD)

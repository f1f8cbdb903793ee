"""A cheap look at a text, without spaCy, whether it can say anything that a pack knows about."""

import re
from collections.abc import Iterable

from watcher.clauses.phrases import Word


class Gate:
    """Passes a text that holds one of some words. `=AI` counts with its capitals only."""

    def __init__(self, listed: Iterable[tuple[Word, ...]]) -> None:
        cased: set[str] = set()
        folded: set[str] = set()
        for phrase in listed:
            target = cased if any(word.kind == "cased" for word in phrase) else folded
            target.add(r"[\s-]+".join(_pattern(word) for word in phrase))
        self._folded = _union(folded)
        self._cased = _union(cased)

    def passes(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        return bool(
            (self._folded is not None and self._folded.search(text.casefold()))
            or (self._cased is not None and self._cased.search(text))
        )


def _pattern(word: Word) -> str:
    core = re.escape(word.text).replace(r"\ ", r"[\s-]+").replace("'", "['’]")
    before = "" if word.kind in ("suffix", "infix") else r"(?<!\w)"
    after = "" if word.kind in ("prefix", "infix") else r"(?!\w)"
    return f"{before}{core}{after}"


def _union(patterns: set[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(sorted(patterns))) if patterns else None

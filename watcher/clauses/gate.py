"""A cheap look at a text, without spaCy, whether it can say anything that a pack knows about."""

import re
from collections.abc import Iterable

from watcher.clauses.phrases import Word


class Gate:
    """Passes a text that holds one of some words. `=AI` counts with its capitals only."""

    def __init__(self, listed: Iterable[tuple[Word, ...]]) -> None:
        cased: set[tuple[Word, ...]] = set()
        folded: set[tuple[Word, ...]] = set()
        for phrase in listed:
            (cased if any(word.kind == "cased" for word in phrase) else folded).add(phrase)
        self._folded = _union(folded)
        self._cased = _union(cased)

    def passes(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        return bool(
            (self._folded is not None and self._folded.search(text.casefold()))
            or (self._cased is not None and self._cased.search(text))
        )


def _pattern(phrase: tuple[Word, ...]) -> tuple[str, bool]:
    """A phrase as a pattern, and whether it may stand inside a word only at its start."""
    parts = [re.escape(word.text).replace(r"\ ", r"[\s-]+").replace("'", "['’]") for word in phrase]
    after = "" if phrase[-1].kind in ("prefix", "infix") else r"(?!\w)"
    return r"[\s-]+".join(parts) + after, phrase[0].kind in ("suffix", "infix")


def _union(phrases: set[tuple[Word, ...]]) -> re.Pattern[str] | None:
    """One pattern for all; the look at what stands before is shared, so that it fails fast inside words."""
    patterns = [_pattern(phrase) for phrase in phrases]
    starts = "|".join(sorted(pattern for pattern, inner in patterns if not inner))
    inner = "|".join(sorted(pattern for pattern, inner in patterns if inner))
    whole = "|".join(each for each in (rf"\b(?:{starts})" if starts else "", inner) if each)
    return re.compile(whole) if whole else None

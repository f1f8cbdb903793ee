"""Entries of a list that would read the same, told apart by the first words of their sentences."""

from collections import Counter
from collections.abc import Hashable, Sequence

_WORDS = 7


def told_apart(entries: Sequence[tuple[Hashable, str]]) -> list[str]:
    """For each entry, which is what it is called and its sentence, the words that tell it from its namesakes.

    Nothing where it has none, else the first words of the sentence, numbered where those are the same as well.
    """
    named = Counter(name for name, _ in entries)
    openings = [(name, _opening(sentence)) for name, sentence in entries]
    alike, seen = Counter(openings), Counter[tuple[Hashable, str]]()
    found = []
    for entry in openings:
        name, words = entry
        seen[entry] += 1
        number = f" ({seen[entry]})" if alike[entry] > 1 else ""
        found.append(f"{words}{number}" if named[name] > 1 else "")
    return found


def _opening(sentence: str) -> str:
    words = sentence.split(maxsplit=_WORDS)
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")

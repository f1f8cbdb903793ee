"""The difference of two sequences of any tokens, by diff-match-patch.

The library compares strings, so each distinct token stands for one character, as its own line mode does
(https://github.com/google/diff-match-patch/wiki/Line-or-Word-Diffs).
"""

from collections.abc import Sequence
from typing import Literal

from diff_match_patch import diff_match_patch

Op = Literal["equal", "insert", "delete"]
_OPS: dict[int, Op] = {0: "equal", 1: "insert", -1: "delete"}
_SURROGATES = range(0xD800, 0xE000)


def difference(
    old: Sequence[str], new: Sequence[str], *, semantic: bool = False
) -> list[tuple[Op, list[str]]]:
    """Runs of equal, deleted and inserted tokens that turn `old` into `new`.

    `semantic` trades a minimal difference for one that people read more easily. The library's time-out is off, since
    it would make the result depend on how busy the machine is.
    """
    numbers: dict[str, str] = {}
    tokens: dict[str, str] = {}

    def encode(sequence: Sequence[str]) -> str:
        return "".join(_character(token, numbers, tokens) for token in sequence)

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    runs = engine.diff_main(encode(old), encode(new), False)
    if semantic:
        engine.diff_cleanupSemantic(runs)
    return [(_OPS[op], [tokens[character] for character in run]) for op, run in runs]


def _character(token: str, numbers: dict[str, str], tokens: dict[str, str]) -> str:
    known = numbers.get(token)
    if known is None:
        number = len(numbers) + 1
        if number >= _SURROGATES.start:
            number += len(_SURROGATES)
        known = numbers[token] = chr(number)
        tokens[known] = token
    return known

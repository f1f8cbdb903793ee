"""Rows named by a key and a position within it, as changes are within an event and findings within a text."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_

_FEW = 50


def among(
    places: Sequence[tuple[str, int]], name: ColumnElement[str], position: ColumnElement[int]
) -> ColumnElement[bool]:
    """These rows, and few others, in a form that uses the key of their table.

    For pairs in a list SQLite reads every row there is, and a condition for each name takes long to write. So names
    share one condition but for those with many rows.
    """
    within: dict[str, list[int]] = {}
    for one, at in places:
        within.setdefault(one, []).append(at)
    usual = {one: some for one, some in within.items() if max(some) < _FEW}
    most = max((max(some) for some in usual.values()), default=0)
    others = (and_(name == one, position.in_(some)) for one, some in within.items() if one not in usual)
    return or_(and_(name.in_(usual), position <= most), *others)

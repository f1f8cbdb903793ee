"""Names that people type."""

from collections.abc import Collection
from difflib import get_close_matches

from watcher.errors import InputError


def require(name: str, known: Collection[str], what: str) -> str:
    """The known name that was meant, whatever its case; raises `InputError` that names the nearest ones."""
    for one in known:
        if one.casefold() == name.casefold():
            return one
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.5)
    remedy = f"Did you mean {' or '.join(near)}?" if near else f"Known: {', '.join(sorted(known)[:12])} ..."
    raise InputError(f'no {what} is called "{name}"', remedy=remedy)

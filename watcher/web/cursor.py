"""Cursors: where the next page begins, in a form that nobody is tempted to take apart."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

_LONGEST = 400
_LARGEST = 2**63


def written(place: tuple[Any, ...]) -> str:
    """A place among ordered things (times, numbers and words) as a word for a URL."""
    plain = [part.isoformat() if isinstance(part, datetime) else part for part in place]
    return urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def read(cursor: str, *kinds: type) -> tuple[Any, ...] | None:
    """The place that a cursor names, its parts of these kinds; None when it is none of ours."""
    if not cursor or len(cursor) > _LONGEST or not cursor.isascii():
        return None
    try:
        plain = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(plain, list) or len(plain) != len(kinds):
            return None
        return tuple(_part(value, kind) for value, kind in zip(plain, kinds, strict=True))
    except (ValueError, binascii.Error, RecursionError):
        return None


def _part(value: object, kind: type) -> object:
    if kind is datetime and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError("a time without a zone")
        return moment
    if type(value) is not kind or (isinstance(value, int) and abs(value) >= _LARGEST):
        raise ValueError("another kind")
    return value

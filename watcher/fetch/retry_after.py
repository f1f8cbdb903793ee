"""How long a server asks to be left alone."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 60.0
"""Seconds that a run waits for one host at most; a longer wish is left to the next run."""


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from `now` that a Retry-After header names (RFC 9110, section 10.2.3), or None when it names none.

    Both forms are read: a number of seconds, and an HTTP-date. A date that has passed is 0 seconds.
    """
    if value is None:
        return None
    text = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())

"""Mails that stay small, whatever clauses hold: as much is told as there is room for.

Gmail cuts off what has more than some 102 kB of HTML, and with it the link that ends the mails. Ordinary mails have a
fifth of that. Whoever writes a body gives the rooms that it can be told in, roomiest first, and says in each what is
left out and where it stands.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from watcher.alerts.links import Links
from watcher.alerts.message import weight
from watcher.model.alert import Body, Subscriber

LARGEST = 100_000
"""Bytes of a whole message, headers and all."""

_HEADERS = 4_000
_LINKS = 5  # each of a reader's two in both parts, one of them in a header as well
_ID = "0" * 32

Room = TypeVar("Room")


def fitted(rooms: Sequence[Room], render: Callable[[Room], Body], links: Links) -> Body:
    """The body in the roomiest of `rooms` that gives a small enough mail; in the last one, when none does."""
    anybody = Subscriber("", "it", id=_ID)
    most = LARGEST - _HEADERS - _LINKS * len(links.unsubscribe(anybody) + links.preferences(anybody))
    best = render(rooms[0])
    if weight(best) <= most:
        return best
    # Each room holds less than the one before it, so that halving finds the first that fits.
    low, high = 1, len(rooms) - 1
    found: Body | None = None
    while low < high:
        middle = (low + high) // 2
        tried = render(rooms[middle])
        if weight(tried) <= most:
            found, high = tried, middle
        else:
            low = middle + 1
    return found if found is not None else render(rooms[-1])

"""Pages made once and kept until what they show has changed; bounded in memory."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

MOST_BYTES = 64_000_000
WORTH_PACKING = 600
"""Bytes from which on packing saves something."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it goes out: plain and packed by gzip (RFC 1952), with its entity tag (RFC 9110, section 8.8.3)."""

    state: str
    body: bytes
    packed: bytes
    etag: str

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return len(self.body) + len(self.packed)


class Shelf:
    """The pages lately asked for, by their address; the ones not asked for longest make room.

    Each page is made once however many ask at the same time: the others wait for it.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()
        self._making: dict[str, Lock] = {}

    def get(self, key: str, state: str, make: Callable[[], bytes | None]) -> Kept | None:
        """The page under a key as of a state; `make` gives it anew when it is not there or older. None is not kept."""
        if found := self._look(key, state):
            return found
        with self._lock:
            making = self._making.setdefault(key, Lock())
        with making:
            try:
                if found := self._look(key, state):
                    return found
                body = make()
                if body is None:
                    return None
                made = kept(body, state)
                self._put(key, made)
                return made
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _look(self, key: str, state: str) -> Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None or found.state != state:
                return None
            self._kept.move_to_end(key)
            return found

    def _put(self, key: str, made: Kept) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += made.size - (before.size if before else 0)
            self._kept[key] = made
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= gone.size


def kept(body: bytes, state: str = "", *, pack: bool = True) -> Kept:
    """An answer with its tag; what is packed already is not worth packing again."""
    packed = gzip.compress(body, compresslevel=5, mtime=0) if pack and len(body) >= WORTH_PACKING else b""
    return Kept(state, body, packed, f'"{hashlib.sha256(body).hexdigest()[:24]}"')

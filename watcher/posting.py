"""Hands letters over while the site is served: whoever subscribes waits for hers at that moment."""

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

import structlog

from watcher.errors import WatcherError
from watcher.rounds import empty_outbox

if TYPE_CHECKING:
    from watcher.settings import Settings
    from watcher.store import Store

log = structlog.get_logger()

# A letter that the server did not take at once (greylisting is usual for a first one) is due again after minutes.
_LOOK_AGAIN = 60.0


class Postman:
    """A thread beside the server's own; `wake` it once letters were written.

    `tidy` is done with every look, so that nothing is kept longer for want of visitors. Any number of processes may
    hand over from one outbox.
    """

    def __init__(
        self, settings: "Settings", store: "Store", now: Callable[[], datetime], tidy: Callable[[], None]
    ) -> None:
        self._settings, self._store, self._now, self._tidy = settings, store, now, tidy
        self._woken = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._work, name="postman")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Letters under way are finished."""
        self._over = True
        self._woken.set()
        self._thread.join()

    def wake(self) -> None:
        """There are letters; returns at once."""
        self._woken.set()

    def _work(self) -> None:
        while not self._over:
            self._woken.clear()
            try:
                self._tidy()
                asyncio.run(empty_outbox(self._settings, self._store, self._now))
            except WatcherError as error:
                log.error("letters wait", problem=error.what)
            except Exception as error:
                # Its text may quote a letter or an address; the kind of mistake is what helps.
                log.error("letters wait by a mistake of the program", kind=type(error).__name__)
            if not self._over:
                self._woken.wait(_LOOK_AGAIN)

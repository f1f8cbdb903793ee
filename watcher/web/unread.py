"""Texts of a store that is older than the reading of whole texts: read in the background while pages are served."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog

from watcher.assembly import Rules
from watcher.errors import WatcherError
from watcher.standing import read_unread
from watcher.store import Store

if TYPE_CHECKING:
    from watcher.settings import Settings

log = structlog.get_logger()


@contextmanager
def reading(store: Store, settings: "Settings") -> Iterator[None]:
    """Read what nobody read yet for as long as the context lasts, the latest texts first.

    Until a text is read, pages say so. Nothing is started, and no rules are loaded, when nothing is missing.
    """
    if not store.findings.unread():
        yield
        return
    stop = Event()

    def read() -> None:
        try:
            count = read_unread(store, Rules(settings.rules).says, stop=stop.is_set)
            log.info("texts of an older store were read", texts=count)
        except WatcherError as error:
            log.error("texts of an older store cannot be read", problem=str(error))

    thread = Thread(target=read, name="unread", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()

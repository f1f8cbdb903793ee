"""Reading beside fetching: the first pages here, many in processes of their own, so that every core is used.

Reading a page is work for the processor and nothing but a function of its bytes, so it can be done anywhere. A process
costs about half a second and 100 MB to start, which pays from some dozen pages on; a round in which little changed
never starts one.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cached_property
from types import TracebackType
from typing import Self

from watcher.model.fetched import Fetched
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Reading
from watcher.pipeline.kinds import read_document

FEW = 12
"""So many pages of a round are read in this process before others are started."""

_MOST = 4
"""More readers than this wait for the one process that fetches, compares and records."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Readers:
    """Reads documents for one round; use it as a context manager. `processes` below 2 reads everything here."""

    def __init__(self, processes: int, few: int = FEW) -> None:
        self._processes = min(processes, _MOST)
        self._here = few if self._processes > 1 else None
        self._started = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._started:
            self._pool.shutdown(cancel_futures=True)

    async def read(
        self, document: Document, fetched: Sequence[Fetched], standing: DocumentText | None
    ) -> Reading:
        """What `watcher.pipeline.kinds.read_document` gives."""
        if self._here is None or document.kind != "terms":
            return read_document(document, fetched, standing)
        if self._here > 0:
            self._here -= 1
            return read_document(document, fetched, standing)
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, _read, document, tuple(fetched), standing
            )
        except BrokenProcessPool:
            # Somebody ended a reader: the system for want of memory, or a service manager that ends them all together.
            self._here = None
            return read_document(document, fetched, standing)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        self._started = True
        # A fork of this process would copy its event loop, threads and open database.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(["watcher.readers", "watcher.read.reading"])
        return ProcessPoolExecutor(self._processes, context, initializer=_begin)


def _begin() -> None:
    # Ctrl-C reaches every process of a terminal; the round's own process decides what is still finished.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A killed parent tells nobody, and its readers would wait for work for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(document: Document, fetched: Sequence[Fetched], standing: DocumentText | None) -> Reading:
    reading = read_document(document, fetched, standing)
    if reading.text is not None:
        # Reckoned here and carried along, they cost the one process nothing that everything passes through.
        _ = reading.text.digest, reading.text.loose_digest, reading.text.words
    return reading

"""One run at a time: a lock beside the store that the system lets go when its holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watcher.errors import Busy


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raises `Busy` at once when another run holds it."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "watcher.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy(
            "another run is at work",
            where=str(folder),
            remedy="Nothing was done. Wait for it to end, or stop it; two runs never overlap.",
        ) from error
    try:
        yield
    finally:
        lock.release()

"""One run at a time: a lock beside the store that the system lets go when its holder dies."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watcher.errors import Busy, StoreError


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raises `Busy` at once when another run holds it."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "watcher.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        if isinstance(error, Timeout):
            raise _busy(folder) from error
        raise StoreError(
            f"the data folder cannot be written ({error.strerror})",
            where=str(folder),
            remedy="Set `data` in config.yaml to a folder that can be written.",
        ) from error
    try:
        yield
    finally:
        lock.release()


def _busy(folder: Path) -> Busy:
    return Busy(
        "another run is at work",
        where=str(folder),
        remedy="Nothing was done. Wait for it to end; a daemon has to be stopped first.",
    )

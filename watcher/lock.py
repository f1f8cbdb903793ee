"""Locks beside the store that the system lets go when their holder dies: one run at a time, and who is alive."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A name for what this process does now, and the names of those who died without ending theirs.

    Each name is a file in the folder, locked while its owner lives; so a claim of a killed process needs not run out.
    """
    from filelock import FileLock, Timeout

    names = folder / "at-work"
    own = secrets.token_hex(16)
    lock = FileLock(names / own, timeout=0)
    try:
        names.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        dead = []
        for path in sorted(names.iterdir()):
            if path.name != own:
                with suppress(Timeout, FileNotFoundError), FileLock(path, timeout=0):
                    dead.append(path.name)
        yield own, tuple(dead)
        # Only now: had this process died before it let their claims go, the next one must find their names again.
        for name in dead:
            (names / name).unlink(missing_ok=True)
    finally:
        (names / own).unlink(missing_ok=True)
        lock.release()


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"the data folder cannot be written ({error.strerror})",
        where=str(folder),
        remedy="Set `data` in config.yaml to a folder that can be written.",
    )


def _busy(folder: Path) -> Busy:
    return Busy(
        "another run is at work",
        where=str(folder),
        remedy="Nothing was done. Wait for it to end; a daemon has to be stopped first.",
    )

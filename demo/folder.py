"""The folder that the demo fills, and empties only when it filled it itself."""

import shutil
from pathlib import Path

from watcher.errors import InputError

_MARKER = ".made-by-the-demo"


def fresh(folder: Path) -> Path:
    """An empty `folder`, made anew. Raises `InputError` for one that holds anything but an earlier demo."""
    if folder.is_dir() and (folder / _MARKER).is_file():
        shutil.rmtree(folder)
    elif folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputError(
            "this was not made by the demo, so it is left alone",
            where=str(folder),
            remedy="Move it away, or start the demo in another folder.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARKER).write_text("The demo deletes this folder when it runs again.\n", "utf-8")
    return folder

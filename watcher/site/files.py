"""Files that appear whole or not at all, and are left alone when nothing in them changed."""

import os
from pathlib import Path

from watcher.errors import UsageError


class Folder:
    """The folder of a report; `written` and `kept` count the files that changed and those that did not."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.written = 0
        self.kept = 0

    def write(self, path: str, content: bytes) -> None:
        """Put a file in place; `path` is relative, with slashes. Raises UsageError when the disk will not have it."""
        target = self.out / path
        try:
            if target.is_file() and target.read_bytes() == content:
                self.kept += 1
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            try:
                draft.write_bytes(content)
                draft.replace(target)
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(
                f"the report cannot be written: {error.strerror or error}",
                where=str(target),
                remedy="Choose a folder that can be written to with `--out`.",
            ) from error
        self.written += 1

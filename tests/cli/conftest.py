"""The real command in a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Watcher = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def watcher(tmp_path: Path) -> Watcher:
    def run(*arguments: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("WATCHER")}
        return subprocess.run(
            [sys.executable, "-m", "watcher", *arguments],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env=kept | {"COLUMNS": "80", "NO_COLOR": "1"} | environ,
        )

    return run

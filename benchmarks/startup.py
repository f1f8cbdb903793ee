"""What starting costs: a cold `watcher --help`, and what a `watcher run` imports in which nothing changed.

    python benchmarks/startup.py [--times 10]

Exit status 1 when such a run imports what it has no use for.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import Measured, measure
from site_on_loopback import serving
from terms_pages import make_page
from tools import environment, watcher

# Judging, upgrading tables, careful reading, writing mails and schedules: none of it is needed to see that all stands.
NOT_NEEDED = (
    "spacy",
    "alembic",
    "bs4",
    "lxml",
    "numpy",
    "py3langid",
    "pdfminer",
    "jinja2",
    "babel",
    "aiosmtplib",
)


def main() -> None:
    """Measure, print, and fail when too much is imported."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=10, help="how often --help is started (10)")
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        runs = [_help(Path(folder)) for _ in range(times)]
        walls = [run.wall for run in runs]
        print(
            f"watcher --help: median {statistics.median(walls):.3f} s ({min(walls):.3f} to {max(walls):.3f}), "
            f"processor time {statistics.median(run.cpu for run in runs):.3f} s"
        )
        imported, seconds = _unchanged_run(Path(folder))
    wrong = [name for name in NOT_NEEDED if name in imported]
    print(f"watcher run, nothing changed: {len(imported)} modules, {seconds:.2f} s for importing them")
    print(f"of {', '.join(NOT_NEEDED)}: {', '.join(wrong) or 'none'} imported")
    sys.exit(1 if wrong else 0)


def _help(folder: Path) -> Measured:
    command = str(Path(sys.executable).parent / "watcher")
    return measure([command, "--help"], folder=folder, environment=environment(folder))


def _unchanged_run(folder: Path) -> tuple[set[str], float]:
    """The modules that a second run over unchanged pages imports, and the seconds that it takes."""
    for part in ("pages", "run"):
        (folder / part).mkdir()
    for number in range(3):
        path = folder / "pages" / f"{number}.html"
        path.write_bytes(make_page(1, number, "before", 50_000))
        os.utime(path, (1_700_000_000, 1_700_000_000))
    tool = watcher()
    with serving(folder / "pages", folder / "server") as (origin, _):
        tool.prepare(folder / "run", [f"{origin}/{number}.html" for number in range(3)])
        command = [tool.command[0], "-X", "importtime", *tool.command[1:]]
        for _ in range(2):
            done = subprocess.run(
                command,
                cwd=folder / "run",
                env=environment(folder),
                capture_output=True,
                text=True,
                check=True,
            )
    if "3 unchanged" not in done.stdout:
        raise SystemExit(f"the second run should find everything unchanged, but says: {done.stdout}")
    rows = re.findall(r"^import time:\s+(\d+) \|\s+\d+ \| +(\S+)$", done.stderr, re.M)
    return {name for _, name in rows}, sum(int(own) for own, _ in rows) / 1e6


if __name__ == "__main__":
    main()

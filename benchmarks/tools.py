"""The tools that are measured: how each is set up for the same pages, run, and asked what it saw."""

import os
import re
import subprocess
import sys
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).parent / "requirements.txt"


@dataclass(frozen=True, slots=True)
class Tool:
    """`prepare` writes the configuration for these URLs into a folder, `command` runs there.

    `changed` counts in a run's output how many pages it calls changed. `version` is for the record.
    """

    name: str
    version: str
    prepare: Callable[[Path, Sequence[str]], None]
    command: tuple[str, ...]
    changed: Callable[[str], int]


def watcher() -> Tool:
    """The watcher of this checkout, with the Python that runs the benchmark."""
    from watcher import __version__

    return Tool(
        "watcher",
        __version__,
        _prepare_watcher,
        (sys.executable, "-m", "watcher", "run", "--all"),
        lambda output: sum(
            int(found) for found in re.findall(r"(\d+) (?:changed|only its looks changed)", output)
        ),
    )


def others(cache: Path) -> list[Tool]:
    """What we are compared with, installed at pinned versions into an environment of its own under `cache`."""
    bin_folder = _installed(cache / "others-venv")
    python = str(bin_folder / "python")

    def version(name: str) -> str:
        program = f"from importlib.metadata import version; print(version({name!r}))"
        return subprocess.run(
            [python, "-c", program], check=True, capture_output=True, text=True
        ).stdout.strip()

    def numbered_changes(output: str) -> int:
        return len(re.findall(r"^\s*\d+\. CHANGED:", output, re.M))

    files = ("--urls", "jobs.yaml", "--config", "config.yaml", "--hooks", "hooks.py", "--cache", "store.db")
    files_of_webchanges = ("--jobs", *files[1:6], "--database", "store.db")
    return [
        Tool(
            "urlwatch",
            version("urlwatch"),
            _prepare_jobs,
            (str(bin_folder / "urlwatch"), *files),
            numbered_changes,
        ),
        Tool(
            "webchanges",
            version("webchanges"),
            _prepare_jobs,
            (str(bin_folder / "webchanges"), *files_of_webchanges),
            numbered_changes,
        ),
    ]


def environment(home: Path) -> dict[str, str]:
    """Everything of ours but settings that would reach into a tool; `home` keeps them from each other's files."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR") if name in os.environ}
    return kept | {"HOME": str(home), "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"}


def _installed(folder: Path) -> Path:
    stamp, wanted = folder / "requirements.txt", REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        print("installing what is compared with ...", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run(
            [folder / "bin/python", "-m", "pip", "install", "--quiet", "-r", REQUIREMENTS], check=True
        )
        stamp.write_text(wanted)
    return folder / "bin"


def _prepare_watcher(folder: Path, urls: Sequence[str]) -> None:
    services = "".join(
        f"  - name: Platform {n}\n    obey_robots: false\n    documents: [{{name: Terms of Service, url: '{url}'}}]\n"
        for n, url in enumerate(urls)
    )
    fetch = "fetch: {concurrency: 8, per_host: 8, delay: 0, allow_hosts: [127.0.0.1]}\n"
    (folder / "config.yaml").write_text(f"data: data\ncatalogues: []\n{fetch}services:\n{services}")


def _prepare_jobs(folder: Path, urls: Sequence[str]) -> None:
    jobs = [
        f"name: Platform {n}\nurl: {url}\nfilter:\n  - html2text\n  - strip\n" for n, url in enumerate(urls)
    ]
    (folder / "jobs.yaml").write_text("---\n".join(jobs))
    (folder / "hooks.py").write_text("")
    (folder / "config.yaml").write_text("report: {stdout: {enabled: true, color: false}}\n")

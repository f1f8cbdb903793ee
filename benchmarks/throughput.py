"""How fast a whole round over many pages is, beside urlwatch and webchanges, in one run.

    python benchmarks/throughput.py [--pages 500] [--rounds 3]

Five cases, each for every tool in turn, then the next round:

first      nothing is known yet
unchanged  the same files again; a server says 304 to those who ask conditionally
resent     the same bytes with new ETags and times, as servers behind a load balancer send them
noisy      other bytes (nonce, menu, tracking numbers), the same terms
changed    every page gained a paragraph or reworded one
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from measuring import Measured, measure
from site_on_loopback import serving
from terms_pages import Edition, make_page
from tools import Tool, environment, others, watcher

ROOT = Path(__file__).parents[1]
CASES: dict[str, Edition] = {
    "first": "before",
    "unchanged": "before",
    "resent": "before",
    "noisy": "noisy",
    "changed": "after",
}
# Files get times long past, so that no server or client calls a page too young to be sure of.
_LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True)
class Result:
    """One run of one tool: seconds, seconds of processor time, bytes, and how many pages it called changed."""

    round: int
    case: str
    tool: str
    wall: float
    cpu: float
    memory: int
    changed: int


def main() -> None:
    """Measure, print the table, write the JSON."""
    options = _options()
    work = options.work.resolve()
    pages = [f"terms-{number:04d}.html" for number in range(options.pages)]
    make_editions(work / "pages", pages, options.seed)
    tools = [watcher()] + ([] if options.only else others(work))
    with serving(work / "served", work / "server") as (origin, server):
        results = []
        for result in measure_all(tools, options, work, [f"{origin}/{name}" for name in pages]):
            results.append(result)
            print(
                f"round {result.round} {result.case:9} {result.tool:10} {result.wall:6.1f} s "
                f"{result.cpu:6.1f} s cpu {result.memory / 1e6:5.0f} MB, {result.changed} changed",
                file=sys.stderr,
            )
    about = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "pages": options.pages,
        "rounds": options.rounds,
        "bytes": sum(path.stat().st_size for path in (work / "pages/before").iterdir()),
        "server": server,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {tool.name: tool.version for tool in tools},
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(about | {"results": [asdict(one) for one in results]}, indent=1))
    print_table(results, tools, about)


def measure_all(
    tools: Sequence[Tool], options: argparse.Namespace, work: Path, urls: Sequence[str]
) -> Iterator[Result]:
    """Every case for every tool; tools alternate, so that a busy moment of the machine does not hit one alone."""
    for number in range(1, options.rounds + 1):
        shutil.rmtree(work / "runs", ignore_errors=True)
        for tool in tools:
            folder = work / "runs" / tool.name
            folder.mkdir(parents=True)
            tool.prepare(folder, urls)
        for at, (case, edition) in enumerate(CASES.items()):
            if case != "unchanged":
                serve_edition(work, edition, _LONG_AGO + 3600 * at)
            turn = (number + at) % len(tools)
            for tool in (*tools[turn:], *tools[:turn]):
                folder = work / "runs" / tool.name
                run = measure(tool.command, folder=folder, environment=environment(folder))
                _check(tool, case, run, len(urls))
                yield Result(number, case, tool.name, run.wall, run.cpu, run.memory, tool.changed(run.output))
                time.sleep(1)  # urlwatch would miss a change made in the second of its last visit


def make_editions(folder: Path, names: Sequence[str], seed: int) -> None:
    """Write every edition of every page, unless they are there from an earlier run."""
    stamp, wanted = (
        folder / "made",
        f"{seed} {len(names)} {(Path(__file__).parent / 'terms_pages.py').read_text()}",
    )
    if stamp.exists() and stamp.read_text() == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    for edition in dict.fromkeys(CASES.values()):
        (folder / edition).mkdir(parents=True)
        for number, name in enumerate(names):
            (folder / edition / name).write_bytes(make_page(seed, number, edition))
    stamp.write_text(wanted)


def serve_edition(work: Path, edition: Edition, at: float) -> None:
    """Let the server serve these files from now on, as if they had been written `at`."""
    for path in (work / "pages" / edition).iterdir():
        os.utime(path, (at, at))
    fresh = work / "served.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(work / "pages" / edition)
    fresh.replace(work / "served")


def print_table(results: Sequence[Result], tools: Sequence[Tool], about: dict[str, object]) -> None:
    """Medians over the rounds; each tool's times as multiples of the watcher's (wall ×, cpu ×)."""
    print(
        f"\n{about['pages']} pages, {about['bytes']:,} bytes, {about['server']} on loopback, {about['cores']} cores"
    )
    print("case       tool                    wall s   cpu s    MB  pages/s  changed  wall ×  cpu ×")
    for case in CASES:
        ours: tuple[float, float] | None = None
        for tool in tools:
            rows = [one for one in results if (one.case, one.tool) == (case, tool.name)]
            wall = statistics.median(one.wall for one in rows)
            cpu = statistics.median(one.cpu for one in rows)
            memory = statistics.median(one.memory for one in rows)
            ours = ours or (wall, cpu)
            print(
                f"{case:10} {tool.name + ' ' + tool.version:22} {wall:7.1f} {cpu:7.1f} {memory / 1e6:5.0f} "
                f"{int(str(about['pages'])) / wall:8.1f} {rows[-1].changed:8d} {wall / ours[0]:7.2f} "
                f"{cpu / ours[1]:6.2f}"
            )


def _check(tool: Tool, case: str, run: Measured, pages: int) -> None:
    """A tool that failed would look fast."""
    expected = pages if case == "changed" else 0
    if run.status != 0 or (
        case in ("first", "unchanged", "resent", "changed") and tool.changed(run.output) != expected
    ):
        print(
            f"{tool.name} ended the case {case} with status {run.status} and {tool.changed(run.output)} changes "
            f"where {expected} were expected:\n{run.output[-2000:]}",
            file=sys.stderr,
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=500, help="how many pages (500)")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured (3)")
    parser.add_argument("--seed", type=int, default=1, help="which made-up pages (1)")
    parser.add_argument("--only", action="store_true", help="the watcher alone, nothing is installed")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build/benchmarks", help="where everything is kept"
    )
    parser.add_argument("--json", type=Path, default=ROOT / "build/benchmarks/throughput.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()

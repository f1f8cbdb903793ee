"""How fast pages are served from a big store, under load and when made anew. Needs wrk (Debian's package).

    python benchmarks/serving.py [--rate 50] [--seconds 20] [--only front matrix]

`anew` asks one page after the other, each after a change to the history, so that nothing kept still holds. `under load`
asks at a steady rate over several connections, with pauses as chance makes them. Readers ask for few pages often and
for many seldom: the nth of them is asked for with a weight of 1/n (Breslau and others, "Web caching and Zipf-like
distributions", 1999), so at first most pages are made, later most are kept. Latencies in milliseconds, as wrk and the
clock of this program see them.
"""

import argparse
import json
import platform
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from big_store import LONG, fill

ROOT = Path(__file__).parents[1]
_CONNECTIONS = 10
_ANEW = 20
_LUA = """
local paths = {{{paths}}}
local at = 0
function request() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
function init() math.randomseed(7) end
function delay() return -{delay} * math.log(1 - math.random()) end
function done(summary, latency)
  local bad = summary.errors.status + summary.errors.read + summary.errors.connect + summary.errors.timeout
  io.write(string.format("RESULT %d %d %.2f %.2f %.2f\\n", summary.requests, bad,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency.max / 1000))
end
"""


@dataclass(frozen=True, slots=True)
class Result:
    """A kind of page: plain kilobytes of the largest asked for, and milliseconds."""

    page: str
    kilobytes: float
    anew_median: float
    anew_p95: float
    again: float
    rate: float
    load_median: float
    load_p95: float
    errors: int


def main() -> None:
    """Serve, ask, print the table, write the JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, default=ROOT / "build" / "benchmarks" / "big")
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=[], help="kinds of pages, by the names in the table")
    options = parser.parse_args()
    if not (options.store / "watcher.sqlite").exists():
        fill(options.store, 400, 5_000, 20_000, 1)
    results = []
    with serving(options.store) as port:
        for name, paths in pages(options.store).items():
            if options.only and name not in options.only:
                continue
            result = measured(name, paths, port, options)
            results.append(result)
            print(
                f"{name:22} {result.kilobytes:6.1f} kB, anew {result.anew_median:6.1f} ({result.anew_p95:6.1f}), "
                f"again {result.again:5.1f}, "
                f"at {result.rate:.0f}/s {result.load_median:6.1f} ({result.load_p95:6.1f}), "
                f"{result.errors} errors",
                flush=True,
            )
    out = ROOT / "build" / "benchmarks" / "serving.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    about = {"python": platform.python_version(), "results": [asdict(result) for result in results]}
    out.write_text(json.dumps(about, indent=2), "utf-8")
    print(table(results))


def pages(store: Path) -> dict[str, list[str]]:
    """Many addresses of each kind of page."""
    with sqlite3.connect(store / "watcher.sqlite") as database:
        keys = [row[0] for row in database.execute("SELECT key FROM document ORDER BY key")]
        events = [row[0] for row in database.execute("SELECT id FROM event ORDER BY id")]
        steps = database.execute(
            "SELECT a.document, a.number, a.text, b.number, b.text FROM version a JOIN version b "
            "ON b.document = a.document AND b.number = a.number + 1 WHERE a.document LIKE ? ORDER BY a.number",
            (f"{LONG.lower()}/%",),
        ).fetchall()
        clauses = database.execute(
            "SELECT DISTINCT version.document, finding.clause FROM finding JOIN version "
            "ON version.text = finding.text ORDER BY finding.clause LIMIT 200"
        ).fetchall()
    folder = [key.replace("/", "--") for key in keys]
    few = [
        *(f"case-{n}" for n in range(0, 10_000, 80)),
        *(f'"will review a listing case-{n}"' for n in range(40)),
    ]
    many = [
        f"{one} {other}"
        for one in ("account", "listing", "payment", "artificial")
        for other in ("review", "may*")
    ]
    services = sorted({name.partition("--")[0] for name in folder})[:60]
    searches = [
        *(urlencode({"q": words}) for words in few),
        *(urlencode({"q": words, "service": one}) for one in services for words in ("refuse a complaint",)),
        *(urlencode({"q": words, "in": where}) for words in many for where in ("texts", "changes")),
        *(urlencode({"in": "changes", "service": one}) for one in services),
    ]
    days = [date(2025, 3, 1) + timedelta(days=n) for n in range(300)]
    long = [
        f"/documents/{key.replace('/', '--')}/v{a}.{x[:12]}-v{b}.{y[:12]}.html" for key, a, x, b, y in steps
    ]
    return {
        "front": ["/index.html", "/it/index.html"],
        "all changes": ["/changes/index.html", *(f"/changes/page-{n}.html" for n in range(2, 40))],
        "matrix": ["/matrix.html", "/it/matrix.html"],
        "matrix as of a date": [f"/matrix.html?date={day}" for day in days],
        "platform": sorted({f"/services/{name.partition('--')[0]}.html" for name in folder}),
        "document": [f"/documents/{name}.html" for name in folder],
        "search": [f"/search?{searches[at * 7 % len(searches)]}" for at in range(len(searches))],
        "change": [f"/changes/{event}.html" for event in events[:600]],
        "whole text": [f"/documents/{name}/v2.html" for name in folder],
        "life of a clause": [f"/documents/{k.replace('/', '--')}/clauses/{c}.html" for k, c in clauses],
        "300 clauses compared": [*long, *(f"/it{path}" for path in long)],
    }


@contextmanager
def serving(store: Path) -> Iterator[int]:
    """`watcher serve` as a process of its own, on a free port."""
    command = [sys.executable, "-m", "watcher", "serve", "--store", str(store), "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        lines = iter(server.stderr.readline, "")
        line = next(line for line in lines if line.startswith("serving on "))
        yield int(line.rsplit(":", 1)[1].split("/")[0])
    finally:
        server.terminate()
        server.wait(30)


def measured(name: str, paths: Sequence[str], port: int, options: argparse.Namespace) -> Result:
    """One kind of page."""
    anew, sizes, again = [], [], []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    _ask(connection, paths[0])
    for path in (list(paths) * _ANEW)[:_ANEW]:
        _touch(options.store)
        took, size = _ask(connection, path)
        anew.append(took)
        sizes.append(size)
        again.append(_ask(connection, path)[0])
    connection.close()
    _touch(options.store)
    requests, errors, median, p95 = _load(paths, port, options.rate, options.seconds)
    return Result(
        name, max(sizes) / 1000, statistics.median(anew), _p95(anew), _p95(again), requests / options.seconds,
        median, p95, errors,
    )  # fmt: skip


def _load(paths: Sequence[str], port: int, rate: int, seconds: int) -> tuple[int, int, float, float]:
    script = ROOT / "build" / "benchmarks" / "wrk.lua"
    script.parent.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)
    weights = [1 / (place + 1) for place in range(len(paths))]
    asked = chance.choices(chance.sample(paths, len(paths)), weights, k=2 * rate * seconds)
    quoted = ", ".join(json.dumps(path) for path in asked)
    script.write_text(_LUA.format(paths=quoted, delay=1000 * _CONNECTIONS // rate), "utf-8")
    command = ["wrk", "-t1", f"-c{_CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script)]
    done = subprocess.run([*command, f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    requests, errors, median, p95, _ = map(float, line.split()[1:])
    return int(requests), int(errors), median, p95


def _ask(connection: HTTPConnection, path: str) -> tuple[float, int]:
    began = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return (time.perf_counter() - began) * 1000, len(body)


def _touch(store: Path) -> None:
    """The history has changed: what `watcher.store.stamps` does with every new version."""
    with sqlite3.connect(store / "watcher.sqlite", timeout=30) as database:
        database.execute("UPDATE stamp SET count = count + 1 WHERE topic = 'history'")


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]


def table(results: Sequence[Result]) -> str:
    """For docs/benchmarks.md."""
    head = "| page | kB | made anew, median | p95 | again, p95 | at 50 a second, median | p95 |"
    lines = [head, "|---|---:|---:|---:|---:|---:|---:|"]
    lines += [
        f"| {r.page} | {r.kilobytes:.0f} | {r.anew_median:.0f} | {r.anew_p95:.0f} | {r.again:.1f} "
        f"| {r.load_median:.1f} | {r.load_p95:.1f} |"
        for r in results
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()

"""Runs a command and measures it with everything that it starts. Linux only: memory is read from /proc."""

import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks at the memory. (ru_maxrss of getrusage(2) would count our own memory before the exec.)"""


@dataclass(frozen=True, slots=True)
class Measured:
    """`wall` and `cpu` in seconds, `memory` in bytes: the highest sum over all processes of the command that was seen.

    Memory counts shared pages once (PSS of /proc/PID/smaps_rollup, see proc(5)). `cpu` is user and system time of all
    those processes.
    """

    wall: float
    cpu: float
    memory: int
    status: int
    output: str


def measure(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Measured:
    """Run `command` in `folder` to its end. Its output is kept in a file there, so that no pipe slows it down."""
    _inherit_orphans()
    log = folder / "output.log"
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        watch = _Memory(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        watch.ended.set()
        watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime + sum(map(_left_over, watch.seen - {process.pid})),
        memory=watch.highest,
        status=process.returncode,
        output=log.read_text("utf-8", "replace"),
    )


class _Memory(threading.Thread):
    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.highest = 0
        self.seen: set[int] = set()
        self.ended = threading.Event()
        self._root = root

    def run(self) -> None:
        while not self.ended.wait(_EVERY):
            family = _family(self._root)
            self.seen.update(family)
            self.highest = max(self.highest, sum(map(_pss, family)))


def _inherit_orphans() -> None:
    """Let us wait for what a command leaves behind, as its worker processes do (PR_SET_CHILD_SUBREAPER of prctl(2))."""
    if ctypes.CDLL(None, use_errno=True).prctl(36, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def _left_over(pid: int) -> float:
    """Seconds of processor time of a process that its parent did not wait for."""
    try:
        _, _, usage = os.wait4(pid, 0)
    except ChildProcessError:
        return 0.0  # its parent did, and it is counted there
    return usage.ru_utime + usage.ru_stime


def _family(root: int) -> list[int]:
    found, at = [root], 0
    while at < len(found):
        try:
            for task in Path(f"/proc/{found[at]}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except OSError:
            pass  # it ended while we looked
        at += 1
    return found


def _pss(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # it ended while we looked
    return 0

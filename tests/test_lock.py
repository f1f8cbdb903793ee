"""Who is alive, and who died without ending what it had begun."""

import signal
import subprocess
import sys

from watcher.lock import at_work

HOLDER = """
import sys, time
from pathlib import Path
from watcher.lock import at_work
with at_work(Path(sys.argv[1])) as (name, dead):
    print(name, flush=True)
    time.sleep(60)
"""


def test_those_who_work_are_not_taken_for_dead_and_the_killed_are_named_until_their_claims_are_let_go(
    tmp_path,
):
    with at_work(tmp_path) as (first, _), at_work(tmp_path) as (second, dead):
        assert first != second
        assert dead == ()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    name = process.stdout.readline().strip()
    with at_work(tmp_path) as (_, dead):
        assert dead == ()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    try:
        with at_work(tmp_path) as (_, dead):
            assert dead == (name,)
            raise KeyboardInterrupt  # stopped before their claims were let go
    except KeyboardInterrupt:
        pass
    with at_work(tmp_path) as (_, dead):
        assert dead == (name,)
    with at_work(tmp_path) as (_, dead):
        assert dead == ()
    assert list((tmp_path / "at-work").iterdir()) == []

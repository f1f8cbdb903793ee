"""Many pages are read in processes of their own, to the same result, and nothing outlives the round."""

import asyncio
import os
import select
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from watcher.model.fetched import Fetched
from watcher.model.source import Document, Page
from watcher.read import read_document
from watcher.readers import Readers, cores

ROOT = Path(__file__).parents[1]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through Linux's own means")


def terms(number: int) -> tuple[Document, tuple[Fetched, ...], None]:
    url = f"https://wavecrest.example/{number}"
    paragraphs = "".join(
        f"<h2>Section {n}</h2><p>You own the recordings that you upload to room {number}, and you grant us a licence "
        f"to host them for {n} months after your account has been closed.</p>"
        for n in range(12)
    )
    html = f"<html lang=en><title>Terms of Use</title><main><h1>Terms of Use</h1>{paragraphs}</main></html>"
    answer = Fetched(
        url, url, 200, (("content-type", "text/html"),), html.encode(), datetime(2026, 3, 1, tzinfo=UTC)
    )
    return Document("Wavecrest", f"Terms {number}", (Page(url),)), (answer,), None


def children() -> set[int]:
    return {
        int(child)
        for task in Path("/proc/self/task").iterdir()
        for child in (task / "children").read_text().split()
    }


async def read_all(readers: Readers, numbers: range):
    return await asyncio.gather(*(readers.read(*terms(number)) for number in numbers))


async def test_readers_give_what_reading_here_gives():
    with Readers(2, few=2) as readers:
        read = await read_all(readers, range(6))
    assert read == [read_document(*terms(number)) for number in range(6)]
    assert {one.text.language for one in read} == {"en"}


@LINUX
async def test_few_pages_start_no_process():
    before = children()
    with Readers(2, few=3) as readers:
        await read_all(readers, range(3))
        assert children() == before


@LINUX
async def test_a_reader_that_was_ended_loses_no_page():
    with Readers(2, few=0) as readers:
        await read_all(readers, range(2))
        for process in list(readers._pool._processes.values()):
            os.kill(process.pid, signal.SIGKILL)
        read = await read_all(readers, range(4))
    assert read == [read_document(*terms(number)) for number in range(4)]


PROGRAM = """
import asyncio, sys
from tests.test_readers import read_all
from watcher.readers import Readers

async def main():
    readers = Readers(2, few=0)
    await read_all(readers, range(4))
    print(*readers._pool._processes, flush=True)
    sys.stdin.read()

asyncio.run(main())
"""


@LINUX
def test_readers_end_when_their_round_is_killed():
    killed = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with killed:
        readers = [os.pidfd_open(int(pid)) for pid in killed.stdout.readline().split()]
        assert readers
        killed.kill()
    for reader in readers:
        ended, _, _ = select.select([reader], [], [], 20)
        os.close(reader)
        assert ended


def test_the_cores_that_may_be_used_are_counted():
    assert 1 <= cores() <= os.cpu_count()

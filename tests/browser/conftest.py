"""Debian's Chromium on pages of a real server. Skipped, and said so, where it is not installed."""

import os
import random
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.fetch.conftest import Clock, Reply, Site, serving
from watcher.browser import Browser
from watcher.fetch import Fetcher
from watcher.model.fetched import Attempt, Fetched
from watcher.model.options import BrowserOptions, FetchOptions
from watcher.model.source import Page

CHROMIUM = Path("/usr/bin/chromium")
needs_chromium = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium"),
    pytest.mark.asyncio(loop_scope="module"),
]


def html(body: str, *, head: str = "", **headers: str) -> Reply:
    text = f"<!doctype html><html lang=en><head><title>Terms</title>{head}</head><body>{body}</body></html>"
    return Reply(
        body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8"} | headers, chunked=True
    )


def options(**changed: Any) -> BrowserOptions:
    # Chromium refuses its sandbox to root, as which tests in containers run.
    usual: dict[str, Any] = {"executable": str(CHROMIUM), "timeout": 20.0, "sandbox": os.geteuid() != 0}
    return BrowserOptions(**(usual | changed))


@dataclass
class Reader:
    """A browser over a fetcher, with the attempts that they recorded."""

    browser: Browser
    fetcher: Fetcher
    attempts: list[Attempt] = field(default_factory=list)

    async def look(self, url: str, *, obey_robots: bool = False, language: str = "en") -> Fetched:
        return await self.browser.fetch(
            Page(url, javascript=True),
            record=self.attempts.append,
            obey_robots=obey_robots,
            language=language,
        )

    async def close(self) -> None:
        async with self.fetcher, self.browser:
            pass

    async def text(self, url: str) -> str:
        return (await self.look(url)).body.decode()


def make_reader(
    *, most_bytes: int = 20_000_000, allow: tuple[str, ...] = ("127.0.0.1",), **changed: Any
) -> Reader:
    """127.0.0.1 may be reached, and there is no delay between two pages."""
    clock = Clock()
    fetcher = Fetcher(
        FetchOptions(allow_hosts=allow, delay=0.0, retries=0),
        now=clock.now,
        sleep=clock.sleep,
        random=random.Random(7),
        version="1.2.3",
    )
    browser = Browser(options(**changed), fetcher, fetcher.parts.ask, most_bytes=most_bytes, now=clock.now)
    return Reader(browser, fetcher)


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def readers() -> AsyncIterator[Callable[..., Reader]]:
    """Makes readers, each with a browser of its own."""
    opened: list[Reader] = []

    def make(**how: Any) -> Reader:
        opened.append(make_reader(**how))
        return opened[-1]

    yield make
    for reader in opened:
        await reader.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared() -> AsyncIterator[Reader]:
    reader = make_reader(allow=("127.0.0.1", "127.0.0.2"))
    yield reader
    await reader.close()


@pytest.fixture
def reader(shared: Reader) -> Reader:
    """The one that most tests of a file have in common, because a browser takes a second to start."""
    shared.attempts.clear()
    return shared

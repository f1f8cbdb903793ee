"""One page, from its first byte until it stands still: shown, unfolded, and written down."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from watcher.browser.chromium import Chromium, broke_off
from watcher.browser.scripts import HTML, OPEN, SIZE
from watcher.browser.traffic import Traffic
from watcher.errors import FetchError, PermanentFetchError, TransientFetchError

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext
    from playwright.async_api import Page as Tab

_POLL = 0.25
_STILL = 2
"""A page is complete when nothing was asked for and nothing grew during so many looks, one every `_POLL` seconds."""
_LOADING = 0.7
"""Share of the time that a page gets for loading; the rest is for opening sections and for writing it down."""
_OPENING = 0.9
_ENDLESS = 8
"""A page that was longer at each of so many looks in a row, up to the last, never comes to an end."""
_MOST_ELEMENTS = 100_000
_MOST_CLICKS = 150
_LONG = 5.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it stands in the browser: the address that its scripts ended at, and its document."""

    url: str
    html: str


async def show(
    chromium: Chromium, traffic: Traffic, url: str, *, language: str, timeout: float, most_bytes: int
) -> Shown:
    """Show the page at `url`, which `traffic` holds, for `timeout` seconds at most.

    A page that never stops loading is taken as it stands when most of that time is over. Raises `FetchError`.
    """
    from playwright.async_api import Error

    context = await chromium.context(language)
    memory = asyncio.create_task(chromium.watch_memory())
    try:
        async with asyncio.timeout(timeout):
            return await _show(context, traffic, url, timeout, most_bytes)
    except (Error, TimeoutError) as error:
        raise _why(error, memory, url) from error
    finally:
        memory.cancel()
        await asyncio.gather(memory, return_exceptions=True)
        await traffic.end()
        try:
            async with asyncio.timeout(_LONG):
                await context.close()
        except (Error, TimeoutError):
            await chromium.stop()


async def _show(
    context: "BrowserContext", traffic: Traffic, url: str, timeout: float, most_bytes: int
) -> Shown:
    from playwright.async_api import Error

    clock = asyncio.get_running_loop().time
    began = clock()
    tab = await context.new_page()
    await context.route("**/*", lambda route: traffic.answer(tab, route))
    crash = asyncio.Event()
    tab.on("crash", lambda _: crash.set())
    context.on("page", _shut)
    with suppress(Error):  # a script may lead on at once, and `traffic` knows what failed
        await tab.goto(url, wait_until="commit", timeout=timeout * 1000)
    await _until_still(tab, traffic, crash, began + _LOADING * timeout)
    if traffic.failure is not None:
        raise traffic.failure
    traffic.settled = True
    closed = await _write_down(tab, most_bytes)
    opened = closed
    with suppress(Error, TimeoutError):
        async with asyncio.timeout_at(began + _OPENING * timeout):
            if await tab.evaluate(OPEN, _MOST_CLICKS):
                await _until_still(tab, traffic, crash, began + _OPENING * timeout)
            opened = await _write_down(tab, most_bytes)
    # A click that led somewhere else was none that opens a section.
    return opened if _place(opened.url) == _place(closed.url) else closed


async def _until_still(tab: "Tab", traffic: Traffic, crash: asyncio.Event, deadline: float) -> None:
    """Return when the page is complete, or at the deadline; raises `FetchError` when it grows beyond all measure."""
    from playwright.async_api import Error

    clock = asyncio.get_running_loop().time
    before, still, grown = (0, 0, 0), 0, 0
    with suppress(TimeoutError):
        async with asyncio.timeout_at(deadline):
            while still < _STILL and traffic.failure is None and clock() < deadline:
                await asyncio.sleep(_POLL)
                try:
                    length, elements = await tab.evaluate(SIZE)
                except Error:
                    if tab.is_closed() or crash.is_set():
                        return
                    still = 0  # on the way to another page
                    continue
                if elements > _MOST_ELEMENTS:
                    raise PermanentFetchError(
                        f"the page grows beyond {_MOST_ELEMENTS:,} elements",
                        where=tab.url,
                        remedy="Look for another address of the document, one that holds nothing else.",
                        reason="too-large",
                    )
                now = (traffic.begun, length, elements)
                still = still + 1 if now == before and not traffic.busy else 0
                grown = grown + 1 if length > before[1] else 0
                before = now
    if grown > _ENDLESS:
        raise TransientFetchError(
            "the page never stops growing",
            where=tab.url,
            remedy="Look for another address of the document, or leave out `javascript` when its text comes without.",
            reason="endless",
        )


async def _write_down(tab: "Tab", most_bytes: int) -> Shown:
    html = await tab.evaluate(HTML, most_bytes)
    if html is None:
        raise PermanentFetchError(
            f"the page as shown is larger than {most_bytes:,} bytes",
            where=tab.url,
            remedy="Raise `max_bytes` in the config if a document can be this long.",
            reason="too-large",
        )
    return Shown(tab.url, f"<!doctype html>\n{html}")


async def _shut(window: "Tab") -> None:
    from playwright.async_api import Error

    with suppress(Error):
        await window.close()


def _place(url: str) -> str:
    return urldefrag(url).url


def _why(error: Exception, memory: "asyncio.Task[None]", url: str) -> FetchError:
    if memory.done() and not memory.cancelled() and memory.exception() is None:
        return PermanentFetchError(
            "the page takes more memory than a page may",
            where=url,
            remedy="Raise `browser.memory` in the config, or leave out `javascript` for this document.",
            reason="memory",
        )
    if isinstance(error, TimeoutError):
        return TransientFetchError(
            "the page keeps the browser busy and cannot be read",
            where=url,
            remedy="Raise `browser.timeout` in the config if the page is merely slow.",
            reason="timeout",
        )
    return broke_off(error)

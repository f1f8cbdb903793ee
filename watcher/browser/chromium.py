"""The browser process: started when first needed, kept for the pages after, ended when it takes too much."""

import asyncio
import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.browser.presence import executable, missing
from watcher.errors import PermanentFetchError, TransientFetchError
from watcher.model.options import BrowserOptions

if TYPE_CHECKING:
    from playwright.async_api import Browser as Process
    from playwright.async_api import BrowserContext, CDPSession, Playwright

_NOWHERE = "http://proxy.invalid:9"
_FLAGS = (
    # No name resolves and no address is reached, not even that of the proxy.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    # WebRTC sends UDP past a proxy unless told; the name of the flag changed.
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-gpu",
)
_ENVIRONMENT = ("HOME", "LANG", "PATH", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR")
_PAGES = 100
"""A browser shows so many pages at most; then a new one is started, so that nothing piles up in a daemon."""
_LONG = 5.0


class Chromium:
    """One process for all pages, one after the other."""

    def __init__(self, options: BrowserOptions) -> None:
        self._options = options
        self._driver: Playwright | None = None
        self._process: Process | None = None
        self._monitor: CDPSession | None = None
        self._pages = 0
        self.starts = 0

    @property
    def version(self) -> str:
        """Of the running browser, such as "131.0.6778.85"."""
        return self._process.version if self._process else ""

    async def context(self, language: str) -> "BrowserContext":
        """A fresh profile without cookies, for one page; raises `FetchError` when there is no browser to be had."""
        from playwright.async_api import Error

        if self._pages >= _PAGES:
            await self.stop()
        process = await self._running()
        self._pages += 1
        try:
            return await process.new_context(
                accept_downloads=False,
                service_workers="block",
                locale=None if language in ("", "und") else language,
                timezone_id="UTC",
                reduced_motion="reduce",
            )
        except Error as error:
            await self.stop()
            raise broke_off(error) from error

    async def processes(self) -> dict[int, str]:
        """The ids of its processes and what they are: browser, renderer, GPU ..."""
        if self._monitor is None:
            return {}
        told = await self._monitor.send("SystemInfo.getProcessInfo")
        return {int(one["id"]): str(one["type"]) for one in told["processInfo"]}

    async def watch_memory(self) -> None:
        """Return when a process took more memory than it may, after ending it; the page in it crashes."""
        while True:
            for number, kind in (await self.processes()).items():
                if kind != "browser" and _resident(number) > self._options.memory:
                    with suppress(ProcessLookupError):
                        os.kill(number, signal.SIGKILL)
                    return
            await asyncio.sleep(0.2)

    async def stop(self) -> None:
        """End the browser, by force if it does not go by itself."""
        process, driver = self._process, self._driver
        if driver is None:
            return
        from playwright.async_api import Error

        self._process = self._driver = self._monitor = None
        self._pages = 0
        with suppress(Error, TimeoutError):
            if process is not None:
                async with asyncio.timeout(_LONG):
                    await process.close()
        with suppress(Error):
            await driver.stop()  # takes the process along

    async def _running(self) -> "Process":
        from playwright.async_api import Error

        if self._process is not None and self._process.is_connected():
            return self._process
        await self.stop()
        path = executable(self._options)
        try:
            if path is None:
                raise FileNotFoundError(missing(self._options))
            return await self._start(path)
        except (Error, OSError) as error:
            await self.stop()
            raise PermanentFetchError(
                f"the browser does not start: {_gist(error)}",
                where=path or "",
                remedy="See `browser` in docs/configuration.md. As root, and in most containers, Chromium needs "
                "`browser.sandbox: false`.",
                reason="browser",
            ) from error

    async def _start(self, path: str) -> "Process":
        from playwright.async_api import async_playwright

        self._driver = await async_playwright().start()
        self._process = await self._driver.chromium.launch(
            executable_path=path,
            chromium_sandbox=self._options.sandbox,
            proxy={"server": _NOWHERE},
            args=[*_FLAGS, f"--js-flags=--max-old-space-size={self._options.memory // 2}"],
            env={name: value for name in _ENVIRONMENT if (value := os.environ.get(name))},
            # The watcher decides when to stop, and lets the document that is being checked finish.
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        self._monitor = await self._process.new_browser_cdp_session()
        self.starts += 1
        return self._process


def broke_off(error: Exception) -> TransientFetchError:
    """What Playwright raises when the browser, or the process that holds the page, is gone."""
    return TransientFetchError(
        f"the browser broke off: {_gist(error)}",
        remedy="Nothing to do unless it lasts: it is tried again.",
        reason="browser",
    )


def _resident(number: int) -> float:
    """Megabytes of memory that a process holds (proc(5)); 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{number}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _gist(error: Exception) -> str:
    """The line of Playwright's long message that tells something: what the browser said last, else the first."""
    lines = [line.strip(" -") for line in str(error).splitlines() if line.strip()]
    said = [line.partition("ERROR:")[2] for line in lines if "ERROR:" in line]
    return (said or lines[:1] or [type(error).__name__])[-1]

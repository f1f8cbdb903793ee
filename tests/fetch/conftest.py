"""A scriptable HTTP/1.1 server on loopback, and a clock that moves only when somebody sleeps."""

import asyncio
import random
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from watcher.fetch import Fetcher
from watcher.model.fetched import Attempt, Fetched
from watcher.model.options import FetchOptions
from watcher.model.source import Page


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


@dataclass
class Reply:
    """What the server does: `hang` waits until the site is released, `drop_after` closes after so many body bytes,
    `reset_after` resets the connection."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    chunked: bool = False
    hang: bool = False
    hang_in_body: bool = False
    drop_after: int | None = None
    reset_after: int | None = None
    raw: bytes | None = None


Answer = Reply | Callable[[Request], Reply]


class Site:
    """Answers each path with its replies in turn, the last one again and again; an unknown path is a 404."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.released = asyncio.Event()
        self.arrived = asyncio.Condition()
        self.running = 0
        self.most_running = 0
        self.connections = 0
        self._answers: dict[str, list[Answer]] = {}
        self._writers: set[asyncio.StreamWriter] = set()
        self.origin = ""

    def on(self, path: str, *answers: Answer) -> str:
        self._answers[path] = list(answers)
        return self.origin + path

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def until(self, requests: int) -> None:
        async with self.arrived:
            await self.arrived.wait_for(lambda: len(self.requests) >= requests)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        try:
            while await self._exchange(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[:-2]
        headers = {line.split(": ", 1)[0].lower(): line.split(": ", 1)[1] for line in lines}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        request = Request(first.split(" ")[1], headers, first.split(" ")[0], body)
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            async with self.arrived:
                self.requests.append(request)
                self.arrived.notify_all()
            return await self._answer(self._next(request), writer)
        finally:
            self.running -= 1

    def _next(self, request: Request) -> Reply:
        answers = self._answers.get(request.path, [Reply(404)])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return answer if isinstance(answer, Reply) else answer(request)

    async def _answer(self, reply: Reply, writer: asyncio.StreamWriter) -> bool:
        if reply.hang:
            await self.released.wait()
        if reply.raw is not None:
            writer.write(reply.raw)
            await writer.drain()
            return False
        headers = dict(reply.headers)
        bodiless = reply.status in (204, 304)
        if reply.chunked:
            headers["Transfer-Encoding"] = "chunked"
        elif not bodiless:
            headers.setdefault("Content-Length", str(len(reply.body)))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {reply.status} Whatever\r\n{head}\r\n".encode("latin-1"))
        if reply.hang_in_body:
            writer.write(reply.body[:1])
            await writer.drain()
            await self.released.wait()
        if reply.reset_after is not None:
            writer.write(reply.body[: reply.reset_after])
            await writer.drain()
            linger_not = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_not)
            writer.transport.abort()
            return False
        if reply.drop_after is not None:
            writer.write(reply.body[: reply.drop_after])
            await writer.drain()
            return False
        if reply.chunked:
            for start in range(0, len(reply.body), 1000):
                piece = reply.body[start : start + 1000]
                writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            writer.write(b"0\r\n\r\n")
        elif not bodiless:
            writer.write(reply.body)
        await writer.drain()
        return True

    def hang_up(self) -> None:
        self.released.set()
        for writer in self._writers:
            writer.close()


@asynccontextmanager
async def serving(host: str = "127.0.0.1", **tls: Any) -> AsyncIterator[Site]:
    site = Site()
    server = await asyncio.start_server(site.serve, host, 0, **tls)
    scheme = "https" if tls else "http"
    site.origin = f"{scheme}://{host}:{server.sockets[0].getsockname()[1]}"
    try:
        yield site
    finally:
        site.hang_up()
        server.close()
        await server.wait_closed()


class Clock:
    """Starts on a Tuesday morning; sleeping moves it at once and is written down."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.time += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class Visitor:
    """A fetcher with its clock and the attempts that it recorded."""

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self.fetcher = fetcher
        self.clock = clock
        self.attempts: list[Attempt] = []

    async def fetch(self, url: str, *, obey_robots: bool = False, **how: Any) -> Fetched:
        return await self.fetcher.fetch(
            Page(url), record=self.attempts.append, obey_robots=obey_robots, **how
        )


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def visitors(clock: Clock) -> AsyncIterator[Callable[..., Awaitable[Visitor]]]:
    """Makes fetchers with options; loopback is allowed and there is no delay unless a test says otherwise."""
    opened: list[Fetcher] = []

    async def make(**options: Any) -> Visitor:
        usual: dict[str, Any] = {"allow_hosts": ("127.0.0.1", "127.0.0.2"), "delay": 0.0, "retries": 0}
        fetcher = Fetcher(
            FetchOptions(**(usual | options)),
            now=clock.now,
            sleep=clock.sleep,
            random=random.Random(7),
            version="1.2.3",
        )
        opened.append(await fetcher.__aenter__())
        return Visitor(fetcher, clock)

    yield make
    for fetcher in opened:
        await fetcher.__aexit__(None, None, None)


@pytest.fixture
async def visitor(visitors: Callable[..., Awaitable[Visitor]]) -> Visitor:
    return await visitors()

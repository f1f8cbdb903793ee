"""Connects only to addresses that the guard has seen.

The guard must judge the very address that the socket goes to: a check of the name beforehand is void when the name
resolves to something else a moment later (DNS rebinding). httpcore lets the network backend be replaced, which is that
place: host names, TLS names and connection pooling stay as they are above it. httpx's own transport offers no way to
hand such a backend in other than setting a private attribute, and a guard must not vanish silently when a private
attribute is renamed; so this transport joins httpx and httpcore by their public interfaces.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable, Sequence

import httpcore
import httpx

from watcher.fetch.addresses import AddressGuard

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host in the order of RFC 6724; raises `socket.gaierror` when it has none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} cannot be a host name") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name once, shows the addresses to the guard, and connects to one that passed."""

    def __init__(self, guard: AddressGuard, resolve: Resolve = resolve) -> None:
        self._guard = guard
        self._resolve = resolve
        self._tcp = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Tries the addresses in turn; each gets an equal part of the time that is left of `timeout` seconds."""
        clock = asyncio.get_running_loop().time
        deadline = None if timeout is None else clock() + timeout
        try:
            async with asyncio.timeout_at(deadline):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} was not resolved in time") from error
        addresses = self._guard.passing(host, port, found)
        for left in range(len(addresses), 0, -1):
            share = None if deadline is None else max(0.0, deadline - clock()) / left
            try:
                return await self._tcp.connect_tcp(
                    addresses[-left], port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if left == 1:
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    async def sleep(self, seconds: float) -> None:
        """Part of httpcore's interface."""
        await self._tcp.sleep(seconds)


class GuardedTransport(httpx.AsyncBaseTransport):
    """An httpx transport over a guarded pool. Errors come as httpcore raises them; `watcher.fetch.problems` reads them.

    There is no proxy: a proxy would resolve the names, and the guard would see nothing but the proxy.
    """

    def __init__(self, guard: AddressGuard, tls: ssl.SSLContext, *, keepalive: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=None,
            max_keepalive_connections=keepalive,
            keepalive_expiry=5.0,
            http2=True,
            network_backend=GuardedBackend(guard),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body of the answer is still to be read."""
        assert isinstance(request.stream, AsyncIterable)
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        assert isinstance(answer.stream, AsyncIterable)
        self._answer = answer
        self._stream = answer.stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()

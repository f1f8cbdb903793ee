"""The server process."""

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.types import ASGIApp

from watcher.errors import UsageError

if TYPE_CHECKING:
    from uvicorn import Server

# A page that is kept is answered in a millisecond or two, in several threads one after the other; each of them would
# wait Python's 5 ms for a thread that makes a page to let go.
_TURN = 0.001


def listen(app: ASGIApp, host: str, port: int, *, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve until SIGTERM or Ctrl-C, requests under way finished; `ready` is told the address once it listens.

    Behind a proxy on this machine the reader's address and scheme come from its X-Forwarded headers. Raises
    `UsageError` when the address cannot be had.
    """
    import uvicorn

    try:
        bound = opened(host, port)
    except OSError as error:
        raise UsageError(
            f"the server cannot listen there: {error.strerror or error}",
            where=f"{host}:{port}",
            remedy="Choose another --port, or stop what listens on it.",
        ) from error
    taken = bound.getsockname()[1]
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    sys.setswitchinterval(_TURN)
    with bound, _ended_by_signals(server):
        # Told only now: whoever hears it may end the server at once.
        ready(f"http://{f'[{host}]' if ':' in host else host}:{taken}/")
        server.run(sockets=[bound])


def opened(host: str, port: int) -> socket.socket:
    """A socket that listens; raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.create_server((host, port), family=family, backlog=256)
    # Connections inherit it. asyncio sets it itself, but only on sockets that name their protocol, which this one does
    # not; without it the body of an answer waits 40 ms for the reader's system to acknowledge the head.
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return bound


@contextmanager
def _ended_by_signals(server: "Server") -> Iterator[None]:
    """SIGTERM and Ctrl-C end the server and nothing else.

    uvicorn raises the signal that ended it once more when it is done, which would end the process before anything
    around the server is closed.
    """

    def end(_number: int, _frame: object) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

"""Serves a folder on loopback: nginx where it is installed, else a small server of our own. Both send ETags."""

import asyncio
import contextlib
import email.utils
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_NGINX = """
{user} worker_processes 1; daemon off; pid {state}/pid; error_log {state}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off; etag on; default_type text/html; charset utf-8; keepalive_requests 10000;
  client_body_temp_path {state}/1; proxy_temp_path {state}/2; fastcgi_temp_path {state}/3; uwsgi_temp_path {state}/4;
  scgi_temp_path {state}/5;
  server {{ listen 127.0.0.1:{port}; root {root}; location / {{ }} }}
}}
"""


@contextlib.contextmanager
def serving(root: Path, state: Path) -> Iterator[tuple[str, str]]:
    """Serve `root` for as long as the context lasts; gives the origin and what serves. `state` holds its own files.

    A page is `/name` for the file `root/name`; its ETag comes from its size and time, as nginx makes it.
    """
    port = _free_port()
    state.mkdir(parents=True, exist_ok=True)
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx:
        config = state / "nginx.conf"
        # Started by root, nginx would give its worker to a user who may not read our folders.
        user = "user root;" if os.geteuid() == 0 else ""
        config.write_text(_NGINX.format(user=user, state=state, port=port, root=root))
        command, name = [nginx, "-p", str(state), "-e", str(state / "error.log"), "-c", str(config)], "nginx"
    else:
        command, name = [sys.executable, __file__, str(root), str(port)], "asyncio"
    server = subprocess.Popen(command)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}", name
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise SystemExit(f"the server on loopback ended with status {server.returncode}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise SystemExit("the server on loopback did not begin to listen")


async def _answer(root: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = root / head.split(" ", 2)[1].lstrip("/")
            if not path.is_file():
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                continue
            facts = path.stat()
            tag = f'"{int(facts.st_mtime):x}-{facts.st_size:x}"'
            fields = (
                f"ETag: {tag}\r\nLast-Modified: {email.utils.formatdate(facts.st_mtime, usegmt=True)}\r\n"
            )
            asked = [
                line.split(":", 1)[1].strip()
                for line in head.splitlines()
                if line.lower().startswith("if-none-match:")
            ]
            if tag in asked:
                writer.write(f"HTTP/1.1 304 Not Modified\r\n{fields}\r\n".encode())
            else:
                body = path.read_bytes()
                kind = "Content-Type: text/html; charset=utf-8\r\n"
                writer.write(
                    f"HTTP/1.1 200 OK\r\n{kind}{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body
                )
            await writer.drain()
    writer.close()


async def _serve(root: Path, port: int) -> None:
    server = await asyncio.start_server(lambda r, w: _answer(root, r, w), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))

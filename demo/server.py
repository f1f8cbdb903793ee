"""A web server on loopback that shows the platforms as they stood on the day being played."""

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from secrets import token_urlsafe
from typing import Any

from demo.platforms import Platform

_MENU = ("Landscapes", "People", "Cities", "Animals", "Archives", "Sport", "Night", "Sea")


class Web:
    """All platforms on one host, with the robots.txt of one of them.

    Set `day` (from 0) to turn the page; `sent` keeps a digest of each page sent.
    """

    def __init__(self, platforms: Sequence[Platform]) -> None:
        self.day = 0
        self.origin = ""
        self.sent: dict[str, list[str]] = defaultdict(list)
        self._platforms = {platform.path: platform for platform in platforms}
        self._served = count(1)

    def answer(self, path: str, known: str | None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a path, or 304 when the visitor still has the page `known` by its ETag."""
        if path not in self._platforms:
            return 404, {"Content-Type": "text/plain"}, b"no such page\n"
        platform = self._platforms[path]
        page = platform.file(self.day).read_text("utf-8")
        headers = {"Content-Type": platform.media}
        if "[[nonce]]" in page:
            page = _different_each_time(page, next(self._served))
        body = page.encode()
        digest = hashlib.sha256(body).hexdigest()
        self.sent[path].append(digest)
        if platform.shows[self.day].endswith("-503"):
            return 503, headers, body
        headers["ETag"] = f'"{digest[:20]}"'
        return (304, headers, b"") if known == headers["ETag"] else (200, headers, body)


def _different_each_time(page: str, number: int) -> str:
    start = number % len(_MENU)
    entries = (*_MENU[start:], *_MENU[:start])[:5]
    menu = "\n".join(f'        <li><a href="/{entry.lower()}">{entry}</a></li>' for entry in entries)
    page = page.replace("[[menu]]", menu).replace("[[count]]", str(1200 + 37 * number))
    return page.replace("[[nonce]]", token_urlsafe(12))


@contextmanager
def serving(platforms: Sequence[Platform]) -> Iterator[Web]:
    """The server, on a free port of 127.0.0.1, for as long as the context lasts; `origin` is its address."""
    web = Web(platforms)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = web.answer(self.path, self.headers.get("If-None-Match"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Requests are no news."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 64  # every platform is asked for at once

    with Server(("127.0.0.1", 0), Handler) as server:
        web.origin = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()

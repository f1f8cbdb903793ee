"""Reading from any web page (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol): there is nothing secret here."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READING = b"GET, HEAD, OPTIONS"
_EVERY = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Content-Disposition, ETag, Last-Modified, Link, Retry-After"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
_PREFLIGHT = [
    (b"allow", _READING),
    (b"access-control-allow-methods", _READING),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
]


class Opened:
    """ASGI middleware that lets every web page read, without credentials, and answers OPTIONS.

    The headers stand in every answer, asked for by a web page or not: a cache may give one's answer to another.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_EVERY]
            await send(message)

        if scope["type"] == "http" and scope["method"] == "OPTIONS":
            await opened({"type": "http.response.start", "status": 204, "headers": [*_PREFLIGHT]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, opened)

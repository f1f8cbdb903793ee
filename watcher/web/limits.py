"""How much a request may bring along."""

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The longest form, with every platform ticked and the longest note, has a tenth of it.
MOST = 64 * 1024


class BodyLimit:
    """ASGI middleware: a body of more than `most` bytes ends in 413, whether or not its length was announced."""

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > self._most:
                # Raised where the handler waits for the body, so that the reader gets a page like any other.
                raise HTTPException(413, headers={"Connection": "close"})
            return message

        await self._app(scope, counted, send)

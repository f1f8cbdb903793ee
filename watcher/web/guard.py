"""What every answer carries so that a browser does nothing for anybody but the reader."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No script but the site's own file, nothing from elsewhere, forms to the site only, never inside another page's frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), interest-cohort=(), microphone=()",
    # Signed links would otherwise travel on to every page that a reader opens from here.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """ASGI middleware that adds these headers to every answer, also to the ones that report a failure.

    An answer that sets one of them itself keeps its own; `secure` adds Strict-Transport-Security (RFC 6797). A mistake
    of the program that was answered ends here.
    """

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self._app = app
        headers = HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if secure else {})
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(header for header in self._headers if header[0] not in own),
                ]
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception:
            # Told and answered already (see `failures`); the server would log it anew, with all that it quotes.
            if not begun:
                raise

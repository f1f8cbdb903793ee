"""Failures in words, on a page like any other; a reader never sees a traceback."""

import math
import traceback
from pathlib import Path

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from watcher.errors import LinkError, TooOftenError
from watcher.site import language_of
from watcher.voice import Voice
from watcher.voice.msg import msg
from watcher.web.context import Site, preferred
from watcher.web.forms import show
from watcher.web.known import UnknownValueError, said

log = structlog.get_logger()

_WORDS: dict[int, tuple[str, str]] = {
    400: (
        msg("This cannot be done as asked"),
        msg("Something in the address or the form is not as it should be."),
    ),
    404: (msg("There is no such page"), msg("The address may be mistyped, or the page was never there.")),
    405: (msg("This cannot be done here"), msg("The page exists, but not for what was asked of it.")),
    413: (msg("This is too long"), msg("The server takes short forms only.")),
    429: (msg("Too many requests"), msg("Please wait a little and try again.")),
    500: (msg("Something went wrong here"), msg("It is our mistake, and nothing recorded is lost.")),
    503: (msg("We cannot answer at the moment"), msg("Please try again in a few minutes.")),
}


def register(app: FastAPI) -> None:
    """Answer every kind of failure with a page."""

    async def refused(request: Request, error: Exception) -> HTMLResponse:
        if isinstance(error, HTTPException):
            return page(request, error.status_code, dict(error.headers or {}))
        mistakes = error.errors() if isinstance(error, RequestValidationError) else []
        # An address that cannot be one of ours is not there, whatever its form.
        return page(request, 404 if any(one["loc"][0] == "path" for one in mistakes) else 400)

    async def value(request: Request, error: Exception) -> HTMLResponse:
        values = error.values if isinstance(error, UnknownValueError) else {}
        return page(request, 400, sentence=" ".join(said(_voice(request), values).values()))

    async def link(request: Request, error: Exception) -> HTMLResponse:
        site: Site = request.app.state.site
        expired = isinstance(error, LinkError) and error.expired
        return show(site, request, "bad-link.html", 410 if expired else 400, expired=expired)

    async def too_often(request: Request, error: Exception) -> HTMLResponse:
        site: Site = request.app.state.site
        seconds = math.ceil(error.after.total_seconds()) if isinstance(error, TooOftenError) else 60
        limit = error.limit if isinstance(error, TooOftenError) else "network"
        answer = show(site, request, "too-often.html", 429, minutes=math.ceil(seconds / 60), limit=limit)
        # RFC 9110, section 10.2.3
        answer.headers["Retry-After"] = str(seconds)
        return answer

    async def broken(request: Request, error: Exception) -> HTMLResponse:
        log_mistake(request, error)
        return page(request, 500)

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, refused)
    app.add_exception_handler(UnknownValueError, value)
    app.add_exception_handler(LinkError, link)
    app.add_exception_handler(TooOftenError, too_often)
    app.add_exception_handler(Exception, broken)


def log_mistake(request: Request, error: Exception) -> None:
    """Write down where the program failed.

    Neither the address asked for nor the error's own words: both may hold a signed link or a mail address.
    """
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    log.error(
        "a request failed by a mistake of the program",
        route=getattr(request.scope.get("route"), "path", ""),
        kind=type(error).__name__,
        where=[f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
    )


def words(status: int) -> tuple[str, str]:
    """What is said of a failure in English: its name and a sentence."""
    return _WORDS.get(status, _WORDS[400 if status < 500 else 500])


def page(
    request: Request, status: int, headers: dict[str, str] | None = None, *, sentence: str = ""
) -> HTMLResponse:
    """The page that tells of a failure, in the language of the address, else the one that the browser prefers.

    `sentence` says more about it than its status does, in that language.
    """
    site: Site = request.app.state.site
    path, voice = language_of(request.url.path.lstrip("/"))[1], _voice(request)
    title, usual = words(status)
    html = site.frame.render(
        path,
        voice.language,
        "failure.html",
        title=voice.text(title),
        sentence=sentence or voice.text(usual),
        status=status,
    )
    return HTMLResponse(html, status_code=status, headers=headers)


def _voice(request: Request) -> Voice:
    language = language_of(request.url.path.lstrip("/"))[0]
    return Voice.of(preferred(request) if language == language_of("")[0] else language)

"""Failures as problem details (RFC 9457): what happened, where, and what to do."""

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from watcher.errors import CostlyError
from watcher.voice import Voice
from watcher.web.api.links import Links
from watcher.web.api.shapes import Mistake, Problem
from watcher.web.context import Site
from watcher.web.failures import log_mistake, words
from watcher.web.known import UnknownValueError, said

MEDIA = "application/problem+json"
KINDS = {400: "wrong-parameter", 404: "not-found", 405: "not-allowed", 500: "broken", 503: "busy"}
"""What failures are called, by status; `type` leads to the place on the API's page that explains it."""

_SAID = {
    404: "Nothing is kept under this address. Follow the `url` of what lists name, or begin at the API's root.",
    405: "The API is for reading: GET, HEAD and OPTIONS.",
}


class ParameterError(Exception):
    """Parameters that mean nothing, or are not known; names and what is wrong with each."""

    def __init__(self, *mistakes: tuple[str, str]) -> None:
        self.mistakes = mistakes
        super().__init__(str(self.mistakes))


def register(app: FastAPI) -> None:
    """Answer every kind of failure below the API's root with a problem."""

    async def refused(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, HTTPException):
            return problem(request, error.status_code, headers=dict(error.headers or {}))
        return problem(request, 500)

    async def wrong(request: Request, error: Exception) -> JSONResponse:
        mistakes = error.errors() if isinstance(error, RequestValidationError) else []
        # An address that cannot be one of ours is not there, whatever its form.
        if any(one["loc"][0] == "path" for one in mistakes):
            return problem(request, 404)
        return problem(request, 400, errors=[(str(one["loc"][1]), _words(one)) for one in mistakes])

    async def parameter(request: Request, error: Exception) -> JSONResponse:
        return problem(request, 400, errors=error.mistakes if isinstance(error, ParameterError) else ())

    async def value(request: Request, error: Exception) -> JSONResponse:
        values = error.values if isinstance(error, UnknownValueError) else {}
        return problem(request, 400, errors=list(said(Voice.of("en"), values).items()))

    async def costly(request: Request, error: Exception) -> JSONResponse:
        said = f"{error.what}. {error.remedy}" if isinstance(error, CostlyError) else ""
        return problem(request, 503, said[:1].upper() + said[1:], headers={"Retry-After": "5"})

    async def broken(request: Request, error: Exception) -> JSONResponse:
        log_mistake(request, error)
        return problem(request, 500)

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, wrong)
    app.add_exception_handler(ParameterError, parameter)
    app.add_exception_handler(UnknownValueError, value)
    app.add_exception_handler(CostlyError, costly)
    app.add_exception_handler(Exception, broken)


def _words(mistake: dict[str, Any]) -> str:
    """What pydantic found, as a sentence."""
    if mistake["type"] == "missing":
        return "It is needed."
    said = str(mistake["msg"]).removeprefix("Value error, ")
    return f"{said[:1].upper()}{said[1:]}."


def problem(
    request: Request,
    status: int,
    detail: str = "",
    *,
    errors: tuple[tuple[str, str], ...] | list[tuple[str, str]] = (),
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """The answer that tells of a failure, in the words of the pages that do."""
    site: Site = request.app.state.site
    title, sentence = words(status)
    kind = KINDS.get(status)
    whole = Problem(
        type=f"{Links(site.frame).page('api')}#{kind}" if kind else "about:blank",
        title=title,
        status=status,
        detail=detail or " ".join(f"{name}: {said}" for name, said in errors) or _SAID.get(status, sentence),
        instance=quote(request.url.path),
        errors=[Mistake(parameter=name[:200], detail=said) for name, said in errors],
    )
    return JSONResponse(whole.model_dump(mode="json"), status, headers=headers, media_type=MEDIA)

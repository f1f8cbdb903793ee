"""Answers that a client may keep and ask for again (RFC 9110, sections 8.8 and 13)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response


def conditional(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    modified: datetime | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """The body with its validators, or 304 when the client has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    given = {"ETag": tag, "Cache-Control": "public, max-age=60"} | (headers or {})
    if modified is not None:
        given["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    if _known(request, tag, modified):
        return Response(status_code=304, headers=given)
    return Response(body, media_type=media_type, headers=given)


def _known(request: Request, tag: str, modified: datetime | None) -> bool:
    """If-None-Match decides alone where it is given; If-Modified-Since is for clients that know no tags."""
    asked = request.headers.get("if-none-match")
    if asked is not None:
        tags = [one.strip().removeprefix("W/") for one in asked.split(",")]
        return "*" in tags or tag in tags
    since = request.headers.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        known = parsedate_to_datetime(since)
    except ValueError:
        return False
    if known.tzinfo is None:
        known = known.replace(tzinfo=UTC)
    return modified.replace(microsecond=0) <= known

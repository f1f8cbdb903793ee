"""Answers that a browser may keep and ask about: entity tags, 304, gzip."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from fastapi import Request, Response

from watcher.web.kept import Kept

HTML = "text/html; charset=utf-8"


def answer(
    request: Request,
    kept: Kept,
    media: str = HTML,
    headers: dict[str, str] | None = None,
    *,
    modified: datetime | None = None,
) -> Response:
    """The page, or 304 when the browser has it (RFC 9110, section 13); packed when it takes gzip.

    A browser may keep it, but asks each time whether it still holds. `modified` is for clients that know no entity
    tags, as some feed readers.
    """
    sent = {"ETag": kept.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", **(headers or {})}
    if modified is not None:
        sent["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
    if known(request, kept.etag, modified):
        return Response(status_code=304, headers=sent)
    packs = kept.packed and takes_gzip(request)
    if packs:
        sent["Content-Encoding"] = "gzip"
    return Response(kept.packed if packs else kept.body, media_type=media, headers=sent)


def known(request: Request, etag: str, modified: datetime | None) -> bool:
    """Whether the client has it: If-None-Match decides alone where it is given, If-Modified-Since otherwise."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return any(
            one.strip().removeprefix("W/") in (etag.removeprefix("W/"), "*") for one in tags.split(",")
        )
    since = request.headers.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        known = parsedate_to_datetime(since)
    except ValueError:
        return False
    return modified.replace(microsecond=0) <= (known if known.tzinfo else known.replace(tzinfo=UTC))


def takes_gzip(request: Request) -> bool:
    """Whether gzip is accepted (RFC 9110, section 12.5.3); a weight of 0 means that it is not."""
    for part in request.headers.get("accept-encoding", "").split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return weight.strip().replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False

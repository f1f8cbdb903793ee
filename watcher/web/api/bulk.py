"""Everything in one file, written while it is read: bounded memory, however much there is."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Annotated, Any, Literal

from fastapi import Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from watcher.site import as_cell
from watcher.web.answering import known
from watcher.web.api.replies import Api, tag
from watcher.web.api.shapes import Change, Finding, StandingFinding

Format = Annotated[Literal["csv", "jsonl"], Path(description="CSV (RFC 4180) or JSON Lines (jsonlines.org)")]
MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
FILE: dict[str, Any] = {
    "description": "A file to keep, dated in its name",
    "content": {media.partition(";")[0]: {"schema": {"type": "string"}} for media in MEDIA.values()},
}
_PART = 200

_DOCUMENT = ("document.id", "document.service", "document.name")
_READ = (
    "actor", "polarity", "conditions", "objects", "purposes", "recipients", "certainty", "clause", "context",
)  # fmt: skip
_FINDING = (
    "id", *_DOCUMENT, "version.number", "seen_at", "current", "category", "severity", "quote", "language",
    "rule", "pack", *_READ, "version.text", "page", "url",
)  # fmt: skip
COLUMNS: dict[type[BaseModel], tuple[str, ...]] = {
    Finding: _FINDING,
    StandingFinding: (*_FINDING[:6], "since", "first_seen", "category_since", *_FINDING[6:]),
    Change: (
        "id", "event", *_DOCUMENT, "seen_at", "updated_at", "category", "change", "matters", "severity", "tone",
        "headline", "quote", "previous", "language", "rule", "pack", "reasons", "old.number", "old.text",
        "new.number", "new.text", "page", "evidence", "url",
    ),
}  # fmt: skip
"""The columns of CSV, by what a line tells: the fields of the JSON, a dot before one of an object within."""


def download(
    request: Request, api: Api, kind: str, name: str, shape: type[BaseModel], items: Iterable[BaseModel]
) -> Response:
    """All items as a file, unless the client has it. The first of them are made before the answer begins.

    So that what cannot be done is told as a problem; later, the connection is broken off, which every client notices.
    """
    etag = tag(request, api, api.store.library.state(lasting=True))
    day = api.site.now().date().isoformat()
    headers = {
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}-{day}.{kind}"',
    }
    if known(request, etag, None):
        return Response(status_code=304, headers=headers)
    parts = csv_parts(shape, items) if kind == "csv" else json_parts(items)
    first = list(islice(parts, 2))
    body = iter(()) if request.method == "HEAD" else chain(first, parts)
    return StreamingResponse(body, media_type=MEDIA[kind], headers=headers)


def json_parts(items: Iterable[BaseModel]) -> Iterator[bytes]:
    """One item a line, some lines at a time."""
    for some in _parts(items):
        yield "".join(f"{one.model_dump_json()}\n" for one in some).encode()


def csv_parts(shape: type[BaseModel], items: Iterable[BaseModel]) -> Iterator[bytes]:
    """A line of names, then one item a line; lists are joined by blanks."""
    columns = COLUMNS[shape]
    yield _lines([columns])
    for some in _parts(items):
        yield _lines([_row(one, columns) for one in some])


def _parts(items: Iterable[BaseModel]) -> Iterator[list[BaseModel]]:
    rest = iter(items)
    while some := list(islice(rest, _PART)):
        yield some


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([as_cell(one) for one in row] for row in rows)
    return out.getvalue().encode()


def _row(one: BaseModel, columns: tuple[str, ...]) -> Iterator[str]:
    whole = one.model_dump(mode="json")
    for column in columns:
        value: Any = whole
        for name in column.split("."):
            value = value[name]
        yield _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)

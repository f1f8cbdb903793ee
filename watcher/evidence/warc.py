"""Raw pages as a WARC file (ISO 28500:2017, https://iipc.github.io/warc-specifications/), written with warcio.

Bodies are kept after content decoding, so headers that speak of the coding on the wire are renamed, as web archives do;
nothing else of an answer is changed. Record ids are name-based, so the same pages give the same bytes.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any
from uuid import UUID, uuid5

from watcher.evidence.case import Case, SourcePage
from watcher.model.fetched import RENDERED, Answer

_NAMESPACE = UUID("0b9a1f5e-6d38-5f60-8f0a-2f3c35e7f0a1")
_VERSION = "1.1"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# What described the bytes on the wire and does not describe the decoded ones.
_WIRE = ("content-encoding", "content-length", "transfer-encoding")


def warc(case: Case) -> bytes:
    """All pages of both versions; one that both share stands there once."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version=_VERSION)
    writer.write_record(_info(writer, StatusAndHeaders, case))
    written: set[str] = set()
    for page in (page for side in case.sides for page in side.pages):
        name = f"{page.page.url} {page.page.sha256} {_had(page).isoformat()}"
        if name not in written:
            for record in _records(writer, StatusAndHeaders, page, name):
                writer.write_record(record)
        if page.answer is not None and page.unmodified is not None:
            record = _revisit(writer, StatusAndHeaders, page, page.answer, page.unmodified, name)
            writer.write_record(record)
        written.add(name)
    return out.getvalue()


def _had(page: SourcePage) -> datetime:
    """When the bytes came."""
    return page.answer.at if page.answer else page.page.fetched_at


def _info(writer: Any, lines: Any, case: Case) -> Any:
    fields = {
        "software": "Terms Watcher, warcio",
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": case.site,
        "description": f"{case.event.document.title}: the raw pages of versions {case.event.old} and {case.event.new}",
    }
    body = "".join(f"{name}: {_line(value)}\r\n" for name, value in fields.items()).encode()
    headers = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _id(f"info {case.event.id}")),
        ("WARC-Date", _date(case.event.seen_at)),
    ]
    return writer.create_warc_record(
        "",
        "warcinfo",
        warc_headers=lines("", headers, protocol=f"WARC/{_VERSION}"),
        payload=BytesIO(body),
        length=len(body),
    )


def _records(writer: Any, lines: Any, page: SourcePage, name: str) -> Iterator[Any]:
    answer = page.answer
    rendered = answer is not None and any(header == RENDERED for header, _ in answer.headers)
    if answer is None or rendered or page.page.saved_by_person:
        yield _resource(writer, page, answer, name)
    else:
        yield _response(writer, lines, page, answer, name)
    if facts := _facts(page, answer):
        yield _metadata(writer, page, facts, name)


def _response(writer: Any, lines: Any, page: SourcePage, answer: Answer, name: str) -> Any:
    headers = [(_wire(header), _line(value)) for header, value in answer.headers]
    headers.append(("Content-Length", str(len(page.body))))
    return writer.create_warc_record(
        answer.final_url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=lines(_status(answer.status), headers, protocol="HTTP/1.1"),
        warc_headers_dict={
            "WARC-Record-ID": _id(f"response {name}"),
            "WARC-Date": _date(answer.at),
            "WARC-Payload-Digest": _digest(page.body),
        },
    )


def _resource(writer: Any, page: SourcePage, answer: Answer | None, name: str) -> Any:
    """What is no server's answer: a page as a browser showed it, or as a person saved it."""
    return writer.create_warc_record(
        answer.final_url if answer else page.page.final_url,
        "resource",
        payload=BytesIO(page.body),
        length=len(page.body),
        warc_content_type=_line(page.page.content_type) or "application/octet-stream",
        warc_headers_dict={
            "WARC-Record-ID": _id(f"response {name}"),
            "WARC-Date": _date(_had(page)),
            "WARC-Payload-Digest": _digest(page.body),
        },
    )


def _metadata(writer: Any, page: SourcePage, facts: list[tuple[str, str]], name: str) -> Any:
    body = "".join(f"{key}: {_line(value)}\r\n" for key, value in facts).encode()
    return writer.create_warc_record(
        page.page.final_url,
        "metadata",
        payload=BytesIO(body),
        length=len(body),
        warc_headers_dict={
            "WARC-Record-ID": _id(f"metadata {name}"),
            "WARC-Refers-To": _id(f"response {name}"),
            "WARC-Date": _date(_had(page)),
            "WARC-Payload-Digest": _digest(body),
        },
    )


def _facts(page: SourcePage, answer: Answer | None) -> list[tuple[str, str]]:
    if page.page.saved_by_person:
        return [("description", "saved by a person in a browser, because the site lets no program in")]
    if answer is None:
        return [("description", "what the server said with this page was not kept")]
    facts = [("via", address) for address in answer.redirects]
    facts += [("browser", value) for header, value in answer.headers if header == RENDERED]
    if not answer.whole:
        facts.append(("description", "an older program kept only some headers of this answer"))
    return facts


def _revisit(writer: Any, lines: Any, page: SourcePage, answer: Answer, later: Answer, name: str) -> Any:
    return writer.create_warc_record(
        later.final_url,
        "revisit",
        http_headers=lines(
            _status(later.status),
            [(_wire(header), _line(value)) for header, value in later.headers],
            protocol="HTTP/1.1",
        ),
        warc_headers_dict={
            "WARC-Record-ID": _id(f"revisit {name} {later.at.isoformat()}"),
            "WARC-Date": _date(later.at),
            "WARC-Profile": _NOT_MODIFIED,
            "WARC-Refers-To": _id(f"response {name}"),
            "WARC-Refers-To-Target-URI": answer.final_url,
            "WARC-Refers-To-Date": _date(answer.at),
            "WARC-Payload-Digest": _digest(page.body),
        },
    )


def _wire(header: str) -> str:
    return f"X-Archive-Orig-{header}" if header.lower() in _WIRE else header


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _digest(body: bytes) -> str:
    """In hexadecimal digits, as everywhere else in the package."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _id(name: str) -> str:
    return f"<urn:uuid:{uuid5(_NAMESPACE, name)}>"


def _date(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _line(value: str) -> str:
    """Without line ends, which would begin another header."""
    return " ".join(value.split())

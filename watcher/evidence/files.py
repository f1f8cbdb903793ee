"""The readable files of a package: texts, headers, the comparison and the change as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from watcher.evidence.case import Case, Side
from watcher.model.comparison import Pair
from watcher.model.fetched import Answer
from watcher.model.text import Clause


def files(case: Case) -> Iterator[tuple[str, bytes]]:
    """Each file with its name within the package."""
    for side in case.sides:
        number = side.version.number
        yield f"texts/version-{number}.txt", side.text.exact
        yield f"texts/version-{number}.md", side.text.markdown.encode("utf-8", "replace")
        for position, page in enumerate(side.pages, start=1):
            if page.answer is not None:
                yield f"headers/version-{number}-page-{position}.txt", _headers(page.answer)
    yield "comparison.json", _json(_comparison(case))
    yield "change.json", _json(_change(case))
    yield from case.views


def _headers(answer: Answer) -> bytes:
    lines = [f"# {answer.final_url}", f"# {answer.at.isoformat()}", f"# status {answer.status}"]
    lines += [f"{name}: {' '.join(value.split())}" for name, value in answer.headers]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _change(case: Case) -> dict[str, Any]:
    event = case.event
    return {
        "id": event.id,
        "address": case.address,
        "document": asdict(event.document) | {"key": event.document.key},
        "seen_at": event.seen_at,
        "versions": [_version(side) for side in case.sides],
        "changes": [asdict(change) for change in event.changes],
        "withdrawn": [
            {"category": one.change.category, "change": one.change.change, "at": one.at, "note": one.note}
            for one in case.withdrawn
        ],
    }


def _version(side: Side) -> dict[str, Any]:
    version = side.version
    return {
        "number": version.number,
        "kind": version.kind,
        "seen_at": version.seen_at,
        "confirmed_at": version.confirmed_at,
        "text_sha256": version.text,
        "compared_text_sha256": side.text.digest,
        "language": side.text.language,
        "words": side.text.words,
        "read_by": version.extractor,
        "selectors": version.selectors,
        "rules": version.rules,
        "pages": [asdict(page.page) for page in side.pages],
    }


def _comparison(case: Case) -> dict[str, Any]:
    return {
        "old": {"version": case.event.old, "text_sha256": case.old.text.digest},
        "new": {"version": case.event.new, "text_sha256": case.new.text.digest},
        "pairs": [_pair(pair) for pair in case.comparison.pairs],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "kind": pair.kind,
        "moved": pair.moved,
        "old": _clause(pair.old, pair.old_at),
        "new": _clause(pair.new, pair.new_at),
        "segments": [asdict(segment) for segment in pair.segments],
    }


def _clause(clause: Clause | None, at: int | None) -> dict[str, Any] | None:
    if clause is None:
        return None
    return {"at": at, "key": clause.key, "kind": clause.kind, "path": clause.path, "text": clause.text}


def _json(whole: dict[str, Any]) -> bytes:
    text = json.dumps(whole, ensure_ascii=False, indent=1, default=_plain)
    return text.encode("utf-8", "replace") + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value)} has no JSON")

"""One answer of a server, read as a document of signals; a statement shows as rule, whom it is about, and its words."""

from collections.abc import Sequence
from datetime import UTC, datetime

from watcher import signals
from watcher.model.comparison import Comparison
from watcher.model.fetched import Fetched
from watcher.model.signal import Crawler, Signal
from watcher.model.source import Document, DocumentKind, Page
from watcher.model.text import DocumentText
from watcher.model.version import Reading
from watcher.pipeline.kinds import read_document

AT = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
PATHS = {"robots": "/robots.txt", "ai-txt": "/ai.txt", "tdmrep": "/.well-known/tdmrep.json", "tags": "/song"}
NAMES = {"robots": "robots.txt", "ai-txt": "ai.txt", "tdmrep": "tdmrep.json", "tags": "Page tags"}


def document(kind: DocumentKind, *licences: str, crawlers: tuple[Crawler, ...] = ()) -> Document:
    pages = (Page("https://wavecrest.example" + PATHS[kind]), *(Page(url) for url in licences))
    return Document("Wavecrest", NAMES[kind], pages, kind=kind, crawlers=crawlers)


def answer(
    kind: DocumentKind,
    body: str | bytes = "",
    *,
    media: str = "text/plain",
    status: int = 200,
    to: str = "",
    headers: Sequence[tuple[str, str]] = (),
) -> Fetched:
    url = "https://wavecrest.example" + PATHS[kind]
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(url, to or url, status, (("content-type", media), *headers), raw, AT)


def licence(url: str, body: str, status: int = 200) -> Fetched:
    return Fetched(url, url, status, (("content-type", "application/rsl+xml"),), body.encode(), AT)


def reading(
    kind: DocumentKind,
    body: str | bytes = "",
    *further: Fetched,
    standing: DocumentText | None = None,
    crawlers: tuple[Crawler, ...] = (),
    **how,
) -> Reading:
    asked = document(kind, *(one.url for one in further), crawlers=crawlers)
    return read_document(asked, [answer(kind, body, **how), *further], standing)


def text(kind: DocumentKind, body: str | bytes = "", *further: Fetched, **how) -> DocumentText:
    read = reading(kind, body, *further, **how)
    assert read.text is not None, read.verdict
    return read.text


def said(found: DocumentText) -> list[tuple[str, str, str]]:
    """Rule without its prefix, about, words; a statement that was not understood has the rule "?"."""
    return [
        ("?" if one.unclear else one.rule.removeprefix("signal-"), one.about, clause.text)
        for clause in found.clauses
        if isinstance(one := clause.said, Signal)
    ]


def brief(found: DocumentText) -> list[tuple[str, str]]:
    return [(rule, about) for rule, about, _ in said(found)]


def changes(old: DocumentText, new: DocumentText) -> list[tuple[str, str, tuple[str, ...]]]:
    """Rule, kind of change, and who or what is named, of what a new version changes."""
    judged = signals.judge(Comparison(old, new, ()))
    return [
        (
            change.rule.removeprefix("signal-"),
            change.change.value,
            (change.now or change.before).recipients,
        )
        for change in judged.changes
    ]

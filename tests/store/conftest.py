"""A real SQLite file for every test, and model values to keep in it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watcher.model.fetched import Fetched
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Evidence, KnownPage, Version, VersionKind
from watcher.store import Store

START = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
DOCUMENT = Document("Wavecrest", "Terms of Use", (Page("https://wavecrest.example/terms"),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data" / "watcher.sqlite") as opened:
        opened.archive.remember([DOCUMENT])
        yield opened


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def make_text(*paragraphs: str) -> DocumentText:
    return DocumentText("Terms of Use", "en", tuple(Clause("paragraph", p, p) for p in paragraphs))


def answer(body: str, at: datetime = START) -> Fetched:
    url = DOCUMENT.pages[0].url
    return Fetched(url, url, 200, (("content-type", "text/html"), ("etag", '"1"')), body.encode(), at)


def known(fetched: Fetched) -> KnownPage:
    return KnownPage(
        fetched.url, fetched.final_url, fetched.validators, "text/html", fetched.sha256, "glance"
    )


def make_version(number: int, text: DocumentText, fetched: Fetched, kind: VersionKind) -> Version:
    evidence = Evidence(fetched.url, fetched.final_url, fetched.fetched_at, fetched.sha256, "text/html")
    return Version(DOCUMENT.key, number, kind, fetched.fetched_at, text.digest, "1", "selectors", (evidence,))

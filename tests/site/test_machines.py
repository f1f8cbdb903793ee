"""What a platform tells machines stands beside what its terms say, and contradictions are marked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.signals.conftest import text as signals_text
from tests.site.markup import Markup
from tests.site.sample import finding
from watcher.model.finding import Finding
from watcher.model.source import Document, Page
from watcher.model.standing import Says
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Version, VersionKind
from watcher.reporting import report_store
from watcher.store import Store

DAY = datetime(2026, 3, 10, tzinfo=UTC)
GRANT = "We may train artificial intelligence with your recordings."


def record(
    store: Store, document: Document, text: DocumentText, says: Says | None = None, *, number: int = 1
) -> None:
    store.archive.remember([document])
    kind = VersionKind.FIRST if number == 1 else VersionKind.CHANGED
    at = DAY + timedelta(days=number)
    version = Version(document.key, number, kind, at, text.digest, "1", "x", ())
    store.archive.record(version, at=at, text=text, before=None, pages=(), fetched=(), says=says)


def terms(found: Finding) -> tuple[Document, DocumentText, Says]:
    clause = Clause("paragraph", GRANT, GRANT)
    document = Document("Wavecrest", "Terms of Service", (Page("https://wavecrest.example/terms"),))
    judged = Finding(**{**{name: getattr(found, name) for name in found.__slots__}, "clause": clause.key})
    return document, DocumentText("Terms", "en", (clause,)), Says((judged,), "test 1")


ROBOTS = Document(
    "Wavecrest",
    "robots.txt",
    (Page("https://wavecrest.example/robots.txt"),),
    kind="robots",
    variant="wavecrest.example",
)


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Path]:
    with Store(tmp_path / "watcher.sqlite") as store:
        record(store, *terms(finding("training_grant", GRANT, {})))
        record(store, ROBOTS, signals_text("robots", "User-agent: GPTBot\nDisallow: /\n"))
        both = signals_text("robots", "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n")
        record(store, ROBOTS, both, number=2)
        report_store(store, tmp_path / "report", now=DAY + timedelta(days=9))
    yield tmp_path / "report"


@pytest.mark.parametrize(
    ("folder", "sentence", "conflict"),
    [
        (
            "",
            "Forbids CCBot (Common Crawl) and GPTBot (OpenAI) to collect its pages for AI",
            "while it keeps the AI crawlers of others out",
        ),
        (
            "it",
            "Vieta a CCBot (Common Crawl) e GPTBot (OpenAI) di raccogliere le sue pagine per l'IA",
            "mentre tiene fuori i crawler dell'IA altrui",
        ),
    ],
)
def test_the_page_of_a_platform_says_both_in_plain_words(pages, folder, sentence, conflict):
    page = Markup((pages / folder / "services" / "wavecrest.html").read_text("utf-8"))
    assert sentence in page.text
    assert conflict in page.text
    assert "conflicts" in page.ids
    assert "machines" in page.ids


def test_the_matrix_has_signals_in_its_cells_and_marks_who_contradicts_itself(pages):
    html = (pages / "matrix.html").read_text("utf-8")
    page = Markup(html)
    assert "forbids others" in page.text
    assert "permits" in page.text
    assert "services/wavecrest.html#conflicts" in html


def test_the_text_of_signals_is_a_page_like_any_other(pages):
    html = (pages / "documents" / "wavecrest--robots-txt.wavecrest-example.html").read_text("utf-8")
    assert "User-agent: CCBot · Disallow: /" in Markup(html).text

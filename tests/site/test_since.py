"""Since when a platform says something, and since when in these words: the matrix and the pages of documents agree."""

import pytest

from tests.site.markup import Markup
from tests.site.sample import DAY, NOW, Archive, finding, keep, room, text
from watcher.model.source import Document, Page
from watcher.model.standing import Says
from watcher.model.version import VersionKind
from watcher.site import page
from watcher.store import Store

OLD = "We may use your recordings to train AI."
NEW = "We may use your recordings and your voice to train artificial intelligence."
BAN = "You may not train AI with anything on Wavecrest."


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A platform that permitted training for long, in words that were put anew, and that since then has a ban."""
    archive = Archive()
    archive.document(
        Document("Wavecrest", "Terms", (Page("https://wavecrest.example/terms"),)),
        [
            (text(OLD), VersionKind.FIRST, NOW - 300 * DAY, {}),
            (text(f"{NEW}\n{BAN}"), VersionKind.CHANGED, NOW - 8 * DAY, {}),
        ],
        last_check=NOW,
        last_good=NOW,
    )
    with Store(tmp_path_factory.mktemp("since") / "watcher.sqlite") as store:
        keep(archive, store)
        for words, said in ((OLD, OLD), (f"{NEW}\n{BAN}", NEW)):
            found = [finding("training_grant", said, {"train": "training"})]
            if BAN in words:
                found.append(finding("training_restriction", BAN, {"train": "training"}, polarity="denied"))
            store.findings.keep(text(words).digest, Says(tuple(found), "rules 1"))
        yield lambda path, language="en": Markup(page(room(store), path, language, NOW) or "")


def cells(table: Markup) -> list[str]:
    return [" ".join(cell.text.split()) for cell in table.all("td")]


@pytest.mark.parametrize(
    ("language", "permits", "forbids", "note"),
    [
        (
            "en",
            "permits since 20 May 2025; latest wording: 8 March 2026",
            "forbids others since 8 March 2026",
            "“Since” is the day since which a document of the platform has said something of the kind",
        ),
        (
            "it",
            "lo permette dal 20 maggio 2025; ultima formulazione: 8 marzo 2026",
            "lo vieta ad altri dall'8 marzo 2026",
            "«Dal» indica da quale giorno un documento della piattaforma dice qualcosa del genere",
        ),
    ],
)
def test_a_cell_says_since_when_and_when_the_words_were_put_anew(shown, language, permits, forbids, note):
    table = shown("matrix.html", language)
    assert cells(table)[0] == permits
    assert cells(table)[-1] == forbids
    assert note in table.text


def test_the_page_of_a_document_says_both_where_they_differ(shown):
    for path in ("documents/wavecrest--terms.html", "services/wavecrest.html"):
        told = shown(path).text
        assert "Permission to train AI: permits (something of the kind since 20 May 2025)" in told
        assert "in these words since 8 March 2026" in told
        assert "forbids others since 8 March 2026" in told
    italian = shown("documents/wavecrest--terms.html", "it").text
    assert "(qualcosa del genere dal 20 maggio 2025)" in italian
    assert "con queste parole dall'8 marzo 2026" in italian

"""Documents of any length make pages that open."""

import sqlite3
from contextlib import closing
from itertools import islice
from time import process_time

import pytest

from tests.site.markup import Markup
from tests.site.sample import NOW, Archive, between, change, files, finding, keep, room, text, write
from watcher.model.alert import Event
from watcher.model.search import Filters
from watcher.model.source import Document, Page
from watcher.model.standing import Says
from watcher.model.text import Clause, DocumentText
from watcher.model.version import VersionKind
from watcher.model.words import NOTHING
from watcher.site import page, paths
from watcher.store import Store

DOCUMENT = Document("Wavecrest", "Terms", (Page("https://wavecrest.example/terms"),))


@pytest.fixture
def compared(empty, tmp_path):
    def make(old: DocumentText, new: DocumentText) -> str:
        empty.document(DOCUMENT, [(old, VersionKind.FIRST, NOW, {}), (new, VersionKind.CHANGED, NOW, {})])
        write(empty, tmp_path)
        made = files(tmp_path)
        return made[between("documents/wavecrest--terms", 1, 2, made)]

    return make


def clauses(count: int, words: str) -> str:
    return "\n".join(
        f"Clause {n} of {words} number {n * 7919} speaks of matter {n * 104729}." for n in range(count)
    )


def test_two_thousand_clauses_with_a_few_changes_make_a_small_page(compared):
    old = clauses(2_000, "old")
    start = process_time()
    html = compared(text(old), text(old.replace("Clause 700 of", "Every clause 700 of")))
    assert process_time() - start < 20
    page = Markup(html)
    assert [e.text for e in page.all("summary")] == [
        "700 clauses with the same words",
        "1,299 clauses with the same words",
    ]
    assert "660 more clauses with the same words are not shown here" in page.text
    assert len(html) < 60_000


def test_a_rewritten_document_of_two_thousand_clauses_stays_whole_and_readable(compared):
    start = process_time()
    html = compared(
        text(clauses(1_000, "sea water")), text("\n".join(f"Art. {n}: {n * 31}" for n in range(1_000)))
    )
    assert process_time() - start < 20
    page = Markup(html)
    assert len([e for e in page.all("div") if "removed" in e.attributes.get("class", "")]) == 1_000
    assert len(set(page.ids)) == len(page.ids)


def test_beyond_the_bound_changed_clauses_are_counted_never_dropped_silently(compared):
    page = Markup(compared(text("Start."), text("Start.\n" + clauses(4_000, "new"))))
    assert "1,501 more changed clauses are not shown" in page.text
    assert len([e for e in page.all("div") if "added" in e.attributes.get("class", "")]) == 4_000 - 1_501


def test_a_clause_without_end_is_shortened_and_says_by_how_much(compared):
    page = Markup(compared(text("Start."), text("Start.\n" + "x" * 1_000_000)))
    assert "980,000 characters of this long clause are not shown here" in page.text


def test_a_page_about_ten_megabytes_stays_below_two(compared):
    html = compared(text("Start."), text("\n".join(f"{n} " + "wide words " * 400 for n in range(2_300))))
    assert len(html) < 2_000_000
    assert "more changed clauses are not shown" in Markup(html).text


def test_the_same_clause_twice_has_two_anchors(compared):
    html = compared(text("Start."), text("Start.\nSame words.\nSame words."))
    ids = Markup(html).ids
    key = Clause("paragraph", "Same words.", "").key
    assert {f"c-{key}", f"c-{key}-2"} <= set(ids) and len(set(ids)) == len(ids)


@pytest.fixture(scope="module")
def flooded(tmp_path_factory):
    """A store with one event of 200,000 changes, and the event's id."""
    with Store(tmp_path_factory.mktemp("flood") / "watcher.sqlite") as store:
        yield store, flood(store, 200_000)


def test_two_hundred_thousand_changes_make_pages_of_a_bounded_size_in_a_bounded_time(flooded):
    store, event = flooded
    start = process_time()
    made = {
        path: page(room(store), path, "en", NOW) for path in paths(room(store)) if "/clauses/" not in path
    }
    assert process_time() - start < 120
    assert max(len(html) for html in made.values()) < 2_000_000
    told = Markup(made[f"changes/{event}.html"])
    assert len(told.all("article")) == 60
    assert "199,940 more changes of this version are not told here" in told.text
    assert "more changed clauses are not shown" in told.text
    front = Markup(made["index.html"])
    assert len(front.all("article")) == 1 and len(made["index.html"]) < 20_000
    assert "permits since" in " ".join(Markup(made["matrix.html"]).text.split())


def test_among_two_hundred_thousand_changes_searches_feeds_and_files_read_no_more_than_they_give(flooded):
    store, event = flooded
    start = process_time()
    found = store.searches.changes(NOTHING, Filters(services=("wavecrest",)))
    assert [(hit.event.id, hit.position) for hit in found.hits] == [(event, at) for at in range(20)]
    assert [hit.event.changes for hit in found.hits] == [(hit.change,) for hit in found.hits]
    (told,) = store.searches.events()
    assert told.event.id == event and len(told.event.changes) == 2_000
    (first,) = islice(store.records.changes(), 1)
    place = (first.seen_at, event, 198_999)
    assert [one.position for one in store.records.changes(after=place)] == list(range(199_000, 200_000))
    assert [one.position for one in islice(store.records.history(), 1_000)] == list(range(1_000))
    assert process_time() - start < 20


def flood(store: Store, count: int) -> str:
    """One version that changes everything, written past the store's door, which would take minutes."""
    old, new = (
        text("Start."),
        text("Start.\n" + "\n".join(f"We may train AI {n}." for n in range(count // 10))),
    )
    empty = Archive()
    empty.document(DOCUMENT, [(old, VersionKind.FIRST, NOW, {}), (new, VersionKind.CHANGED, NOW, {})])
    keep(empty, store)
    one = finding("training_grant", new.clauses[1].text, {"train": "train"})
    event = Event(DOCUMENT, 1, 2, old.digest, new.digest, NOW, (change("introduced", now=one),))
    store.archive.replace_events(DOCUMENT.key, [event])
    store.findings.keep(new.digest, Says((one,), "rules 1"))
    keys = [(at, new.clauses[1 + at % (count // 10)].key) for at in range(1, count)]
    with closing(sqlite3.connect(store.path)) as database, database:
        for table, columns in (("finding", ("position", "clause")), ("change", ("position", "told"))):
            database.row_factory = sqlite3.Row
            row = dict(database.execute(f"SELECT * FROM {table}").fetchone())
            names = ", ".join(row)
            slots = ", ".join(f":{name}" for name in row)
            database.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({slots})",
                (row | dict(zip(columns, key, strict=True)) for key in keys),
            )
        database.execute("UPDATE stamp SET count = count + 1")
    return event.id

"""Words looked up in a real database: what is found, since when, and what it may cost."""

from dataclasses import replace

import pytest
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy import text as sql

from tests.store.conftest import after, answer, known
from watcher.errors import CostlyError
from watcher.model.alert import Event
from watcher.model.finding import Change, ChangeKind
from watcher.model.life import lives
from watcher.model.search import Filters
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Evidence, Version, VersionKind
from watcher.model.words import parse
from watcher.store import Store
from watcher.store.search import Searches
from watcher.store.search.wordlists import LISTS

TERMS = Document("Wavecrest", "Terms of Use", (Page("https://wavecrest.example/terms"),), groups=("music",))
PRIVACY = Document(
    "Wavecrest", "Privacy Policy", (Page("https://wavecrest.example/privacy"),), groups=("music",)
)
RULES = Document("Lumalia", "Terms of Use", (Page("https://lumalia.example/terms"),), groups=("images",))
TRAIN = "We may train artificial intelligence with what you upload."


def write(
    store: Store,
    document: Document,
    number: int,
    lines: list[str],
    changes: tuple[Change, ...] = (),
    *,
    hours: float = 0,
) -> Event | None:
    """The next version of a document: `## heading` or paragraph, one a line."""
    path, clauses = (), []
    for line in lines:
        if line.startswith("## "):
            path = (line[3:],)
            clauses.append(Clause("heading", line[3:], line[3:], (), level=2))
        else:
            clauses.append(Clause("paragraph", line, line, path))
    text = DocumentText(document.name, "en", tuple(clauses))
    at = after(hours or 24 * number)
    page = answer(f"{document.key} {number}", at)
    proof = Evidence(page.url, page.final_url, at, page.sha256, "text/html")
    kind = VersionKind.CHANGED if number > 1 else VersionKind.FIRST
    before = store.archive.latest(document.key)
    event = None
    if changes and before:
        event = Event(document, before.number, number, before.text, text.digest, at, changes)
    store.archive.record(
        Version(document.key, number, kind, at, text.digest, "1", "s", (proof,)),
        at=at,
        text=text,
        before=None,
        pages=[known(page)],
        fetched=[page],
        event=event,
    )
    return event


def change(
    quote: str,
    previous: str | None = None,
    category: str = "training_grant",
    kind: str = "introduced",
    severity="high",
) -> Change:
    return Change(category, ChangeKind(kind), severity, "rule", quote, previous, "en")


@pytest.fixture
def filled(store: Store) -> Store:
    store.archive.remember([TERMS, PRIVACY, RULES])
    write(store, TERMS, 1, ["## Content", "You keep your rights.", "We host what you upload."])
    write(store, PRIVACY, 1, ["We keep little.", "You keep your rights."], hours=30)
    write(store, RULES, 1, ["Be kind.", TRAIN], hours=40)
    write(
        store,
        TERMS,
        2,
        ["## Content", "You keep your rights.", TRAIN],
        (change(TRAIN, "We host what you upload."),),
    )
    write(
        store,
        TERMS,
        3,
        ["## Content", "You keep  your rights!", "We host what you upload."],
        (change(TRAIN, kind="removed", severity="low"),),
    )
    return store


def texts(found) -> list[tuple[str, str]]:
    return [(hit.document.key, hit.text) for hit in found.hits]


def test_a_word_is_found_in_every_document_the_latest_wording_first(filled):
    found = filled.searches.clauses(parse("train"))
    assert texts(found) == [("wavecrest/terms-of-use", TRAIN), ("lumalia/terms-of-use", TRAIN)]
    assert found.total == 2 and not found.more and not found.bounded


def test_a_hit_tells_since_when_and_until_when_it_stood_and_under_which_heading(filled):
    hit = filled.searches.clauses(parse("host")).hits[0]
    assert [(stay.version, stay.since, stay.until) for stay in hit.stays] == [
        (1, after(24), after(48)),
        (3, after(72), None),
    ]
    assert hit.path == ("Content",) and hit.stands


def test_another_punctuation_is_the_same_clause_as_last_worded(filled):
    hits = filled.searches.clauses(parse('"keep your rights"'), Filters(types=("terms-of-use",))).hits
    assert [(hit.text, len(hit.stays)) for hit in hits] == [("You keep  your rights!", 1)]


def test_a_phrase_tells_when_it_was_first_and_last_seen(filled):
    span = filled.searches.clauses(parse('"artificial intelligence"')).span
    assert (span.first, span.document, span.last) == (after(40), RULES, None)
    gone = filled.searches.clauses(parse('"artificial intelligence"'), Filters(services=("wavecrest",))).span
    assert (gone.first, gone.last) == (after(48), after(72))


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("TRAIN intelligence", 2),
        ('"train artificial"', 2),
        ('"artificial train"', 0),
        ("intell*", 2),
        ("intell", 0),
        ("train host", 0),
        ("Rights", 2),
        ("content", 1),
    ],
)
def test_words_phrases_and_beginnings(filled, typed, count):
    assert filled.searches.clauses(parse(typed)).total == count


def test_accents_and_case_make_no_difference(store):
    store.archive.remember([TERMS])
    write(store, TERMS, 1, ["L’Università può opporsi.", "Straße und Öl"])
    for typed in ("universita", "UNIVERSITÀ", "l'universita puo", "strasse", "ol"):
        assert store.searches.clauses(parse(typed)).total == 1, typed


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        (Filters(services=("lumalia",)), ["lumalia/terms-of-use"]),
        (Filters(groups=("music",)), ["wavecrest/terms-of-use"]),
        (Filters(types=("privacy-policy",)), []),
        (Filters(documents=("lumalia/terms-of-use",)), ["lumalia/terms-of-use"]),
        (Filters(until=after(45)), ["lumalia/terms-of-use"]),
        (Filters(since=after(72)), ["lumalia/terms-of-use"]),
        (Filters(since=after(50), until=after(60)), ["wavecrest/terms-of-use", "lumalia/terms-of-use"]),
    ],
)
def test_filters_narrow_clauses(filled, filters, keys):
    assert [hit.document.key for hit in filled.searches.clauses(parse("train"), filters).hits] == keys


@pytest.mark.parametrize(
    ("typed", "filters", "kinds"),
    [
        ("train", Filters(), ["removed", "introduced"]),
        ("host", Filters(), ["introduced"]),
        ("", Filters(), ["removed", "introduced"]),
        ("", Filters(changes=(ChangeKind.REMOVED,)), ["removed"]),
        ("", Filters(severity="high"), ["introduced"]),
        ("", Filters(categories=("voice_likeness",)), []),
        ("", Filters(groups=("images",)), []),
        ("", Filters(since=after(72)), ["removed"]),
        ("", Filters(until=after(72)), ["introduced"]),
    ],
)
def test_changes_are_found_by_their_words_now_and_before_and_by_filters(filled, typed, filters, kinds):
    found = filled.searches.changes(parse(typed), filters)
    assert [hit.change.change.value for hit in found.hits] == kinds
    assert found.total == len(kinds)


def test_pages_of_hits_follow_one_another_without_gap_or_repetition(store):
    store.archive.remember([TERMS])
    write(store, TERMS, 1, ["Nothing."])
    lines = [f"Clause {n} trains." for n in range(25)]
    write(store, TERMS, 2, lines, tuple(map(change, lines)))
    for search in (store.searches.clauses, store.searches.changes):
        seen, place = [], None
        while True:
            found = search(parse("trains"), after=place, limit=10)
            seen += [hit.place for hit in found.hits]
            assert found.total == 25
            if not found.more:
                break
            place = seen[-1]
        assert len(seen) == len(set(seen)) == 25


def test_replaced_changes_are_found_by_their_new_words_only(filled):
    old, new, _ = (version.text for version in filled.archive.versions(TERMS.key))
    event = Event(TERMS, 1, 2, old, new, after(48), (change("Something else entirely."),))
    filled.archive.replace_events(TERMS.key, [event])
    assert filled.searches.changes(parse("entirely")).total == 1
    assert filled.searches.changes(parse("train")).total == 0
    assert filled.searches.changes(parse("")).total == 1


def test_an_older_database_is_indexed_as_if_it_had_been_from_the_start(filled):
    def kept() -> list[tuple]:
        engine = create_engine(f"sqlite:///{filled.path}")
        with engine.connect() as connection:
            rows = connection.execute(
                sql(
                    "SELECT document, key, text, path, stays, since, until FROM life "
                    "JOIN clause ON clause.id = life.clause ORDER BY 1, 2"
                )
            ).all()
        engine.dispose()
        return [tuple(row) for row in rows]

    before = kept()
    engine = create_engine(f"sqlite:///{filled.path}")
    with engine.begin() as connection:
        for table in (*LISTS, "change_entry", "life", "clause", "answer"):
            connection.execute(sql(f"DROP TABLE {table}"))
        connection.execute(sql("ALTER TABLE outbox DROP COLUMN refused_since"))  # a later migration's
        earlier = ScriptDirectory("watcher/store/migrations").get_revision("0007").down_revision
        connection.execute(sql("UPDATE alembic_version SET version_num = :earlier"), {"earlier": earlier})
    engine.dispose()
    with Store(filled.path) as upgraded:
        assert kept() == before
        assert upgraded.searches.clauses(parse("train")).total == 2
        assert upgraded.searches.changes(parse("host")).total == 1


def test_a_search_that_takes_too_long_is_broken_off(store):
    store.archive.remember([TERMS])
    write(store, TERMS, 1, [f"Clause {n} trains." for n in range(3000)])
    seconds = iter(range(0, 10_000, 3))
    slow = Searches(store._engine, clock=lambda: next(seconds))
    with pytest.raises(CostlyError, match="too long"):
        slow.clauses(parse("trains"))
    assert store.searches.clauses(parse("trains"), limit=1).total == 1000


def test_words_that_stand_everywhere_are_looked_at_in_part_and_that_is_told(store):
    store.archive.remember([TERMS])
    write(store, TERMS, 1, [f"Clause {n} trains." for n in range(1200)])
    found = store.searches.clauses(parse("trains"))
    assert found.bounded and found.total == 1000 and found.span is None
    assert len(list(store.searches.lives(parse("trains")))) == 1200


@given(typed=st.text(max_size=60))
def test_nothing_that_a_reader_types_is_a_syntax_error(session_store, typed):
    if wanted := parse(typed):
        session_store.searches.clauses(wanted)
        session_store.searches.changes(wanted)


@pytest.fixture(scope="session")
def session_store(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("store") / "watcher.sqlite") as opened:
        opened.archive.remember([TERMS])
        write(opened, TERMS, 1, ["One clause AND NOT another OR none."])
        yield opened


WORDS = st.sampled_from(["We host.", "We train.", "We train!", "You keep.", "You may go.", "Ciao."])


@settings(max_examples=30)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_the_index_tells_of_every_clause_the_life_that_its_versions_tell(session_store, histories):
    store = session_store
    document = replace(TERMS, name=f"Terms {len(store.reports.statuses())}")
    store.archive.remember([document])
    for number, lines in enumerate(histories, start=1):
        write(store, document, number, lines)
    told = {life.clause.key: life for life in lives(store.archive.versions(document.key), store.archive.text)}
    only = Filters(documents=(document.key,))
    found = {
        hit.key: hit for word in ("we", "you", "ciao") for hit in store.searches.lives(parse(word), only)
    }
    assert {key: (hit.text, hit.stays) for key, hit in found.items()} == {
        key: (life.clause.text, life.stays) for key, life in told.items()
    }

"""What texts say, and since when a document says it."""

from datetime import timedelta

import pytest

from tests.store.conftest import DOCUMENT, START, answer, known, make_text, make_version
from watcher.model.finding import Finding
from watcher.model.standing import Says
from watcher.model.text import Clause
from watcher.model.version import VersionKind

DAY = timedelta(days=1)
TRAIN = "We may use what you upload to train AI."
REWORDED = "We may use anything that you upload to train AI."
CHOICE = "You can opt out of AI training."


def finding(category: str, quote: str) -> Finding:
    clause = Clause("paragraph", quote, quote).key
    return Finding(category, f"ai.{category}", "ai 3", "high", quote, "en", clause=clause)


GRANT = finding("training_grant", TRAIN)
GRANT_REWORDED = finding("training_grant", REWORDED)
OPT_OUT = finding("training_choice", CHOICE)


@pytest.fixture
def live(store):
    """Records a version each day; each is given as its clauses' findings, or None when nobody judged it."""

    def record(*days: tuple[Finding, ...] | None) -> None:
        before = None
        for number, said in enumerate(days, start=1):
            text = make_text(
                "Welcome.", *(f.quote for f in said or ()), *(["Unjudged."] if said is None else [])
            )
            fetched = answer(f"page {number}", START + (number - 1) * DAY)
            kind = VersionKind.FIRST if number == 1 else VersionKind.CHANGED
            store.archive.record(
                make_version(number, text, fetched, kind),
                at=fetched.fetched_at,
                text=text,
                before=before,
                pages=[known(fetched)],
                fetched=[fetched],
                says=None if said is None or store.findings.read(text.digest) else Says(said, "rules 1"),
            )
            before = text

    return record


def told(store, at=None):
    return [
        (stand.entry.category, (stand.since - START).days, (stand.category_since - START).days)
        for stand, _ in store.findings.stands(DOCUMENT.key, at)
    ]


def test_a_document_says_what_its_newest_version_says_with_the_words(store, live):
    live((GRANT, OPT_OUT), (OPT_OUT,))
    ((stand, found),) = store.findings.stands(DOCUMENT.key)
    assert found == OPT_OUT
    assert (stand.version, stand.since, stand.first_seen) == (2, START, START)


def test_what_it_said_at_a_time_is_what_the_version_of_that_time_says(store, live):
    live((), (GRANT,), (GRANT, OPT_OUT))
    assert told(store, START - DAY) == []
    assert told(store, START) == []
    assert told(store, START + 1.5 * DAY) == [("training_grant", 1, 1)]
    assert told(store) == [("training_grant", 1, 1), ("training_choice", 2, 2)]


def test_a_reworded_clause_is_young_but_its_category_is_as_old_as_before(store, live):
    live((GRANT,), (GRANT_REWORDED,))
    assert told(store) == [("training_grant", 1, 0)]


def test_a_clause_that_left_and_came_back_stands_since_it_came_back(store, live):
    live((GRANT,), (), (GRANT,))
    ((stand, _),) = store.findings.stands(DOCUMENT.key)
    assert (stand.since, stand.first_seen, stand.category_since) == (START + 2 * DAY, START, START + 2 * DAY)


def test_a_version_that_nobody_judged_breaks_nothing_and_says_so_itself(store, live):
    live((GRANT,), None, (GRANT,))
    assert told(store) == [("training_grant", 0, 0)]
    ledger = store.findings.ledger()
    assert ledger.why_unjudged(DOCUMENT.key, START + DAY) == ""
    assert ledger.why_unjudged(DOCUMENT.key) is None


def test_a_language_without_rules_is_kept_as_the_reason(store, live):
    live(None)
    (unread,) = store.findings.unread()
    assert unread.service == "Wavecrest"
    store.findings.keep(unread.text, Says(rules="rules 1", unjudged="no pack for nl"))
    assert store.findings.unread() == ()
    assert store.findings.ledger().why_unjudged(DOCUMENT.key) == "no pack for nl"
    assert store.findings.of(unread.text) == Says(rules="rules 1", unjudged="no pack for nl")


def test_the_same_text_is_read_once_and_again_only_for_other_rules(store, live):
    live((GRANT,), (), (GRANT,))
    assert store.findings.unread() == ()
    assert store.findings.unread("rules 1") == ()
    assert len(store.findings.unread("rules 2")) == 2


def test_only_the_categories_asked_for(store, live):
    live((GRANT, OPT_OUT))
    assert [f for _, f in store.findings.stands(DOCUMENT.key, categories=("training_choice",))] == [OPT_OUT]


def test_the_ledger_is_made_anew_when_the_history_changed_and_only_then(store, live):
    live((GRANT,))
    first = store.findings.ledger()
    store.archive.failed(DOCUMENT.key, at=START, reason="timeout", detail="")
    assert store.findings.ledger() is first
    store.findings.keep(first.steps[0].text, Says((), "rules 2"))
    assert told(store) == []


def test_texts_that_share_a_clause_are_found_by_it(store, live):
    live((GRANT,), (GRANT, OPT_OUT))
    assert len(store.findings.same_clause(GRANT.clause)) == 2
    assert len(store.findings.same_clause(OPT_OUT.clause)) == 1

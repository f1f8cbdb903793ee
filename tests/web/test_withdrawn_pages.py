"""A reading that proved wrong leaves the lists; its permalink stays and says so."""

from dataclasses import replace

import pytest

from tests.site.markup import Markup
from tests.web.conftest import GRANT, NOW, PROMISE
from watcher.model.finding import Change, ChangeKind, Finding
from watcher.model.note import Withdrawal
from watcher.model.standing import Says
from watcher.model.text import Clause


@pytest.fixture
def told(store, event):
    """What the newest text says, read as the change was."""
    clause = Clause("paragraph", GRANT, GRANT).key
    grant = Finding("training_grant", "ai-grant", "ai 1", "critical", GRANT, "en", clause=clause)
    store.findings.keep(event.new_text, Says((grant,), "rules 1"))
    store.findings.keep(event.old_text, Says((), "rules 1"))
    change = Change(
        "training_grant", ChangeKind.INTRODUCED, "critical", "ai-grant", GRANT, None, "en", now=grant
    )
    store.archive.replace_events(event.document.key, [replace_changes(event, change)])
    return store.library.event(event.id)


def replace_changes(event, *changes):
    kept = tuple(one for one in event.changes if one.category == "training_commitment")
    return replace(event, changes=(*kept, *changes))


def withdraw(store, event, category):
    (change,) = (one for one in event.changes if one.category == category)
    store.notices.withdraw(Withdrawal(f"w-{category}", event, change, NOW, "It speaks of spam filters."))


def test_a_withdrawn_permission_leaves_front_page_matrix_and_document_but_not_its_permalink(
    browse, store, told
):
    before = Markup(browse.get("/matrix.html").text)
    assert "permits" in [e.text for e in before.all("a")]
    withdraw(store, told, "training_grant")
    matrix = Markup(browse.get("/matrix.html").text)
    assert "permits" not in [e.text for e in matrix.all("a")]
    front = " ".join(Markup(browse.get("/index.html").text).text.split())
    assert "no longer promises" in front and "may now use" not in front
    document = Markup(browse.get("/documents/wavecrest--terms-of-use.html").text)
    assert "Permission to train AI" not in document.text
    permalink = " ".join(Markup(browse.get(f"/changes/{told.id}.html").text).text.split())
    assert "Withdrawn: on 14 March 2026 this reading proved wrong." in permalink
    assert "It speaks of spam filters." in permalink and GRANT in permalink and PROMISE in permalink


def test_an_event_that_was_withdrawn_whole_stands_on_no_list(browse, store, told):
    for change in told.changes:
        withdraw(store, told, change.category)
    assert Markup(browse.get("/index.html").text).all("article") == []
    assert browse.get(f"/changes/{told.id}.html").status_code == 200
    assert "None so far." in browse.get("/documents/wavecrest--terms-of-use.html").text

"""What the archive keeps, and what it never loses."""

import pytest

from tests.store.conftest import DOCUMENT, START, after, answer, known, make_text, make_version
from watcher.model.alert import Event, Letter, Notice, message_id
from watcher.model.fetched import Attempt
from watcher.model.finding import Change, ChangeKind
from watcher.model.version import Doubt, Quarantined, QuarantineState, VersionKind
from watcher.store import Store

OLD, NEW = (
    make_text("We host what you upload."),
    make_text("We host what you upload.", "We may train AI with it."),
)
CHANGE = Change(
    "training_grant", ChangeKind.INTRODUCED, "critical", "ai.grant", "We may train AI with it.", None, "en"
)


def first(store: Store) -> None:
    page = answer("<p>We host what you upload.</p>")
    store.archive.record(
        make_version(1, OLD, page, VersionKind.FIRST),
        at=START,
        text=OLD,
        before=None,
        pages=[known(page)],
        fetched=[page],
    )


def second(store: Store, letters: int = 1) -> Event:
    page = answer("<p>We host what you upload.</p><p>We may train AI with it.</p>", after(6))
    version = make_version(2, NEW, page, VersionKind.CHANGED)
    event = Event(DOCUMENT, 1, 2, OLD.digest, NEW.digest, after(6), (CHANGE,))
    written = [
        Letter(
            message_id(event.id, f"a{i}@x.example", "w.example"),
            event.id,
            f"a{i}@x.example",
            "s",
            "t",
            "h",
            "en",
            START,
        )
        for i in range(letters)
    ]
    store.archive.record(
        version,
        at=after(6),
        text=NEW,
        before=OLD,
        pages=[known(page)],
        fetched=[page],
        event=event,
        notices=[Notice(f"reader{i}", event.id, after(6)) for i in range(letters)],
    )
    store.outbox.put(written)
    return event


def test_versions_come_back_as_they_were_recorded_with_text_and_raw_bytes(store):
    first(store)
    second(store)
    latest = store.archive.latest(DOCUMENT.key)
    assert [v.number for v in store.archive.versions(DOCUMENT.key)] == [1, 2]
    assert (latest.kind, latest.seen_at) == (VersionKind.CHANGED, after(6))
    assert store.archive.text(latest.text) == NEW
    assert store.archive.raw(latest.evidence[0].sha256).startswith(b"<p>We host")


def test_a_text_seen_before_is_recognised_whatever_its_punctuation(store):
    first(store)
    second(store)
    assert (
        store.archive.version_like(DOCUMENT.key, make_text("we host what you upload").loose_digest).number
        == 1
    )
    assert store.archive.version_like(DOCUMENT.key, make_text("Something else").loose_digest) is None


def test_a_version_its_event_and_its_letters_are_kept_together_or_not_at_all(store):
    first(store)
    page = answer("<p>Other</p>", after(6))
    event = Event(DOCUMENT, 1, 7, OLD.digest, NEW.digest, after(6), (CHANGE,))  # version 7 does not exist
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.archive.record(
            make_version(2, NEW, page, VersionKind.CHANGED),
            at=after(6),
            text=NEW,
            before=OLD,
            pages=[known(page)],
            fetched=[page],
            event=event,
        )
    assert store.archive.latest(DOCUMENT.key).number == 1
    assert store.archive.pages(DOCUMENT.key)[0].sha256 != page.sha256
    with pytest.raises(KeyError):
        store.archive.raw(page.sha256)


def test_the_same_words_are_not_told_twice_of_one_document(store):
    first(store)
    second(store)
    again = Change(
        "training_grant", ChangeKind.INTRODUCED, "high", "ai.grant", "We may train AI, with it", None, "en"
    )
    other = Change(
        "training_grant", ChangeKind.REMOVED, "high", "ai.grant", "We may train AI with it.", None, "en"
    )
    assert store.archive.told(DOCUMENT.key, again)
    assert not store.archive.told(DOCUMENT.key, other)
    assert not store.archive.told("other/terms", CHANGE)


def test_a_refused_page_is_kept_with_its_bytes_and_leaves_the_good_version_standing(store):
    first(store)
    wall = answer("<p>Checking your browser</p>", after(6))
    store.archive.refused(
        DOCUMENT.key,
        Quarantined(DOCUMENT.key, after(6), Doubt.BOT_WALL, "a challenge page", ()),
        fetched=[wall],
        text=None,
    )
    assert store.archive.latest(DOCUMENT.key).number == 1
    assert store.archive.raw(wall.sha256) == wall.body
    status = store.reports.statuses()[0]
    assert (status.failures, status.reason, status.last_good) == (1, "bot-wall", START)


def test_a_healthy_check_settles_what_waited_and_ends_the_count_of_failures(store):
    first(store)
    halved = make_text("We host.")
    store.archive.refused(
        DOCUMENT.key,
        Quarantined(DOCUMENT.key, after(6), Doubt.DRASTIC, "half is gone", (), state=QuarantineState.WAITING),
        fetched=[answer("half", after(6))],
        text=halved,
    )
    assert [q.text for q in store.archive.waiting(DOCUMENT.key)] == [halved.digest]
    page = answer("<p>We host what you upload.</p>", after(12))
    store.archive.unchanged(DOCUMENT.key, at=after(12), pages=[known(page)], fetched=[page])
    assert store.archive.waiting(DOCUMENT.key) == ()
    assert len(store.archive.quarantined(DOCUMENT.key)) == 1
    assert store.reports.statuses()[0].failures == 0


def test_every_attempt_leaves_a_record(store):
    store.archive.attempted(
        DOCUMENT.key, [Attempt("https://wavecrest.example/terms", START, "failed", reason="timeout")]
    )
    store.archive.failed(DOCUMENT.key, at=START, reason="timeout", detail="no answer within 30 seconds")
    status = store.reports.statuses()[0]
    assert (status.failures, status.reason, status.detail) == (1, "timeout", "no answer within 30 seconds")
    assert status.last_good is None


def test_reports_show_the_whole_history_of_a_document(store):
    first(store)
    event = second(store)
    (history,) = store.reports.histories()
    assert history.document == DOCUMENT
    assert history.events == (event,)
    assert history.status.last_change == after(6)
    assert [v.kind for v in history.versions] == [VersionKind.FIRST, VersionKind.CHANGED]

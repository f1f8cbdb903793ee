"""What an open store keeps in mind is what a store opened anew reads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.web.conftest import LUMALIA, NOW, WAVECREST, opened
from tests.web.filling import DAY, PARTNERS, TRAIN, add, change, fill, finding, text
from watcher.model.alert import Event
from watcher.model.note import Withdrawal
from watcher.model.standing import Says
from watcher.store import Store

GRANT = finding("training_grant", TRAIN, "train", "critical")
SHARE = finding("third_party_training", PARTNERS, "generative music systems")
SINCE = NOW - 55 * DAY


def a_version_more(store: Store, event: Event) -> None:
    add(
        store, WAVECREST, text(TRAIN, "Nothing else."), NOW, changes=(change("removed", None, SHARE),), says=(GRANT,)
    )  # fmt: skip


def a_return(store: Store, event: Event) -> None:
    words = store.archive.text(event.new_text)
    add(store, WAVECREST, words, NOW, says=(GRANT,))


def a_withdrawal(store: Store, event: Event) -> None:
    store.notices.withdraw(Withdrawal("w" * 16, event, event.changes[0], NOW, "It was hosting."))


def another_judgement(store: Store, event: Event) -> None:
    less = replace(event.changes[0], severity="low")
    store.archive.replace_events(WAVECREST.key, [replace(event, changes=(less,))])


def another_reading(store: Store, event: Event) -> None:
    store.findings.keep(event.new_text, Says((), "ai-en 4"))


def a_late_reading(store: Store, event: Event) -> None:
    late = text("Something new.", PARTNERS)
    add(store, LUMALIA, late, NOW)
    seen(store)
    store.findings.keep(late.digest, Says((SHARE,), "ai-en 3"))


def a_document_more(store: Store, event: Event) -> None:
    more = replace(LUMALIA, name="Creator Agreement")
    store.archive.remember([more])
    add(store, more, text(TRAIN), NOW, says=(GRANT,))


def another_definition(store: Store, event: Event) -> None:
    store.archive.remember([replace(LUMALIA, opt_out="https://lumalia.example/no")])


HAPPENINGS = [
    a_version_more, a_return, a_withdrawal, another_judgement, another_reading, a_late_reading, a_document_more,
    another_definition,
]  # fmt: skip


def seen(store: Store) -> tuple[object, ...]:
    library = store.library
    ledger = library.ledger()
    days = [None, *(NOW - number * DAY + timedelta(hours=1) for number in (0, 25, 35, 45, 70))]
    return (
        library.documents(),
        library.glimpses(SINCE),
        library.statuses(),
        [(key, day, ledger.stands(key, day)) for key in ledger.documents for day in days],
        [(key, ledger.why_unjudged(key)) for key in ledger.documents],
    )


@pytest.mark.parametrize("happens", HAPPENINGS)
def test_it_follows_whatever_happens(tmp_path, happens: Callable[[Store, Event], None]):
    with opened(tmp_path) as store:
        event = fill(store)
        before = seen(store)
        happens(store, event)
        after = seen(store)
        with Store(tmp_path / "watcher.sqlite") as anew:
            assert after == seen(anew)
        assert after != before


def test_it_follows_one_thing_after_the_other_and_what_another_process_writes(tmp_path):
    with opened(tmp_path) as store, Store(tmp_path / "watcher.sqlite") as other:
        event = fill(store)
        for happens in HAPPENINGS:
            happens(other, event)
            with Store(tmp_path / "watcher.sqlite") as anew:
                assert seen(store) == seen(anew)
        assert len(store.library.glimpses(SINCE)) == len(store.library.glimpses(NOW - 365 * DAY)) > 0

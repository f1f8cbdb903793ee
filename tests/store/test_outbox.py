"""Letters wait until they are handed over; subscribers come and go."""

from dataclasses import replace

from tests.store.conftest import after
from tests.store.test_archive import first, second
from watcher.model.alert import Subscriber


def test_a_letter_is_due_until_it_is_sent_even_when_a_crashed_run_had_claimed_it(store):
    first(store)
    second(store)
    (waiting,) = store.outbox.due(after(6))
    store.outbox.claim(waiting.letter.message_id, after(6))
    assert [w.letter for w in store.outbox.due(after(7))] == [waiting.letter]
    store.outbox.sent(waiting.letter.message_id, after(7))
    assert store.outbox.due(after(8)) == ()
    assert store.outbox.counts().sent == 1


def test_a_postponed_letter_is_due_again_at_its_time(store):
    first(store)
    second(store)
    (waiting,) = store.outbox.due(after(6))
    store.outbox.postponed(waiting.letter.message_id, tries=1, next_try=after(9), problem="421 busy")
    assert store.outbox.due(after(8)) == ()
    assert [w.tries for w in store.outbox.due(after(9))] == [1]


def test_a_letter_given_up_is_counted_and_not_tried_again(store):
    first(store)
    second(store)
    (waiting,) = store.outbox.due(after(6))
    store.outbox.failed(waiting.letter.message_id, after(7), tries=1, problem="550 no such user")
    assert store.outbox.due(after(900)) == ()
    assert store.outbox.counts().failed == 1


def test_letters_tried_longest_ago_come_first(store):
    first(store)
    second(store, letters=3)
    before = store.outbox.due(after(6))
    store.outbox.claim(before[0].letter.message_id, after(6))
    assert store.outbox.due(after(7)) == (*before[1:], before[0])


def test_all_that_is_due_is_postponed_at_once_and_nothing_else(store):
    first(store)
    second(store, letters=4)
    sent, given_up, later, due = (waiting.letter.message_id for waiting in store.outbox.due(after(6)))
    store.outbox.sent(sent, after(6))
    store.outbox.failed(given_up, after(6), tries=1, problem="550")
    store.outbox.postponed(later, tries=4, next_try=after(7), problem="450")
    assert store.outbox.postpone_due(after(6), next_try=lambda tries: after(8 + tries), problem="silent") == 1
    listed = {one.message_id: one for one in store.outbox.listed(every=True)}
    assert {one.message_id: (one.state, one.tries, one.problem) for one in listed.values()} == {
        sent: ("sent", 0, ""),
        given_up: ("given_up", 1, "550"),
        later: ("waiting", 4, "450"),
        due: ("waiting", 1, "silent"),
    }
    assert (listed[later].next_try, listed[due].next_try) == (after(7), after(9))


def test_sent_letters_are_listed_on_request_only(store):
    first(store)
    second(store, letters=2)
    one, other = store.outbox.due(after(6))
    store.outbox.sent(one.letter.message_id, after(6))
    assert [kept.message_id for kept in store.outbox.listed()] == [other.letter.message_id]
    assert len(store.outbox.listed(every=True)) == 2


def test_a_retry_makes_waiting_and_given_up_letters_due_at_once_and_repeats_none_that_was_sent(store):
    first(store)
    second(store, letters=3)
    sent, given_up, later = (waiting.letter.message_id for waiting in store.outbox.due(after(6)))
    store.outbox.sent(sent, after(6))
    store.outbox.failed(given_up, after(6), tries=7, problem="550")
    store.outbox.postponed(later, tries=4, next_try=after(90), problem="450")
    assert store.outbox.retry(sent) == 0
    assert store.outbox.retry(given_up) == 1
    assert [(w.letter.message_id, w.tries) for w in store.outbox.due(after(7))] == [(given_up, 0)]
    assert store.outbox.retry() == 2
    assert {w.letter.message_id for w in store.outbox.due(after(7))} == {given_up, later}


def test_a_letter_is_dropped_unless_it_was_sent(store):
    first(store)
    second(store, letters=2)
    one, other = (waiting.letter.message_id for waiting in store.outbox.due(after(6)))
    store.outbox.sent(one, after(6))
    assert (store.outbox.drop(one), store.outbox.drop(other), store.outbox.drop(other)) == (
        False,
        True,
        False,
    )
    assert (store.outbox.counts().sent, store.outbox.counts().waiting) == (1, 0)


def test_subscribing_again_changes_the_wishes_and_leaving_erases_the_address(store):
    first(store)
    second(store)
    assert store.subscribers.keep(Subscriber("a0@x.example", "it"))
    assert not store.subscribers.keep(Subscriber("a0@x.example", "en", services=("Wavecrest",)))
    (one,) = store.subscribers.all()
    assert replace(one, id="") == Subscriber("a0@x.example", "en", services=("Wavecrest",))
    assert len(one.id) == 32 and store.subscribers.by_id(one.id) == one
    assert store.subscribers.remove("a0@x.example")
    assert store.subscribers.all() == () and store.subscribers.by_id(one.id) is None
    assert store.outbox.due(after(6)) == ()
    assert not store.subscribers.remove("a0@x.example")

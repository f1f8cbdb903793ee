"""Letters wait until they are handed over; subscribers come and go."""

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


def test_subscribing_again_changes_the_wishes_and_leaving_erases_the_address(store):
    first(store)
    second(store)
    assert store.subscribers.keep(Subscriber("a0@x.example", "it"))
    assert not store.subscribers.keep(Subscriber("a0@x.example", "en", services=("Wavecrest",)))
    assert store.subscribers.all() == (Subscriber("a0@x.example", "en", services=("Wavecrest",)),)
    assert store.subscribers.remove("a0@x.example")
    assert store.subscribers.all() == ()
    assert store.outbox.due(after(6)) == ()
    assert not store.subscribers.remove("a0@x.example")

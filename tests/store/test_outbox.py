"""Letters wait until they are handed over; subscribers come and go."""

from dataclasses import replace
from datetime import timedelta

from tests.store.conftest import after
from tests.store.test_archive import first, second
from watcher.model.alert import PREFERENCES, UNSUBSCRIBE, Body, Letter, Subscriber

LEASE = timedelta(hours=1)


def ids(waiting):
    return [one.letter.message_id for one in waiting]


def test_a_claimed_letter_is_nobody_elses_until_its_lease_runs_out(store):
    first(store)
    second(store, letters=3)
    mine = store.outbox.claim(after(6), by="a", lease=LEASE, most=2)
    others = store.outbox.claim(after(6), by="b", lease=LEASE, most=9)
    assert (len(mine), len(others)) == (2, 1)
    assert store.outbox.claim(after(6.9), by="c", lease=LEASE, most=9) == ()
    assert sorted(ids(store.outbox.claim(after(7), by="c", lease=LEASE, most=9))) == sorted(
        ids(mine) + ids(others)
    )


def test_claims_of_the_dead_are_let_go_at_once(store):
    first(store)
    second(store, letters=2)
    (mine,) = store.outbox.claim(after(6), by="killed", lease=LEASE, most=1)
    assert store.outbox.free(["killed", "unknown"]) == 1
    assert mine in store.outbox.claim(after(6), by="b", lease=LEASE, most=9)


def test_a_letter_that_was_sent_stays_sent_though_its_claim_had_run_out(store):
    first(store)
    second(store)
    (slow,) = store.outbox.claim(after(6), by="slow", lease=LEASE, most=1)
    store.outbox.claim(after(8), by="other", lease=LEASE, most=1)
    store.outbox.sent(slow.letter.message_id, after(8))
    assert store.outbox.due(after(99)) == ()
    assert store.outbox.counts().sent == 1


def test_letters_that_somebody_waits_for_come_first(store):
    first(store)
    event = second(store)
    asked = Letter("<c@w.example>", None, "new@x.example", "s", "t", "h", "en", after(9), kind="confirm")
    store.outbox.put([asked])
    assert ids(store.outbox.due(after(9)))[0] == asked.message_id
    assert len(store.outbox.due(after(9))) == 2
    assert event.id


def test_letters_share_a_body_and_each_comes_back_with_its_own_links(store):
    body = Body("s", f"text {UNSUBSCRIBE}", f'<a href="{PREFERENCES}">p</a>', "en")
    written = [
        Letter(
            f"<{n}@w.example>",
            None,
            f"{n}@x.example",
            "s",
            "",
            "",
            "en",
            after(1),
            unsubscribe=f"https://w.example/u?{n}&a",
            preferences=f"https://w.example/p?{n}&a",
            body=body.digest,
        )
        for n in "ab"
    ]
    store.outbox.put(written, [body])
    store.outbox.put(written, [body])
    for waiting, n in zip(store.outbox.due(after(2)), "ab", strict=True):
        assert waiting.letter.text == f"text https://w.example/u?{n}&a"
        assert waiting.letter.html == f'<a href="https://w.example/p?{n}&amp;a">p</a>'


def test_an_address_refused_for_good_is_marked_until_mail_arrives_there_again(store):
    first(store)
    event = second(store)
    (waiting,) = store.outbox.due(after(6))
    address = waiting.letter.address
    again = replace(waiting.letter, message_id="<2@w.example>")
    store.outbox.put([again])
    for letter in (waiting.letter, again):
        store.outbox.failed(letter.message_id, after(7), tries=1, problem="550", nobody=True)
    assert store.outbox.refused(2) == {address}
    assert store.outbox.refused(3) == frozenset()
    store.outbox.sent(again.message_id, after(8))
    assert store.outbox.refused(1) == frozenset()
    assert event.id


def test_a_postponed_letter_is_due_again_at_its_time(store):
    first(store)
    second(store)
    (waiting,) = store.outbox.due(after(6))
    store.outbox.postponed(
        waiting.letter.message_id, after(6), tries=1, next_try=after(9), problem="421 busy"
    )
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
    store.outbox.tried(before[0].letter.message_id, after(6))
    assert store.outbox.due(after(7)) == (*before[1:], before[0])


def test_all_that_is_due_is_postponed_at_once_and_nothing_else(store):
    first(store)
    second(store, letters=4)
    sent, given_up, later, due = (waiting.letter.message_id for waiting in store.outbox.due(after(6)))
    store.outbox.sent(sent, after(6))
    store.outbox.failed(given_up, after(6), tries=1, problem="550")
    store.outbox.postponed(later, after(6), tries=4, next_try=after(7), problem="450")
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
    store.outbox.postponed(later, after(6), tries=4, next_try=after(90), problem="450")
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

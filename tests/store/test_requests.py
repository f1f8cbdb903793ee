"""What was asked for and not confirmed, what counts towards limits, and what readers wrote."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.conftest import after
from tests.store.test_archive import first, second
from watcher.model.alert import Letter, Subscriber
from watcher.model.reader import Request, Suggestion, WrongReading
from watcher.store import Limit, Store

DAY = timedelta(days=1)
ANNA = Subscriber("anna@reader.example", "it", groups=("music",), rhythm="weekly", timezone="Europe/Rome")


def letter(address: str = ANNA.address, name: str = "1", kind="confirm") -> Letter:
    return Letter(f"<{name}@w.example>", None, address, "Confirm", "text", "<p>", "it", after(0), kind)


def test_a_confirmed_request_becomes_a_subscription_with_its_id_and_the_moment_of_consent(store):
    store.requests.ask(letter(), Request("a" * 32, ANNA, after(0)))
    assert store.subscribers.all() == ()
    assert [one.letter.kind for one in store.outbox.due(after(0))] == ["confirm"]
    confirmed = store.requests.confirm("a" * 32, after(1), after(0))
    assert confirmed == replace(ANNA, id="a" * 32, since=after(1))
    assert store.subscribers.all() == (confirmed,) == (store.subscribers.by_id("a" * 32),)
    assert store.requests.find("a" * 32, after(0)) is None
    assert store.requests.confirm("a" * 32, after(2), after(0)) is None


def test_a_second_confirmed_request_of_one_address_changes_its_wishes_and_no_links(store):
    store.requests.ask(letter(), Request("a" * 32, ANNA, after(0)))
    store.requests.ask(letter(name="2"), Request("b" * 32, replace(ANNA, severity="critical"), after(0)))
    store.requests.confirm("a" * 32, after(1), after(0))
    store.requests.confirm("b" * 32, after(2), after(0))
    (only,) = store.subscribers.all()
    assert (only.id, only.severity) == ("a" * 32, "critical")


def test_a_request_that_is_too_old_confirms_nothing_and_is_forgotten_with_its_letter(store):
    store.requests.ask(letter(), Request("a" * 32, ANNA, after(0)))
    store.requests.ask(
        letter("bo@reader.example", "2"),
        Request("b" * 32, replace(ANNA, address="bo@reader.example"), after(5)),
    )
    assert store.requests.confirm("a" * 32, after(9), after(1)) is None
    store.requests.forget(after(1))
    assert store.personal.export(ANNA.address) is None
    assert store.requests.find("b" * 32, after(1)) is not None


def test_a_refused_address_is_forgotten_with_its_request_unless_it_subscribes(store):
    for name in ("anna", "bo"):
        address = f"{name}@reader.example"
        letter = Letter(f"<{name}@w>", None, address, "s", "t", "h", "en", after(0), kind="confirm")
        store.outbox.put([letter])
        store.outbox.failed(letter.message_id, after(1), tries=1, problem="550", nobody=True)
    store.subscribers.keep(Subscriber("bo@reader.example"))
    store.outbox.put([Letter("<x@w>", None, "bo@reader.example", "s", "t", "h", "en", after(0))])
    store.outbox.failed("<x@w>", after(1), tries=1, problem="550", nobody=True)
    store.requests.forget(after(48))
    assert store.outbox.refused(1) == {"bo@reader.example"}


def test_forgetting_requests_leaves_other_letters_alone(store):
    store.requests.ask(letter(kind="notice"))
    store.requests.forget(after(99))
    assert len(store.outbox.due(after(0))) == 1


def test_a_limit_is_reached_and_gives_way_when_its_time_is_over(store):
    limit = Limit("k", 2, DAY)
    assert store.limits.take([limit], after(0)) is None
    assert store.limits.take([limit], after(1)) is None
    assert store.limits.take([limit], after(2)) == after(24)
    assert store.limits.take([Limit("other", 2, DAY)], after(2)) is None
    assert store.limits.take([limit], after(24)) is None
    assert store.limits.take([limit], after(24)) == after(25)


def test_where_one_of_two_limits_is_reached_neither_counts(store):
    full, free = Limit("full", 1, DAY), Limit("free", 1, DAY)
    store.limits.take([full], after(0))
    assert store.limits.take([full, free], after(1)) == after(24)
    assert store.limits.take([free], after(1)) is None


def test_counts_are_forgotten(store):
    store.limits.take([Limit("k", 1, DAY)], after(0))
    store.limits.forget(after(1))
    assert store.limits.take([Limit("k", 1, DAY)], after(2)) is None


def test_many_who_ask_at_once_through_several_servers_get_exactly_as_much_as_one_may(store):
    limit, granted, start = Limit("k", 5, DAY), [], threading.Barrier(4)

    def ask() -> None:
        with Store(store.path) as own:
            start.wait()
            granted.extend(own.limits.take([limit], after(0)) is None for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (granted.count(True), granted.count(False)) == (5, 15)


def test_everything_about_an_address_is_exported_and_erased_and_nothing_else(store):
    first(store)
    event = second(store).id
    for address in ("anna@reader.example", "bo@reader.example"):
        store.subscribers.keep(replace(ANNA, address=address))
        store.requests.ask(
            letter(address, address), Request(address[0] * 32, replace(ANNA, address=address), after(0))
        )
        store.wrong_readings.report(
            WrongReading(event, 0, "It only speaks of search.", address, "it", after(0))
        )
    export = store.personal.export("anna@reader.example")
    assert export["subscription"]["groups"] == ["music"]
    assert len(export["requests"]) == len(export["wrong_readings"]) == 1
    assert [one["kind"] for one in export["letters"]] == ["confirm"]
    assert store.subscribers.remove("anna@reader.example")
    assert store.personal.export("anna@reader.example") is None
    assert not store.subscribers.remove("anna@reader.example")
    assert len(store.personal.export("bo@reader.example")["letters"]) == 1
    assert [one.address for one in store.wrong_readings.listed()] == ["", "bo@reader.example"]


def test_what_was_erased_is_not_left_in_the_file_either(store):
    store.subscribers.keep(ANNA)
    store.requests.ask(letter(), Request("a" * 32, ANNA, after(0)))
    store.close()
    assert b"anna@reader" in store.path.read_bytes()
    with Store(store.path) as again:
        again.subscribers.remove(ANNA.address)
    assert b"anna@reader" not in store.path.read_bytes()


def test_a_report_keeps_its_address_until_it_is_decided(store):
    first(store)
    event = second(store).id
    told = WrongReading(event, None, "No.", "anna@reader.example", "en", after(0))
    store.wrong_readings.report(told)
    assert store.wrong_readings.get(1) == replace(told, number=1)
    assert store.wrong_readings.settle(1, "dismissed")
    assert store.wrong_readings.listed() == ()
    (kept,) = store.wrong_readings.listed(every=True)
    assert (kept.state, kept.address) == ("dismissed", "")
    assert not store.wrong_readings.settle(2, "dismissed")
    assert store.wrong_readings.get(2) is None


def test_a_rejudged_event_stays_when_a_reader_wrote_about_it(store):
    first(store)
    event = second(store, letters=0).id
    store.wrong_readings.report(WrongReading(event, 0, "", "", "en", after(0)))
    store.archive.replace_events("wavecrest/terms-of-use", ())
    assert store.reports.event(event).changes == ()
    assert [one.event for one in store.wrong_readings.listed()] == [event]


def test_suggestions_wait_for_the_operator(store):
    for name in ("Tonhafen", "Lumalia"):
        store.suggestions.add(Suggestion(name, "https://x.example", "Many of us\nare there.", after(0)))
    assert [(one.number, one.platform) for one in store.suggestions.listed()] == [
        (1, "Tonhafen"),
        (2, "Lumalia"),
    ]
    assert store.suggestions.drop(1)
    assert not store.suggestions.drop(1)
    assert [one.platform for one in store.suggestions.listed()] == ["Lumalia"]


@pytest.mark.parametrize("gone", [True, False])
def test_new_wishes_reach_only_a_subscription_that_still_stands(store, gone):
    store.subscribers.keep(replace(ANNA, id="a" * 32))
    if gone:
        store.subscribers.remove(ANNA.address)
    assert store.subscribers.change(replace(ANNA, id="a" * 32, severity="high")) is not gone
    assert [one.severity for one in store.subscribers.all()] == ([] if gone else ["high"])

"""The way out."""

import pytest

from tests.web.conftest import path_of
from watcher.model.alert import Letter, Subscriber


@pytest.fixture
def way_out(site, store):
    for address in ("anna@reader.example", "bo@reader.example"):
        store.subscribers.keep(Subscriber(address))
    anna = store.subscribers.by_address("anna@reader.example")
    letter = Letter("<1@w.example>", None, anna.address, "s", "t", "h", "en", site.now(), "notice")
    store.requests.ask(letter)
    return path_of(site.reception.links.unsubscribe(anna))


def left(store) -> bool:
    """Whether Anna is gone with her letters, and Bo still there."""
    assert store.subscribers.by_address("bo@reader.example")
    return store.personal.export("anna@reader.example") is None


def test_opening_the_link_ends_nothing(browse, store, way_out):
    answer = browse.get(way_out)
    assert answer.status_code == 200 and "End these alerts?" in answer.text
    assert not left(store)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {"content": b"\x00\xff garbage", "headers": {"Content-Type": "multipart/form-data"}},
    ],
    ids=["the button", "RFC 8058", "RFC 8058 as multipart", "nonsense"],
)
def test_a_post_ends_it_at_once_whatever_its_body(browse, store, way_out, body):
    answer = browse.post(way_out, **body)
    assert answer.status_code == 200 and "You have left, and everything is deleted" in answer.text
    assert left(store)


def test_leaving_twice_is_answered_kindly_with_a_way_back(browse, store, way_out):
    browse.post(way_out)
    for answer in (browse.post(way_out), browse.get(way_out)):
        assert answer.status_code == 200
        assert "This subscription has ended already" in answer.text and "Subscribe anew" in answer.text


def test_a_link_for_leaving_never_expires(browse, store, way_out, clock):
    clock.at = clock.at.replace(year=2031)
    assert browse.post(way_out).status_code == 200
    assert left(store)

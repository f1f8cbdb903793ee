"""Pages that are kept: made once, bounded, never older than their state."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from watcher.web.kept import Shelf


def test_a_page_is_made_once_for_a_state_and_anew_for_the_next():
    shelf, made = Shelf(), []

    def make():
        made.append(1)
        return b"page %d" % len(made)

    assert [shelf.get("a", state, make).body for state in ("1", "1", "2", "2")] == [
        b"page 1",
        b"page 1",
        b"page 2",
        b"page 2",
    ]


def test_what_is_not_there_is_not_kept():
    shelf = Shelf()
    assert shelf.get("a", "1", lambda: None) is None
    assert shelf.get("a", "1", lambda: b"now").body == b"now"


def test_the_pages_not_asked_for_longest_make_room():
    shelf, made = Shelf(most=1_200), []
    for key in "abacab":
        shelf.get(key, "1", lambda key=key: made.append(key) or key.encode() * 500)
    assert made == ["a", "b", "c", "b"]


def test_many_who_ask_at_once_wait_for_one_that_makes_it():
    shelf, made, begun = Shelf(), [], Event()

    def make():
        made.append(1)
        begun.wait(10)
        return b"page"

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(shelf.get, "a", "1", make) for _ in range(8)]
        begun.set()
        assert {one.result().body for one in asked} == {b"page"}
    assert len(made) == 1


def test_a_page_that_fails_to_be_made_can_be_asked_for_again():
    shelf = Shelf()
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", "1", lambda: b"%d" % (1 // 0))
    assert shelf.get("a", "1", lambda: b"well").body == b"well"

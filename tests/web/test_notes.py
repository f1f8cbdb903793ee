"""What readers write for the operator."""

import pytest

from tests.site.markup import Markup
from watcher.web.forms import TRAP


def test_a_suggested_platform_is_kept_without_whoever_suggested_it(browse, store):
    answer = browse.post(
        "/suggest",
        data={
            "platform": " Tonhafen ",
            "url": "https://tonhafen.example/agb",
            "note": "Many of us\r\nare there.",
        },
    )
    assert answer.status_code == 200 and "“Tonhafen” is noted" in answer.text
    (kept,) = store.suggestions.listed()
    assert (kept.platform, kept.url, kept.note) == (
        "Tonhafen",
        "https://tonhafen.example/agb",
        "Many of us\nare there.",
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"platform": " "}, "Write the name"),
        ({"platform": "x", "url": "javascript:alert(1)"}, "begins with https"),
        ({"platform": "x", "url": "tonhafen"}, "begins with https"),
        ({"platform": "x", "url": "https://tonhafen.example/a b"}, "begins with https"),
    ],
)
def test_a_mistake_in_it_is_told_and_what_was_typed_stays(browse, store, typed, words):
    answer = browse.post("/suggest", data=typed | {"note": "because <b>"})
    assert answer.status_code == 422 and words in answer.text
    assert Markup(answer.text).one("textarea").text == "because <b>"
    assert store.suggestions.listed() == ()


def test_hostile_words_arrive_without_what_could_harm_a_terminal_or_a_page(browse, store):
    evil = "\x1b[2J<script>alert(1)</script>\u202eABC\x00\u2066"
    answer = browse.post("/suggest", data={"platform": evil, "note": evil * 500})
    assert answer.status_code == 200
    assert "<script>" not in answer.text and "&lt;script&gt;" in answer.text
    (kept,) = store.suggestions.listed()
    assert kept.platform == "[2J<script>alert(1)</script>ABC"
    assert len(kept.note) == 2000 and not set(kept.note) & set("\x1b\x00\u202e\u2066")


def test_the_change_in_question_is_shown_and_a_report_says_which_reading_is_meant(browse, store, event):
    page = browse.get(f"/wrong?change={event.id}")
    assert page.status_code == 200
    assert "Wavecrest Terms of Use" in page.text
    assert all(change.quote in page.text for change in event.changes)
    form = {"which": "1", "note": "It only means search.", "address": "Anna@reader.example"}
    answer = browse.post(f"/it/wrong?change={event.id}", data=form)
    assert answer.status_code == 200 and "Ricevi una risposta" in answer.text
    assert f'href="changes/{event.id}.html"' in answer.text
    (kept,) = store.wrong_readings.listed()
    assert (kept.event, kept.position, kept.note) == (event.id, 1, "It only means search.")
    assert (kept.address, kept.language, kept.state) == ("anna@reader.example", "it", "open")


@pytest.mark.parametrize("which", ["", "2", "-1", "x", "1; DROP TABLE event"])
def test_a_report_may_mean_all_of_a_change_and_needs_no_words(browse, store, event, which):
    assert browse.post(f"/wrong?change={event.id}", data={"which": which}).status_code == 200
    (kept,) = store.wrong_readings.listed()
    assert (kept.position, kept.note, kept.address) == (None, "", "")


def test_a_mistyped_address_is_told_and_the_words_stay(browse, store, event):
    answer = browse.post(
        f"/wrong?change={event.id}", data={"which": "1", "note": "Look.", "address": "anna@"}
    )
    assert answer.status_code == 422 and "not complete" in answer.text
    page = Markup(answer.text)
    assert page.one("textarea").text == "Look."
    assert [e.attributes["value"] for e in page.all("input") if "checked" in e.attributes] == ["1"]
    assert store.wrong_readings.listed() == ()


@pytest.mark.parametrize("named", ["", "?change=", "?change=0123456789abcdef", "?change=' OR 1=1"])
def test_a_change_that_is_not_there_has_no_form(browse, named):
    assert browse.get(f"/wrong{named}").status_code == 404
    assert browse.post(f"/wrong{named}", data={"note": "x"}).status_code == 404


def test_a_program_that_fills_in_everything_leaves_nothing(browse, store, event):
    trapped = {TRAP: "x", "platform": "x", "note": "x"}
    assert browse.post("/suggest", data=trapped).status_code == 200
    assert browse.post(f"/wrong?change={event.id}", data=trapped).status_code == 200
    assert store.suggestions.listed() == () == store.wrong_readings.listed()

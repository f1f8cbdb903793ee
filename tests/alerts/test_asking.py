"""The letters that a form can cause."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.alerts.conftest import OPTIONS, SEEN
from tests.alerts.test_letter import REMOTE, Outline
from watcher.alerts import Links, confirmation, message, way_back
from watcher.model.alert import Letter, Subscriber
from watcher.model.reader import Request
from watcher.signing import Signer

LINKS = Links("https://watcher.example", Signer("k" * 32, lambda: SEEN))
ANNA = Subscriber(
    "anna@reader.example", "en", services=("Lumalia",), groups=("music", "video"), severity="medium",
    categories=("training_grant", "licence_*"), rhythm="weekly", hour=18, timezone="Europe/Rome", id="a" * 32,
)  # fmt: skip


def confirm(language: str, **wishes) -> Letter:
    request = Request("a" * 32, replace(ANNA, language=language, id="", **wishes), SEEN)
    expires = (SEEN + timedelta(hours=48)).astimezone(ZoneInfo("Europe/Rome"))
    return confirmation(request, LINKS, OPTIONS, "Terms Watcher", expires)


def link(language: str, *, again: bool = False) -> Letter:
    whom = replace(ANNA, language=language)
    return way_back(whom, LINKS, OPTIONS, "Terms Watcher", again=again, written_at=SEEN, letter="b" * 32)


LETTERS = {
    "confirm": confirm,
    "already": lambda language: link(language, again=True),
    "link": link,
}


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("which", LETTERS)
def test_a_short_letter_says_what_was_asked_and_what_to_press(which, language, snapshot: SnapshotAssertion):
    letter = LETTERS[which](language)
    assert letter.subject == snapshot(name="subject")
    assert letter.text == snapshot(name="text")
    assert letter.html == snapshot(name="html")


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("which", LETTERS)
def test_a_short_letter_is_small_whole_and_asks_nobody_for_anything(which, language):
    letter = LETTERS[which](language)
    outline = Outline(letter.html)
    assert len(letter.html.encode()) < 20_000
    assert not REMOTE.search(letter.html.replace("<a ", ""))
    assert outline.tags.count("h1") == 1 and ("html", "lang", language) in outline.attributes
    assert len(letter.subject) <= 60
    assert (letter.kind, letter.event) == ("confirm", None)
    assert [line for line in letter.text.splitlines() if len(line) > 72 and "https://" not in line] == []
    in_html = {value for tag, name, value in outline.attributes if (tag, name) == ("a", "href")}
    assert in_html == set(re.findall(r"https://\S+", letter.text))
    # It is no mail of the list: nothing is subscribed, or the link is what was asked for.
    assert (
        message_from_bytes(message(letter, OPTIONS).as_bytes(), policy=policy.default)["List-Unsubscribe"]
        is None
    )


def test_what_a_link_opens_stands_in_no_header():
    made = message(confirm("en"), OPTIONS)
    assert not any("a" * 32 in str(value) or "confirm/" in str(value) for value in made.values())


def test_each_request_has_a_message_id_of_its_own_which_stays():
    assert confirm("en").message_id == confirm("it").message_id
    other = confirmation(Request("c" * 32, ANNA, SEEN), LINKS, OPTIONS, "Terms Watcher", SEEN)
    assert other.message_id != confirm("en").message_id


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"services": (), "groups": ()}, "Platforms: all"),
        ({"categories": ()}, "Topics: everything about AI"),
        ({"rhythm": "at_once"}, "When: at once"),
        ({"rhythm": "daily", "hour": 7, "timezone": "UTC"}, "When: once a day at 07:00, UTC"),
        ({"timezone": "America/New_York"}, "When: on Mondays at 18:00, New York time"),
        ({"groups": ("painters",), "services": ()}, "Platforms: the group painters"),
    ],
)
def test_the_wishes_are_told_in_words(wishes, words):
    assert words in confirm("en", **wishes).text


def test_a_site_s_title_cannot_smuggle_in_a_header():
    request = Request("a" * 32, ANNA, datetime(2026, 3, 14, tzinfo=UTC))
    letter = confirmation(request, LINKS, OPTIONS, "Watch\r\nBcc: all@reader.example <b>", SEEN)
    assert "\n" not in letter.subject and message(letter, OPTIONS)["Bcc"] is None
    assert "<b>" not in letter.html

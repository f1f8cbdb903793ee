"""A letter as a message of the mail protocols."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from tests.alerts.conftest import OPTIONS, SEEN, Post, promise_gone
from watcher.alerts import message
from watcher.alerts.message import wire
from watcher.errors import PermanentDeliveryError
from watcher.model.alert import Letter


@pytest.fixture
def letter(post: Post) -> Letter:
    told, comparison = promise_gone()
    return post(told, "it", comparison=comparison)


def test_the_headers_say_who_when_which_list_and_that_a_machine_wrote_it(letter: Letter):
    made = message_from_bytes(message(letter, OPTIONS).as_bytes(), policy=policy.default)
    assert made["From"] == "Terms watcher <alerts@watcher.example>"
    assert made["To"] == "ann@reader.example"
    assert made["Reply-To"] == "desk@watcher.example"
    assert made["Subject"] == letter.subject
    assert made["Date"].datetime == SEEN
    assert made["Message-ID"] == letter.message_id
    assert made["List-Id"] == "Terms watcher <alerts.w.example>"
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Content-Language"] == "it"


def test_text_comes_before_html_and_both_arrive_unchanged(letter: Letter):
    made = message_from_bytes(message(letter, OPTIONS).as_bytes(), policy=policy.default)
    text, html = made.iter_parts()
    assert made.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), text.get_content_charset()) == ("text/plain", "utf-8")
    assert (html.get_content_type(), html.get_content_charset()) == ("text/html", "utf-8")
    assert text.get_content().split() == letter.text.split()
    assert html.get_content().split() == letter.html.split()


def test_every_line_on_the_wire_is_short_and_ascii(letter: Letter):
    wire = message(letter, OPTIONS).as_bytes()
    assert wire.isascii()
    assert max(map(len, wire.split(b"\r\n"))) <= 998


def test_a_subject_cannot_smuggle_in_a_header(letter: Letter):
    made = message(replace(letter, subject="Wavecrest: news\r\nBcc: all@reader.example"), OPTIONS)
    assert made["Bcc"] is None
    assert made["Subject"] == "Wavecrest: news Bcc: all@reader.example"


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@reader.example\r\nBcc: bo@reader.example", "a n n@reader.example"]
)
def test_what_is_no_address_is_refused_without_repeating_it(letter: Letter, address: str):
    with pytest.raises(
        PermanentDeliveryError, match="the subscriber's address is not a mail address"
    ) as refused:
        message(replace(letter, address=address), OPTIONS)
    assert "reader.example" not in str(refused.value)


def test_a_letter_of_a_subscription_can_be_left_with_one_click_or_else_with_a_mail(letter: Letter):
    made = message(letter, OPTIONS)
    assert made["List-Unsubscribe"] == f"<{letter.unsubscribe}>"
    assert made["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    nowhere = message(replace(letter, unsubscribe=""), OPTIONS)
    assert nowhere["List-Unsubscribe"] == "<mailto:desk@watcher.example?subject=stop>"
    assert nowhere["List-Unsubscribe-Post"] is None
    asks = message(replace(letter, unsubscribe="", kind="confirm"), OPTIONS)
    assert asks["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "text", ["", "a\r\n.\r\nb", "è" * 5000, "x" * 2000, "end \n\n", "= soft\u2028line\x0b"]
)
def test_whatever_the_text_it_arrives_whole_in_short_lines(letter: Letter, text: str):
    sent = wire(replace(letter, text=text), OPTIONS)
    assert max(map(len, sent.split(b"\r\n"))) <= 998
    part = message_from_bytes(sent, policy=policy.default).get_body(("plain",))
    assert part.get_payload(decode=True).decode() == text.replace("\r\n", "\n").replace("\n", "\r\n")


def test_without_a_reply_address_there_is_none(letter: Letter):
    assert message(letter, replace(OPTIONS, reply_to=None))["Reply-To"] is None

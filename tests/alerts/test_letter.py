"""The letter that tells of an event."""

import re
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.alerts.conftest import (
    GRANT_NEW,
    GRANT_OLD,
    SEEN,
    WAVECREST,
    Post,
    event,
    finding,
    grant,
    promise_gone,
    wider,
)
from watcher.model.finding import Change, ChangeKind, RuleText
from watcher.model.options import MailOptions

REMOTE = re.compile(
    r"<(?:img|link|script|iframe|object|video|audio|form)\b|url\(|@import|\bsrc=|\bsrcset=", re.I
)


class Outline(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_mail_says_what_happened_what_it_means_and_what_to_do(
    story, post: Post, language, snapshot: SnapshotAssertion
):
    told, comparison = story
    letter = post(told, language, comparison=comparison)
    assert letter.subject == snapshot(name="subject")
    assert letter.text == snapshot(name="text")
    assert letter.html == snapshot(name="html")


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_mail_is_small_whole_and_asks_nobody_for_anything(story, post: Post, language):
    told, comparison = story
    letter = post(told, language, comparison=comparison)
    outline = Outline(letter.html)
    assert len(letter.html.encode()) < 100_000
    assert not REMOTE.search(letter.html)
    assert outline.tags.count("h1") == 1
    assert ("html", "lang", language) in outline.attributes
    assert ("blockquote", "lang", "en") in outline.attributes
    assert ("meta", "charset", "utf-8") in outline.attributes
    assert letter.html.index("charset") < 200
    assert "prefers-color-scheme" in letter.html
    assert letter.subject.startswith("Wavecrest: ")
    assert len(letter.subject) <= 60


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_text_part_fits_a_narrow_window_and_says_all_that_the_html_says(story, post: Post, language):
    told, comparison = story
    letter = post(told, language, comparison=comparison)
    assert [line for line in letter.text.splitlines() if len(line) > 72 and "https://" not in line] == []
    assert "&#" not in letter.text
    assert "&quot;" not in letter.text
    for url in ("https://wavecrest.example/terms", "https://wavecrest.example/settings/ai"):
        assert url in letter.text
        assert f'href="{url}"' in letter.html
    assert "5f2c5f2c5f2c5f2c" in letter.text


def test_the_message_comes_in_the_order_that_people_need(story, post: Post):
    told, comparison = story
    text = post(told, comparison=comparison).text
    parts = [
        "Wavecrest",
        "WHAT IT MEANS",
        "WHAT YOU CAN DO",
        "THE WORDS",
        "WHY THIS WAS FLAGGED",
        "PROOF",
        "not legal",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_several_changes_of_one_document_are_one_mail_with_the_most_severe_first(post: Post):
    told, comparison = grant()
    letter = post(told, comparison=comparison)
    assert letter.text.index("may now use what you upload") < letter.text.index("may now let others")
    assert letter.text.count("The same clause as in change 1 above.") == 1
    assert letter.subject == "Wavecrest: new permission to train AI on uploads, and 1 more"


def test_meaning_and_advice_that_were_given_are_not_given_again(post: Post):
    quotes = ("We train AI with your songs.", "We train AI with your videos.")
    changes = [
        Change("training_grant", ChangeKind.INTRODUCED, "high", "ai-grant", quote, None, "en")
        for quote in quotes
    ]
    text = post(event(*changes)).text
    assert text.count("WHAT IT MEANS") == text.count("WHAT YOU CAN DO") == 1
    assert all(quote in text for quote in quotes)


def test_a_doubtful_rule_asks_the_reader_to_look_herself(post: Post):
    told, _ = wider()
    assert "The rule is not sure: please read the clause yourself." in " ".join(post(told).text.split())


def test_a_rule_speaks_of_the_platform_by_its_name(post: Post):
    told, comparison = grant()
    assert (
        "Wavecrest may train AI with your work, and does not need to ask"
        in post(told, comparison=comparison).html
    )


def test_a_rule_that_was_removed_since_leaves_no_empty_heading(post: Post):
    told, _ = wider()
    told = replace(told, document=replace(WAVECREST, opt_out=None))
    letter = post(told, explain=lambda rule, language: RuleText(rule, rule, "", "", language))
    assert "WHAT IT MEANS" not in letter.text
    assert "What you can do" not in letter.html


def test_without_a_report_there_are_no_links_to_one(post: Post):
    told, _ = promise_gone()
    letter = post(told, base_url="")
    assert "changes/" not in letter.html + letter.text
    assert "How it works" not in letter.html + letter.text


def test_links_lead_to_the_report_in_the_readers_language(post: Post):
    told, _ = promise_gone()
    assert f"https://watcher.example/report/changes/{told.id}.html" in post(told).html
    assert f"https://watcher.example/report/it/changes/{told.id}.html" in post(told, "it").html


def test_the_message_id_depends_on_subscriber_and_event_only(post: Post):
    told, _ = promise_gone()
    first = post(told)
    again = post(told, "it", address="Ann@reader.example", written_at=SEEN + timedelta(days=3))
    assert first.message_id == again.message_id
    assert first.message_id.endswith("@w.example>")
    assert post(told, address="bo@reader.example").message_id != first.message_id


def test_a_letter_without_changes_is_a_mistake_of_the_caller(post: Post):
    with pytest.raises(ValueError, match="a change"):
        post(event())


HOSTILE = (
    "We train AI <script>alert(1)</script> with \u202eyour songs\u2066 \"'&amp; {{ 7 * 7 }} %(service)s "
    "</blockquote><img src=x onerror=alert(1)>\r\nBcc: all@reader.example\x00\x1b[2J"
)


@pytest.mark.parametrize("previous", [None, "We never train AI.", HOSTILE + " once"])
def test_hostile_text_arrives_whole_and_harmless(post: Post, previous):
    now = finding("training_grant", "ai-grant", HOSTILE, {"train AI": "training", "<script>": "ai"})
    change = Change(
        "training_grant", ChangeKind.INTRODUCED, "high", "ai-grant", HOSTILE, previous, "en", now=now
    )
    document = replace(WAVECREST, service="Wave<b>crest\r\nBcc: x", opt_out='javascript:alert("x")', pages=())
    letter = post(event(change, document=document))
    outline = Outline(letter.html)
    assert not {"script", "img", "b"} & set(outline.tags)
    assert not [name for _, name, _ in outline.attributes if name.startswith("on")]
    assert "javascript:" not in letter.html + letter.text
    assert not set("\u202e\u2066\x00\x1b\r") & set(letter.html + letter.text + letter.subject)
    assert "\n" not in letter.subject
    assert "{{ 7 * 7 }}" in letter.html
    assert "&lt;script&gt;" in letter.html
    assert "alert(1)" in letter.text


def test_a_clause_of_a_megabyte_makes_a_small_mail_that_says_so(post: Post):
    long = "The service may change at any time and without notice to you. " * 16_000
    change = Change("training_grant", ChangeKind.INTRODUCED, "high", "ai-grant", long + GRANT_NEW, long, "en")
    letter = post(event(change))
    assert len(letter.html.encode()) < 100_000
    assert "artificial intelligence" in letter.text
    assert "The clause around it, shortened:" in letter.text


def test_a_document_rewritten_from_end_to_end_still_makes_one_small_mail(post: Post):
    changes = []
    for number in range(60):
        old, new = (
            f"{number} " + "Lorem ipsum dolor sit amet & <so> on. " * 30,
            f"{number} " + GRANT_NEW * 6,
        )
        now = finding("training_grant", "ai-grant", new, {"train": "training"})
        changes.append(
            Change(
                "training_grant",
                ChangeKind.EXPANDED,
                "high",
                "ai-grant",
                new,
                old,
                "en",
                now=now,
                reasons=("a+b",),
            )
        )
    letter = post(event(*changes))
    assert len(letter.html.encode()) < 100_000
    assert "MORE CHANGES IN THE SAME TEXT" in letter.text
    assert "And 20 more." in letter.text


def test_clauses_keep_their_own_language_and_direction(post: Post):
    arabic = "يجوز لنا تدريب الذكاء الاصطناعي على أغانيك."
    change = Change("training_grant", ChangeKind.INTRODUCED, "high", "ai-grant", arabic, None, "ar")
    letter = post(event(change))
    quoted = {(name, value) for tag, name, value in Outline(letter.html).attributes if tag == "blockquote"}
    assert {("lang", "ar"), ("dir", "auto")} <= quoted
    assert arabic in letter.html
    assert arabic in letter.text


def test_without_a_sender_the_letter_can_still_be_written_for_the_record(post: Post):
    told, _ = promise_gone()
    letter = post(told, options=MailOptions(), base_url="")
    assert letter.subject == "Wavecrest: promise to ask before AI training is gone"
    assert GRANT_OLD not in letter.text

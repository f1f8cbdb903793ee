"""robots.txt as RFC 9309 says, for AI crawlers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signals.conftest import brief, reading, said, text
from watcher.model.signal import Crawler
from watcher.model.version import Doubt


def test_a_crawler_that_is_kept_out_of_everything_is_forbidden():
    found = text("robots", "User-agent: GPTBot\nDisallow: /\n")
    assert said(found) == [("robots-forbids", "GPTBot", "User-agent: GPTBot · Disallow: /")]


def test_an_empty_disallow_or_an_allow_for_everything_admits():
    for rule in ("Disallow:", "Allow: /"):
        found = text("robots", f"User-agent: *\nDisallow: /private/\n\nUser-agent: CCBot\n{rule}\n")
        assert said(found) == [("robots-admits", "CCBot", "User-agent: CCBot · Allow: /")]


def test_a_crawler_that_is_named_with_the_limits_of_everybody_is_not_expressly_admitted():
    rules = "User-agent: *\nDisallow: /admin\nUser-agent: GPTBot\nDisallow: /admin\n"
    assert said(text("robots", rules)) == [("", "GPTBot", "User-agent: GPTBot · Disallow: /admin")]


def test_rules_for_everybody_speak_of_ai_only_when_they_forbid_everything():
    assert said(text("robots", "User-agent: *\nDisallow: /admin\nDisallow: /search\n")) == []
    found = text("robots", "User-agent: *\nDisallow: /\n")
    assert said(found) == [("robots-forbids", "*", "User-agent: * · Disallow: /")]


def test_where_all_is_forbidden_to_all_a_crawler_with_a_group_of_its_own_is_let_in():
    found = text("robots", "User-agent: *\nDisallow: /\n\nUser-agent: ClaudeBot\nDisallow: /drafts/\n")
    assert brief(found) == [("robots-forbids", "*"), ("robots-admits", "ClaudeBot")]


def test_names_are_matched_without_case_and_as_whole_tokens():
    found = text("robots", "user-agent: gptbot\ndisallow: /\nUser-agent: Claude\nDisallow: /\n")
    assert brief(found) == [("robots-forbids", "GPTBot")]


def test_several_lines_and_groups_for_one_crawler_are_one_group():
    rules = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /a/\n\nUser-agent: GPTBot\nDisallow: /b/\n"
    assert [words for _, _, words in said(text("robots", rules))] == [
        "User-agent: CCBot · Disallow: /a/",
        "User-agent: GPTBot · Disallow: /a/ · Disallow: /b/",
    ]


def test_of_conflicting_rules_the_longest_wins_and_of_equal_ones_the_one_that_allows():
    """RFC 9309, 2.2.2 and 5.2."""
    longer = "User-agent: GPTBot\nDisallow: /\nAllow: /press/\n"
    assert said(text("robots", longer))[0][2] == "User-agent: GPTBot · Disallow: / · Allow: /press/"
    equal = "User-agent: GPTBot\nDisallow: /tracks\nAllow: /tracks\n"
    assert brief(text("robots", equal)) == [("robots-admits", "GPTBot")]


def test_special_characters_of_paths_are_understood():
    """RFC 9309, 2.2.3: `*` stands for anything, `$` for the end."""
    assert brief(text("robots", "User-agent: GPTBot\nDisallow: /*\n")) == [("robots-forbids", "GPTBot")]
    (only,) = said(text("robots", "User-agent: GPTBot\nDisallow: /$\nDisallow: /*.mp3$\n"))
    assert only[2] == "User-agent: GPTBot · Disallow: /$ · Disallow: /*.mp3$"


def test_crawlers_that_do_not_train_are_recorded_and_not_judged():
    found = text("robots", "User-agent: OAI-SearchBot\nUser-agent: ChatGPT-User\nDisallow: /\n")
    assert brief(found) == [("", "ChatGPT-User"), ("", "OAI-SearchBot")]


def test_an_operator_adds_crawlers_and_may_correct_shipped_ones():
    rules = "User-agent: NewBot\nUser-agent: PetalBot\nDisallow: /\nUser-agent: Googlebot\nDisallow: /\n"
    own = (Crawler("NewBot", "New AI"), Crawler("PetalBot", "Huawei", "training"))
    assert brief(text("robots", rules)) == [("", "PetalBot")]
    assert brief(text("robots", rules, crawlers=own)) == [
        ("robots-forbids", "NewBot"),
        ("robots-forbids", "PetalBot"),
    ]


def test_comments_order_case_and_blank_lines_make_no_other_text():
    one = "User-agent: GPTBot\nDisallow: /\nUser-agent: CCBot\nDisallow: /\n"
    other = "# keep out\n\nUSER-AGENT:ccbot # Common Crawl\nuser-agent : GPTBOT\n\nDISALLOW:/   \r\nSitemap: https://x.example/s\n"
    assert text("robots", one).digest == text("robots", other).digest


def test_rules_before_any_group_bind_nobody_and_are_shown_with_the_reason():
    """RFC 9309, 2.1."""
    found = text("robots", "Disallow: /\nUser-agent: GPTBot\nAllow: /\n")
    assert brief(found) == [("robots-admits", "GPTBot"), ("?", "disallow")]


def test_an_empty_file_and_one_of_comments_say_nothing():
    assert said(text("robots", "")) == []
    assert said(text("robots", "# nothing here\n")) == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_file_is_a_text_that_says_so(status):
    (only,) = said(text("robots", "", status=status))
    assert only[:2] == ("", "robots.txt")
    assert str(status) in only[2]


@pytest.mark.parametrize(
    ("body", "how", "why"),
    [
        ("<!doctype html><html><body>Not here</body></html>", {"media": "text/html"}, "HTML page"),
        ("\n <HTML><head><title>x</title></head></HTML>", {"media": "text/plain"}, "HTML page"),
        ("<p>User-agent: GPTBot</p>", {"media": "text/html"}, "HTML page"),
        ("User-agent: GPTBot\nDisallow: /\n" + "#" * 600_000, {}, "larger than"),
        ("User-agent: GPTBot\nDisallow: /\n", {"to": "https://parking.example/robots.txt"}, "another host"),
        (b"\x00\x01\x02\x03\x04\x05PNG", {}, "binary"),
        ("Welcome to our site\nPlease log in\n", {}, "not one line"),
    ],
)
def test_what_is_no_robots_txt_is_unreadable_with_its_reason(body, how, why):
    refused = reading("robots", body, **how)
    assert refused.text is None
    assert refused.verdict.doubt is Doubt.UNREADABLE
    assert why in refused.verdict.detail
    assert not refused.verdict.waits


def test_a_redirect_to_the_same_site_with_www_and_a_wrong_media_type_are_no_obstacle():
    rules = "User-agent: GPTBot\nDisallow: /\n"
    assert brief(text("robots", rules, to="https://www.wavecrest.example/robots.txt")) != []
    assert brief(text("robots", rules, media="text/html")) != []


def test_a_file_with_a_byte_order_mark_is_read():
    assert brief(text("robots", "\ufeffUser-agent: GPTBot\nDisallow: /\n")) == [("robots-forbids", "GPTBot")]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_never_raise(body):
    read = reading("robots", body)
    assert (read.text is None) == (read.verdict.doubt is Doubt.UNREADABLE)


_LINE = st.sampled_from(
    [
        "User-agent: GPTBot",
        "User-agent: *",
        "Disallow: /",
        "Disallow: /a",
        "Allow: /a/b",
        "Allow: /",
        "",
        "# no",
    ]
)


@given(st.lists(_LINE, max_size=12))
def test_no_crawler_is_forbidden_and_admitted_at_once(lines):
    found = brief(text("robots", "\n".join(["User-agent: CCBot", "Allow: /", *lines])))
    assert len({about for _, about in found if about != "disallow"}) >= len(
        [about for rule, about in found if rule.startswith("robots-")]
    )

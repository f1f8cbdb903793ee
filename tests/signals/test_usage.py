"""Content-Usage (draft-ietf-aipref-vocab and -attach) and Content-Signal."""

import pytest

from tests.signals.conftest import brief, said, text
from watcher.signals.usage import NotUnderstood, preferences, strictest


def test_a_rule_states_a_preference_for_a_path():
    found = text("robots", "User-Agent: *\nAllow: /\nContent-Usage: / train-ai=n\n")
    assert said(found) == [("usage-forbids", "train-ai", "User-agent: * · Content-Usage: / · train-ai=n")]


def test_groups_and_paths_have_preferences_of_their_own_and_forbidden_paths_none():
    """After the example of -attach: two groups, one path with another preference, one that may not be fetched."""
    rules = """
    User-Agent: *
    Allow: /
    Disallow: /hidden/
    Content-Usage: / train-ai=n
    Content-Usage: /open/ train-ai=y
    Content-Usage: /hidden/ train-ai=y

    User-Agent: FriendBot
    Allow: /
    Content-Usage: / train-ai=y
    """
    assert [(rule, words) for rule, _, words in said(text("robots", rules))] == [
        ("usage-forbids", "User-agent: * · Content-Usage: / · train-ai=n"),
        ("usage-allows", "User-agent: * · Content-Usage: /open/ · train-ai=y"),
        ("usage-allows", "User-agent: FriendBot · Content-Usage: / · train-ai=y"),
    ]


def test_only_training_is_judged_and_other_uses_are_recorded():
    found = text("robots", "User-agent: *\nContent-Usage: / train-ai=y, search=n, ai-use=n\n")
    assert brief(found) == [("usage-allows", "train-ai"), ("", "ai-use"), ("", "search")]


@pytest.mark.parametrize(
    ("value", "stated"),
    [
        ("train-ai=y, search=n", {"train-ai": "y", "search": "n"}),
        ("train-ai=n;exact=1", {"train-ai": "n"}),
        ('train-ai=n, train-ai, search=y, search="y"', {}),  # the last of a key holds, and is no token
        ("train-ai;yes=y, train-ai=n", {"train-ai": "n"}),
        ('train-ai;why="?"', {}),
        ("train-ai=maybe", {}),
        ("something-else=n", {}),
        ("", {}),
    ],
)
def test_values_are_dictionaries_of_structured_fields(value, stated):
    assert preferences(value) == stated


@pytest.mark.parametrize("value", ["Train-AI=n", "train-ai=n,", "train-ai: n", "säv=n", "\ud800"])
def test_what_cannot_be_parsed_says_nothing_at_all(value):
    with pytest.raises(NotUnderstood):
        preferences(value)
    found = text("robots", f"User-agent: *\nContent-Usage: / {value}\n".encode("utf-8", "replace"))
    assert [rule for rule, _ in brief(found)] == ["?"]


def test_of_several_statements_about_one_path_the_strictest_holds():
    assert strictest([{"train-ai": "y"}, {"train-ai": "n", "search": "y"}]) == {
        "train-ai": "n",
        "search": "y",
    }
    found = text("robots", "User-agent: *\nContent-Usage: / train-ai=n\nContent-Usage: / train-ai=y\n")
    assert brief(found) == [("usage-forbids", "train-ai")]


def test_a_header_speaks_of_its_page_and_several_lines_are_one_list():
    headers = [("content-usage", "train-ai=n"), ("content-usage", "search=y")]
    found = text("tags", "<html><body>Song</body></html>", media="text/html", headers=headers)
    assert brief(found) == [("usage-forbids", "train-ai"), ("", "search")]


def test_content_signals_are_read_and_no_wins_over_yes():
    rules = "User-agent: *\nContent-Signal: search=yes, ai-train=yes\nContent-Signal: ai-train=no\nAllow: /\n"
    assert said(text("robots", rules)) == [
        ("usage-forbids", "ai-train", "User-agent: * · Content-Signal: ai-train=no"),
        ("", "search", "User-agent: * · Content-Signal: search=yes"),
    ]
    allowed = text("robots", "User-agent: *\nContent-Signal: ai-train=yes\n")
    assert brief(allowed) == [("usage-allows", "ai-train")]
    assert brief(text("robots", "User-agent: *\nContent-Signal: ai-train=perhaps\n")) == [
        ("?", "content-signal")
    ]

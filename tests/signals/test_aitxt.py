"""ai.txt of Spawning: kinds of file by their endings."""

from tests.signals.conftest import brief, reading, said, text
from watcher.model.version import Doubt
from watcher.signals.aitxt import KINDS


def generated(**allowed: bool) -> str:
    """As Spawning's generator writes it: a line for each ending, then a rule for the rest."""
    lines = ["# Spawning AI", "# Prevent datasets from using the following file types", "", "User-Agent: *"]
    for kind, endings in KINDS.items():
        word = "Allow" if allowed.get(kind) else "Disallow"
        lines += [f"{word}: *.{ending}" for ending in endings]
    return "\n".join(lines)


def test_a_file_that_forbids_every_kind_forbids_all_of_them():
    assert brief(text("ai-txt", generated())) == [("aitxt-forbids", kind) for kind in KINDS]
    everything = generated() + "\nDisallow: /\nDisallow: *\n"
    assert said(text("ai-txt", everything)) == [("aitxt-forbids", "*", "User-agent: * · Disallow: /")]
    assert brief(text("ai-txt", "User-Agent: *\nDisallow: /\n")) == [("aitxt-forbids", "*")]


def test_kinds_that_are_allowed_are_offered():
    found = brief(text("ai-txt", generated(images=True)))
    assert ("aitxt-allows", "images") in found
    assert ("aitxt-forbids", "audio") in found
    assert brief(text("ai-txt", "User-Agent: *\nAllow: /\n")) == [("aitxt-allows", "*")]


def test_what_is_merely_not_forbidden_is_no_offer():
    assert brief(text("ai-txt", "User-Agent: *\nDisallow: *.mp3\n")) == []
    assert brief(text("ai-txt", "User-Agent: *\n")) == []


def test_crawlers_may_be_named_and_strangers_are_left_out():
    found = text("ai-txt", "User-agent: GPTBot\nDisallow: /\n\nUser-agent: SomeBot\nAllow: /\n")
    assert said(found) == [("aitxt-forbids", "*", "User-agent: GPTBot · Disallow: /")]


def test_an_essay_about_ai_in_its_place_is_unreadable():
    refused = reading("ai-txt", "We believe in responsible AI.\nWrite to us.\n")
    assert refused.verdict.doubt is Doubt.UNREADABLE

"""A comparison of two files as a page that stands alone."""

import pytest

from watcher.diff import compare, mark
from watcher.model.finding import Change, ChangeKind, Finding, RuleText
from watcher.model.text import Clause, DocumentText
from watcher.site import comparison_page

PROMISE = "We never train AI with your songs <script>alert(1)</script>."
GRANT = "We may train AI with your songs."


def text(*words: str) -> DocumentText:
    return DocumentText("Terms", "en", tuple(Clause("paragraph", one, one) for one in words))


def page(language: str = "en", problem: str = "") -> str:
    old, new = text("You own what you upload.", PROMISE), text("You own what you upload.", GRANT)
    gone = Finding(
        "training_commitment", "ai.promise", "ai 1", "high", PROMISE, "en", clause=old.clauses[1].key
    )
    change = Change(
        "training_commitment", ChangeKind.REMOVED, "high", "ai.promise", PROMISE, None, "en", before=gone
    )
    return comparison_page(
        compare(old, new),
        () if problem else (change,),
        title="Wavecrest: before.md → after.md",
        service="Wavecrest",
        mark=mark,
        explain=lambda rule, code: RuleText(rule, "A promise", "It promises.", "Ask.", code),
        language=language,
        problem=problem,
    )


@pytest.mark.parametrize(("language", "headline"), [("en", "no longer promises"), ("it", "non promette più")])
def test_it_tells_what_changed_and_shows_both_sides_without_anything_from_elsewhere(language, headline):
    html = page(language)
    assert f'<html lang="{language}">' in html
    assert headline in html
    assert "<ins>" in html
    assert "<del>" in html
    assert "src=" not in html
    assert 'href="http' not in html


def test_hostile_words_are_only_words():
    assert "<script>" not in page()
    assert "&lt;script&gt;" in page()


def test_what_could_not_be_judged_is_said():
    assert "These texts could not be judged: no pack for nl" in page(problem="no pack for nl")

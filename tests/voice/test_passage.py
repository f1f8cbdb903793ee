"""The words of a change as a mail shows them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.conftest import CHOICE, GRANT_NEW, GRANT_OLD, choice, grant, promise_gone, wider
from watcher.diff import mark
from watcher.model.comparison import Pair
from watcher.model.finding import Change, ChangeKind, Cue, Finding
from watcher.model.text import Clause
from watcher.voice.passage import Span, harmless, passage


def reworded(old: str, new: str) -> Change:
    return Change("training_grant", ChangeKind.EXPANDED, "high", "r", new, old, "en")


def text(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


def marked(spans: tuple[Span, ...], kind: str) -> list[str]:
    return [span.text for span in spans if span.kind == kind]


def test_a_short_clause_stands_whole_on_both_sides_with_its_changed_words():
    told, _ = wider()
    shown = passage(told.changes[0], mark)
    assert marked(shown.now, "insert") == ["We and third parties", "and recordings"]
    assert marked(shown.before, "delete") == ["Unless you opt out, we"]
    assert shown.whole == ()


def test_of_a_longer_clause_forty_words_around_the_change_are_quoted_and_the_whole_stands_below():
    shown = passage(reworded(GRANT_OLD, GRANT_NEW), mark)
    assert len(text(shown.now).split()) <= 42
    assert "train and develop artificial intelligence" in text(shown.now)
    assert text(shown.whole) == GRANT_NEW
    assert not shown.shortened


def test_a_cut_out_stretch_that_only_repeats_the_other_side_is_left_out():
    assert passage(reworded(GRANT_OLD, GRANT_NEW), mark).before == ()
    lost = passage(reworded(GRANT_NEW, GRANT_OLD), mark)
    assert lost.now == ()
    assert "artificial intelligence" in text(lost.before)


def test_a_new_clause_shows_the_words_that_led_to_the_finding():
    told, _ = choice()
    shown = passage(told.changes[0], mark)
    assert (text(shown.now), shown.before) == (CHOICE, ())
    assert marked(shown.now, "cue") == ["opt out", "AI training"]


def test_blanks_between_two_marked_words_stay_when_a_long_clause_is_cut():
    quote = "You choose to opt out of training. " + "The rest is long. " * 30
    now = Finding(
        "training_choice", "r", "p 1", "high", quote, "en", (Cue(0, 3, "user"), Cue(4, 13, "choice"))
    )
    change = Change("training_choice", ChangeKind.INTRODUCED, "high", "r", quote, None, "en", now=now)
    assert text(passage(change, mark).now).startswith("You choose to opt out")


def test_a_clause_that_is_gone_is_shown_as_what_stood_before():
    told, _ = promise_gone()
    shown = passage(told.changes[0], mark)
    assert shown.now == ()
    assert marked(shown.before, "cue") == ["will not train", "generative AI", "unless you have said yes"]


def test_what_is_new_in_a_clause_that_stood_before_is_marked_in_it():
    told, comparison = grant()
    [pair] = comparison.changed
    shown = passage(told.changes[0], mark, pair)
    assert marked(shown.whole, "insert") == [GRANT_NEW.removeprefix(GRANT_OLD[:-1]).removesuffix(".")]
    assert marked(shown.whole, "cue") == []
    assert "artificial intelligence" in text(shown.now)
    assert "  " not in text(shown.now)


def test_what_a_clause_that_stays_has_lost_is_struck_out_in_it():
    quote = "We will never train AI with your songs."
    stays = "You keep all rights. " * 20
    old, new = (
        Clause("paragraph", text, text)
        for text in (stays + quote + " Ask us.", "New here. " + stays + "Ask us.")
    )
    change = Change("training_commitment", ChangeKind.NARROWED, "high", "r", quote, None, "en")
    before = Finding("training_commitment", "r", "p 1", "high", quote, "en", clause=old.key)
    shown = passage(replace(change, before=before), mark, Pair("reworded", old, new))
    assert marked(shown.before, "delete") == ["We will never train AI with your songs."]
    assert "New here" not in text(shown.before)


def test_an_endless_clause_is_shortened_to_what_changed():
    filler = "We may change the look of the service. " * 25_000
    shown = passage(reworded(filler, filler + "We train AI with your songs."), mark)
    alone = passage(Change("training_grant", ChangeKind.INTRODUCED, "high", "r", filler, None, "en"), mark)
    wall = passage(
        Change("training_grant", ChangeKind.INTRODUCED, "high", "r", "x" * 1_000_000, None, "en"), mark
    )
    assert "train AI with your songs" in text(shown.now)
    assert shown.shortened
    assert alone.shortened
    assert all(
        len(text(spans)) < 5_000 for spans in (shown.now, shown.whole, alone.now, alone.whole, wall.now)
    )


def test_characters_that_turn_the_reading_direction_are_left_out():
    assert harmless("train\u202e ton\u2066 lliw \x1b[31mew\nnow") == "train ton lliw [31mew now"


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_the_words_nothing_of_them_is_lost_or_added(old, new):
    shown = passage(reworded(old, new), mark)
    kept = text(shown.whole or shown.now)
    if not shown.shortened and "…" not in kept:
        here = text(tuple(span for span in shown.whole or shown.now if span.kind != "delete"))
        assert harmless(here).replace(" ", "") == harmless(new).replace(" ", "")

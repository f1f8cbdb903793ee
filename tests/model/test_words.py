"""What a reader types, and where the words stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.model.words import MOST_PHRASES, Phrase, parse, phrase, places, searchable


def asked(text: str) -> list[tuple[str, bool]]:
    return [(" ".join(one.words), one.prefix) for one in parse(text).phrases]


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("train models", [("train", False), ("models", False)]),
        ('"train models" data', [("train models", False), ("data", False)]),
        ("“train models”", [("train models", False)]),
        ("«addestrare modelli»", [("addestrare modelli", False)]),
        ("train*", [("train", True)]),
        ('"machine learn"*', [("machine learn", True)]),
        ('"machine learn*"', [("machine learn", True)]),
        ("a*", [("a", False)]),
        ("opt-out", [("opt out", False)]),
        ("dell’utente", [("dell utente", False)]),
        ("CITTÀ perché Straße", [("citta", False), ("perche", False), ("strasse", False)]),
        ("train train", [("train", False)]),
        ('"without an end', [("without an end", False)]),
        ("NEAR(a b) AND NOT c:d", [("near a", False), ("b", False), ("and", False), ("not", False), ("c d", False)]),
        ('"" * - ; \x00 \ud800', []),
    ],
)  # fmt: skip
def test_words_phrases_and_beginnings(typed, phrases):
    assert asked(typed) == phrases


def test_a_question_that_is_too_long_is_cut_and_says_so():
    assert not parse("some words").cut
    many = parse(" ".join(f"w{n}" for n in range(40)))
    assert len(many.phrases) == MOST_PHRASES and many.cut
    assert parse("x" * 10_000).cut


@given(st.text(max_size=400))
def test_whatever_is_typed_gives_folded_words_of_letters_and_digits_only(typed):
    for one in parse(typed).phrases:
        assert one.words and all(word.isalnum() for word in one.words)


@given(st.text(max_size=200))
def test_words_of_a_text_are_found_where_they_stand(text):
    folded = searchable(text).split()
    if not folded:
        return
    wanted = phrase(text)
    assert (
        wanted.phrases == (Phrase(tuple(searchable(wanted.phrases[0].words[0]).split() or folded)),) or wanted
    )
    for start, end in places(text, parse(folded[0])):
        assert searchable(text[start:end]) == folded[0]


def test_places_are_found_whatever_case_accents_and_punctuation():
    text = "La città può “addestrare”, addestrare; addestramento."
    marked = [text[a:b] for a, b in places(text, parse("CITTA addestra*"))]
    assert marked == ["città", "addestrare", "addestrare", "addestramento"]
    assert places(text, parse('"può addestrare"')) == ((9, 24),)


def test_all_words_of_a_text_may_be_one_phrase():
    assert phrase(' "To train": our* models ').phrases == (Phrase(("to", "train", "our", "models")),)
    assert not phrase(" ... ")


def test_a_letter_with_a_mark_of_its_own_is_one_word():
    assert searchable("x\u0302yz q\u0323u") == "xyz qu"

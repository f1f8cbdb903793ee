"""When a text says that it takes effect."""

import pytest

from watcher.model.text import Clause, DocumentText
from watcher.voice.effect import takes_effect


def text(*paragraphs: str) -> DocumentText:
    return DocumentText("Terms", "en", tuple(Clause("paragraph", p, p) for p in paragraphs))


BEFORE = text("Welcome to Wavecrest.", "Effective date: 1 March 2024")


@pytest.mark.parametrize(
    "sentence",
    [
        "Effective date: 1 May 2026",
        "These terms take effect on May 1, 2026.",
        "This version comes into force on 2026-05-01.",
        "Le presenti condizioni sono in vigore dal 1° maggio 2026.",
        "Die Bedingungen gelten ab dem 1. Mai 2026.",
        "Diese Fassung tritt am 01.05.2026 in Kraft.",
        "Ces conditions entrent en vigueur le 1er mai 2026.",
        "Estas condiciones entrarán en vigor el 1 de mayo de 2026.",
    ],
)
def test_the_sentence_with_the_date_is_quoted(sentence):
    assert takes_effect(text("Welcome.", f"We changed this. {sentence}"), BEFORE) == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Last updated on 1 May 2026.",
        "Changes take effect thirty days after we post them.",
        "Effective date: 1 March 2024",
        "We keep logs for 90 days and may use 3 cookies.",
        "Welcome " * 60 + "effective 1 May 2026",
    ],
)
def test_nothing_is_said_where_the_text_gives_no_new_date(sentence):
    assert takes_effect(text("Welcome.", sentence), BEFORE) == ""

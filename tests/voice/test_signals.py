"""How signals, hubs and contradictions are told."""

from dataclasses import replace
from typing import get_args

import pytest

from watcher import signals
from watcher.model.contradiction import ContradictionKind
from watcher.model.finding import ChangeKind
from watcher.signals.lists import shipped_lists
from watcher.voice import Voice
from watcher.voice.signals import CONTRADICTIONS, SIGNALS, STANDING

RULES = tuple(shipped_lists().rules)


@pytest.fixture
def robots(change):
    def make(kind: str, *names: str, rule: str = "signal-robots-forbids", previous: str | None = None):
        made = change("training_restriction", kind, polarity="denied", recipients=names)
        return replace(made, rule=rule, previous=previous)

    return make


def test_every_rule_has_headlines_and_every_one_of_signals_a_standing_sentence():
    assert set(SIGNALS) == set(RULES)
    assert set(STANDING) == set(RULES) - {"hub-document"}
    assert set(CONTRADICTIONS) == set(get_args(ContradictionKind))


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", ChangeKind)
def test_everything_can_be_said_of_every_rule(wavecrest, robots, language, rule, kind):
    said = Voice.of(language).headline(wavecrest, robots(kind, "GPTBot (OpenAI)", rule=rule))
    assert "Wavecrest" in said
    assert "%" not in said


def test_crawlers_are_named_with_their_companies_and_many_are_counted(wavecrest, robots):
    one = robots("introduced", "GPTBot (OpenAI)")
    assert (
        Voice.of("en").headline(wavecrest, one)
        == "Wavecrest now forbids GPTBot (OpenAI) to collect its pages for AI."
    )
    many = robots("removed", "A (a)", "B (b)", "C (c)", "D (d)", "E (e)")
    assert (
        Voice.of("it").headline(wavecrest, many)
        == "Wavecrest non vieta più a A (a), B (b), C (c) e altri 2 di raccogliere le sue pagine per l'IA."
    )


def test_a_tag_names_its_page(wavecrest, robots):
    page = replace(wavecrest, variant="wavecrest.example/anna/song")
    gone = robots("removed", "noai", rule="signal-noai")
    assert (
        Voice.of("en").headline(page, gone)
        == "Wavecrest removed the “no AI” tag from a page: wavecrest.example/anna/song."
    )


def test_a_document_stands_between_quotation_marks(wavecrest, robots):
    new = robots("introduced", "AI Training Terms", rule="hub-document")
    assert (
        Voice.of("en").headline(wavecrest, new) == "Wavecrest published a new document: “AI Training Terms”."
    )
    assert (
        Voice.of("it").headline(wavecrest, new)
        == "Wavecrest ha pubblicato un nuovo documento: «AI Training Terms»."
    )


def test_what_stands_and_what_contradicts_is_said_in_both_languages():
    names = ("GPTBot (OpenAI)", "CCBot (Common Crawl)")
    assert (
        Voice.of("en").standing("signal-robots-forbids", names)
        == "Forbids GPTBot (OpenAI) and CCBot (Common Crawl) to collect its pages for AI"
    )
    assert Voice.of("it").standing("signal-robots-forbids", ("*",)).startswith("Vieta a tutti i crawler")
    assert "Wavecrest" in Voice.of("it").contradiction("permits_but_keeps_out", "Wavecrest")


def test_every_rule_explains_itself_in_both_languages_with_the_service_to_be_filled_in():
    for rule in RULES:
        for language in ("en", "it"):
            words = signals.explain(rule, language)
            assert "{service}" in words.meaning
            assert words.advice

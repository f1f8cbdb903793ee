from dataclasses import replace

import pytest

from watcher.clauses import Judge
from watcher.clauses.examples import run
from watcher.clauses.lint import lint
from watcher.clauses.mutation import unproved_lists, unproved_rules

LANGUAGES = ("de", "en", "es", "fr", "it")


def test_every_example_beside_the_rules_is_judged_as_it_says(judge: Judge):
    result = run(judge)
    assert not result.failures, "\n".join(map(str, result.failures))
    assert all(result.counts[language] >= 150 for language in LANGUAGES)


def test_no_phrase_is_dead_and_no_example_is_shut_out_by_the_gate(judge: Judge):
    assert not lint(judge)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dropping_any_list_of_words_makes_some_example_fail(judge: Judge, language: str):
    assert [str(each) for each in unproved_lists(judge, language)] == []


def test_dropping_any_link_or_alternative_of_a_rule_makes_some_example_fail(judge: Judge):
    assert [str(each) for pack in judge.packs.packs for each in unproved_rules(judge, pack)] == []


def test_a_list_that_lost_its_example_is_named(judge: Judge):
    pack = next(pack for pack in judge.packs.packs if pack.id == "licence")
    words = pack.languages["en"]
    kept = {rule: each for rule, each in words.lexicon.examples.items() if rule != "licence-moral-rights"}
    bare = replace(words, lexicon=words.lexicon.model_copy(update={"examples": kept}))
    poorer = judge.trying(replace(pack, languages={**pack.languages, "en": bare}))
    named = [str(each) for each in unproved_lists(poorer, "en")]
    assert [each.split("concepts.")[1] for each in named] == [
        "moral_rights: no example would miss it",
        "waive: no example would miss it",
    ]


def test_going_blind_for_a_list_ends_again(judge: Judge):
    list(unproved_lists(judge, "en"))
    assert not run(judge, languages=frozenset({"en"})).failures

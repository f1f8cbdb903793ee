import pytest

from watcher.clauses import Judge
from watcher.clauses.examples import run
from watcher.clauses.lint import lint
from watcher.clauses.mutation import survivors

LANGUAGES = ("de", "en", "es", "fr", "it")
MUST_COUNT = (
    "deny", "disallow", "forbid_back", "grant", "opt_out", "opt_in", "choice", "consent", "exception", "only",
    "third_party", "supplier", "yours", "anaphor", "condition_minors", "condition_private", "condition_region",
    "condition_business", "condition_separate_agreement", "condition_anonymised",
)  # fmt: skip
"""Cue lists that no language may lose unnoticed."""


def test_every_example_beside_the_rules_is_judged_as_it_says(judge: Judge):
    result = run(judge)
    assert not result.failures, "\n".join(map(str, result.failures))
    assert all(result.counts[language] >= 60 for language in LANGUAGES)


def test_no_phrase_is_dead_and_no_example_is_shut_out_by_the_gate(judge: Judge):
    assert not lint(judge)


@pytest.mark.parametrize("language", LANGUAGES)
def test_dropping_a_cue_list_makes_some_example_fail(judge: Judge, language: str):
    missed = {name.removeprefix("languages: ") for name in survivors(judge, language)}
    assert not missed & set(MUST_COUNT)


def test_going_blind_for_a_concept_ends_again(judge: Judge):
    survivors(judge, "en")
    assert not run(judge, languages=frozenset({"en"})).failures

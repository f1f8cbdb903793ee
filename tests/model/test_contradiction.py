"""Where terms and words for machines contradict each other."""

import pytest

from tests.signals.conftest import text
from watcher import signals
from watcher.model.contradiction import contradictions, may_contradict
from watcher.model.finding import Finding


def terms(category: str, polarity: str = "permitted") -> Finding:
    return Finding(category, "ai-x", "ai 1", "high", "words", "en", polarity=polarity)


def robots(rules: str) -> tuple[Finding, ...]:
    return signals.findings(text("robots", rules))


GRANT, SHARED = terms("training_grant"), terms("third_party_training")
PROMISE, BAN = terms("training_commitment", "denied"), terms("training_restriction", "denied")
KEEPS_OUT = robots("User-agent: *\nDisallow: /\n")
PARTLY = robots("User-agent: GPTBot\nDisallow: /drafts/\n")
LETS_IN = robots("User-agent: CCBot\nAllow: /\n")


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ([GRANT, PROMISE, *KEEPS_OUT], ["permits_but_keeps_out"]),
        ([SHARED, *KEEPS_OUT], ["shares_but_keeps_out"]),
        ([PROMISE, *LETS_IN], ["promises_but_lets_in"]),
        ([BAN, GRANT, *LETS_IN], ["forbids_but_lets_in"]),
        ([BAN, *KEEPS_OUT], []),
        ([GRANT, *LETS_IN], []),
        ([GRANT, *PARTLY], []),
        ([GRANT], []),
        ([*KEEPS_OUT], []),
        ([GRANT, BAN, *KEEPS_OUT, *LETS_IN], []),
    ],
)
def test_terms_that_permit_and_signals_that_keep_out_contradict_each_other_and_the_reverse(said, kinds):
    found = contradictions(said)
    assert [one.kind for one in found] == kinds
    assert not found or may_contradict(said)
    assert all(one.terms and one.signals for one in found)


def test_one_side_alone_is_not_worth_a_look():
    assert not may_contradict([GRANT, PROMISE])
    assert not may_contradict(KEEPS_OUT)
    assert may_contradict([GRANT, *KEEPS_OUT])

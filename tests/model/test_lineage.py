"""Where a clause came from, how it was reworded, when it left."""

from datetime import UTC, datetime, timedelta

import pytest

from watcher.diff import compare
from watcher.model.life import lineage
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Version, VersionKind

START = datetime(2026, 3, 1, tzinfo=UTC)
KEEP = "You keep all rights in the music that you upload."
FIRST = "We may use what you upload to run and improve the service that you use."
SECOND = "We may use what you upload to run and improve the service and our models."
THIRD = "We may use what you upload to run, improve and train the service and our models."


def clause(words: str) -> Clause:
    return Clause("paragraph", words, words)


@pytest.fixture
def told():
    def of(words: str, *versions: tuple[str, ...]):
        texts = [DocumentText("Terms", "en", tuple(map(clause, version))) for version in versions]
        known = {text.digest: text for text in texts}
        made = [
            Version(
                "w/terms", at + 1, VersionKind.CHANGED, START + timedelta(days=at), text.digest, "1", "s", ()
            )
            for at, text in enumerate(texts)
        ]
        return lineage(made, clause(words).key, known.__getitem__, compare)

    return of


def steps(found):
    return [
        (one.version.number, one.clause.text, one.until and (one.until - START).days)
        for one in found.wordings
    ]


@pytest.mark.parametrize("asked", [FIRST, SECOND, THIRD])
def test_a_clause_is_followed_through_its_rewordings_from_whichever_wording_one_asks(told, asked):
    found = told(asked, (KEEP, FIRST), (KEEP, SECOND), (KEEP, SECOND, "New."), (KEEP, THIRD))
    assert steps(found) == [(1, FIRST, 1), (2, SECOND, 3), (4, THIRD, None)]
    assert found.original and found.stands
    assert "".join(s.text for s in found.wordings[1].segments if s.op == "insert") == "and our models"


def test_a_clause_that_came_later_is_not_original_and_one_that_left_does_not_stand(told):
    found = told(THIRD, (KEEP,), (KEEP, THIRD), (KEEP,))
    assert steps(found) == [(2, THIRD, 2)]
    assert not found.original and not found.stands


def test_a_clause_that_left_and_came_back_says_so(told):
    found = told(THIRD, (KEEP, THIRD), (KEEP,), (KEEP, THIRD))
    assert steps(found) == [(1, THIRD, 1), (3, THIRD, None)]
    assert [one.again for one in found.wordings] == [False, True]


def test_a_text_that_stands_on_breaks_nothing_and_a_move_changes_nothing(told):
    assert steps(told(THIRD, (KEEP, THIRD), (KEEP, THIRD), (THIRD, KEEP))) == [(1, THIRD, None)]


def test_a_clause_that_never_stood_has_no_life(told):
    assert told("Nothing of the kind.", (KEEP,)) is None

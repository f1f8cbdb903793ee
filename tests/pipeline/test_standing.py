"""Every version is read as a whole, once for each text."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.pipeline.conftest import CLAUSE, page
from watcher.model.finding import Finding
from watcher.model.standing import Says
from watcher.pipeline import Outcome, check
from watcher.standing import read_unread


class SimpleReader:
    """Every clause that names training is a grant."""

    def __init__(self, rules="test 1"):
        self.read, self.rules = Counter(), rules

    def __call__(self, text, *, service):
        self.read[text.digest] += 1
        return Says(
            tuple(
                Finding("training_grant", "test.grant", "test 1", "high", c.text, "en", clause=c.key)
                for c in text.clauses
                if "train" in c.text
            ),
            self.rules,
        )


@pytest.fixture
def reader():
    return SimpleReader()


async def checked(watch, reader, times):
    desk = replace(watch.desk, says=reader)
    outcomes = []
    for _ in range(times):
        await watch.clock.sleep(6 * 3600)
        outcomes.append((await check(watch.document, desk)).outcome)
    return outcomes


async def test_the_first_version_is_read_and_so_is_every_new_text_but_none_twice(watch, reader):
    watch.serve(page(extra=CLAUSE), page(), page(menu="Other"), page(extra=CLAUSE))
    outcomes = await checked(watch, reader, 4)
    assert outcomes == [Outcome.FIRST, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.RETURN]
    assert list(reader.read.values()) == [1, 1]
    ((stand, found),) = watch.store.findings.stands(watch.document.key)
    assert found.quote == CLAUSE and stand.version == 3
    assert stand.first_seen < stand.since


async def test_texts_of_an_older_store_are_read_afterwards_once(watch, reader):
    watch.serve(page(extra=CLAUSE), page())
    await watch.check()
    await watch.check()
    assert watch.store.findings.stands(watch.document.key) == ()
    assert read_unread(watch.store, reader) == 2
    assert read_unread(watch.store, reader) == 0
    assert watch.store.findings.ledger().why_unjudged(watch.document.key) is None


async def test_other_rules_read_everything_anew(watch, reader):
    watch.serve(page(extra=CLAUSE))
    await checked(watch, reader, 1)
    assert read_unread(watch.store, reader, rules="test 1") == 0
    assert read_unread(watch.store, lambda text, service: Says(rules="test 2"), rules="test 2") == 1
    assert watch.store.findings.stands(watch.document.key) == ()


async def test_reading_can_be_stopped_between_two_texts_and_goes_on_later(watch, reader):
    watch.serve(page(extra=CLAUSE), page())
    await watch.check()
    await watch.check()
    asked = iter([False, True])
    assert read_unread(watch.store, reader, stop=lambda: next(asked)) == 1
    assert read_unread(watch.store, reader) == 1

"""Every mail, as its readers get it."""

from itertools import pairwise

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.alerts.mails import DOOR, bodies, letter
from tests.alerts.test_letter import REMOTE, Outline
from watcher.alerts.digest import digest
from watcher.model.alert import PREFERENCES, UNSUBSCRIBE

NAMES = sorted(bodies("en"))
ABOUT_THE_TERMS = {"grouped", "door", "daily", "weekly", "correction"}
NOT_A_SUBSCRIPTION = {"operator", "trial"}


@pytest.fixture(scope="module", params=["en", "it"])
def mails(request):
    return request.param, bodies(request.param)


@pytest.mark.parametrize("name", NAMES)
def test_the_mail_reads_as_it_was_looked_at(mails, name: str, snapshot: SnapshotAssertion):
    made = letter(mails[1][name])
    assert made.subject == snapshot(name="subject")
    assert made.text == snapshot(name="text")
    assert made.html == snapshot(name="html")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small_whole_accessible_and_asks_nobody_for_anything(mails, name: str):
    language, made = mails[0], letter(mails[1][name])
    outline = Outline(made.html)
    assert len(made.html.encode()) < 100_000
    assert not REMOTE.search(made.html)
    assert ("html", "lang", language) in outline.attributes
    assert outline.tags.count("h1") == 1
    headings = [int(tag[1]) for tag in outline.tags if tag in ("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert "prefers-color-scheme" in made.html
    assert [line for line in made.text.splitlines() if len(line) > 72 and "https://" not in line] == []
    assert "&#" not in made.text and "\n\n\n\n" not in made.text
    assert UNSUBSCRIBE not in made.html + made.text and PREFERENCES not in made.html + made.text


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_of_a_subscription_has_its_two_links_in_both_parts(mails, name: str):
    made = letter(mails[1][name])
    for part in (made.text, made.html):
        for link in (made.unsubscribe, made.preferences):
            assert (link in part) is (name not in NOT_A_SUBSCRIPTION)


def test_a_long_digest_stays_small_and_names_what_it_leaves_out(mails):
    from dataclasses import replace

    from tests.alerts.conftest import grant
    from tests.alerts.mails import LUMALIA, ROME, WORDS
    from watcher.alerts import News

    told, compared = grant()
    news = []
    for number in range(40):
        document = replace(LUMALIA, service=f"Platform {number:02}")
        changes = tuple(
            replace(one, quote=f"{one.quote} {number}.{copy}") for one in told.changes for copy in range(12)
        )
        news.append(News(replace(told, document=document, changes=changes), changes, compared))
    made = letter(digest(news, mails[0], WORDS, day=ROME, weekly=True))
    assert len(made.html.encode()) < 100_000
    assert "Platform 39" in made.text
    assert made.subject.startswith("Platform 00, Platform 01")
    assert len(made.subject) <= 120


def test_what_one_can_do_has_the_link_that_the_clause_gives(mails):
    made = letter(mails[1]["door"])
    assert DOOR in made.text
    assert f'href="{DOOR}"' in made.html

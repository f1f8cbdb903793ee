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


def test_a_digest_tells_of_each_change_what_one_can_do_and_which_rule_flagged_it(mails):
    language, made = mails[0], letter(mails[1]["weekly"])
    words = {
        "en": ("What you can do:", "Rule: ", "the same as above."),
        "it": ("Che cosa puoi fare:", "Regola: ", "come sopra."),
    }
    do, rule, same = words[language]
    for part in (" ".join(made.text.split()), made.html):
        stories = part.count(rule)
        assert stories == part.count(do) == 5
        assert same not in part
        for link in (DOOR, "https://wavecrest.example/settings/ai"):
            assert link in part
        for name in ("ai-grant, ai-en 1", "ai-others, ai-en 1", "ai-choice, ai-en 1"):
            assert name in part


EVIL = (
    "<script>alert(1)</script></td></table><img src=x onerror=alert(1)> \u202eevil\u2066unsubscribe\u2069\r\n"
    "Bcc: all@reader.example\x00\x1b[2J {{ 7 * 7 }} %(service)s "
)


def hostile_bodies(language: str):
    from dataclasses import replace

    from tests.alerts.conftest import SEEN, event
    from tests.alerts.mails import BASE, ROME, WORDS
    from watcher.alerts import Links, News, alert, correction, note, silence
    from watcher.alerts.silence import Silent
    from watcher.model.finding import Change, ChangeKind
    from watcher.model.note import Fact, Outage, Withdrawal
    from watcher.model.report import DocumentStatus
    from watcher.model.source import Document, Page
    from watcher.signing import Signer

    long = EVIL + "We may train AI with it. " * 40_000
    change = Change("training_grant", ChangeKind.INTRODUCED, "high", "ai-grant", long, EVIL, "en")
    document = Document(f"Wave{EVIL}", f"Terms{EVIL}", (Page("javascript:alert(1)"),), variant=EVIL)
    told = replace(event(change), document=document)
    news = [News(told, told.changes, None, EVIL)] * 2
    links = Links(BASE, Signer("k" * 32, lambda: SEEN))
    status = DocumentStatus(document, SEEN, None, failures=9, reason=EVIL)
    fact = Fact("failing", "x", EVIL, EVIL, EVIL)
    return {
        "alert": alert(news, language, WORDS),
        "digest": digest(news, language, WORDS, day=ROME, weekly=False),
        "correction": correction(
            [Withdrawal("w", told, change, SEEN, EVIL * 100)], language, WORDS, day=ROME
        ),
        "silence": silence(
            [Silent(Outage("o", EVIL, SEEN), (status,))], language, links, day=ROME, back=False
        ),
        "operator": note([fact], [EVIL], language, links, day=ROME),
    }


@pytest.mark.parametrize("language", ["en", "it"])
def test_hostile_text_is_harmless_in_every_mail_and_no_header_comes_of_it(language: str):
    from email import message_from_bytes, policy

    from tests.alerts.conftest import OPTIONS
    from watcher.alerts.message import wire

    for name, body in hostile_bodies(language).items():
        made = letter(body)
        outline = Outline(made.html)
        assert not {"script", "img"} & set(outline.tags), name
        assert not [one for _, one, _ in outline.attributes if one.startswith("on")], name
        assert "javascript:" not in made.html + made.text, name
        assert not set("\u202e\u2066\x00\x1b\r") & set(made.html + made.text + made.subject), name
        assert made.text.count(made.unsubscribe) == (name not in NOT_A_SUBSCRIPTION), name
        assert len(made.html.encode()) < 100_000, name
        mail = message_from_bytes(wire(made, OPTIONS), policy=policy.default)
        assert (mail["Bcc"], mail["To"]) == (None, "anna@reader.example"), name
        assert "alert(1)" in mail.get_body(("plain",)).get_content(), name

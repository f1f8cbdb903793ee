"""A year of one platform over HTTP: signals appear, change, break and vanish, a document is new, a page moves.

Exactly the right alerts come, once each, in English and Italian, and the operator hears of the hub and of the move.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.fetch.conftest import Clock, Reply, Site, serving
from tests.pipeline.conftest import SECTIONS, page
from watcher.assembly import Rules, make_desk
from watcher.fetch import Fetcher
from watcher.model.alert import Subscriber
from watcher.model.options import FetchOptions
from watcher.model.source import Document, Page
from watcher.model.version import VersionKind
from watcher.pipeline import Checked, Desk, Outcome, check
from watcher.settings import Settings
from watcher.store import Store
from watcher.suggesting import as_yaml, suggestions
from watcher.telling import tell

GRANT = "Wavecrest may use what you upload to train artificial intelligence models."
SONG = "<html><head><title>Song</title>{}</head><body><h1>Song</h1><p>By Anna.</p></body></html>"
TAG = '<meta name="robots" content="noai">'
BLOCKED = "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"
LICENCE = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><permits type="usage">ai-train</permits>'
    '<payment type="training"><amount currency="EUR">0.05</amount></payment></license></content></rsl>'
)


def plain(text: str, status: int = 200, media: str = "text/plain") -> Reply:
    return Reply(status, text.encode(), {"Content-Type": media})


def html(text: str) -> Reply:
    return plain(text, media="text/html; charset=utf-8")


def hub(*links: tuple[str, str]) -> Reply:
    items = "".join(f'<li><a href="{path}">{label}</a></li>' for label, path in links)
    return html(f"<html><body><h1>Legal</h1><ul>{items}</ul><a href=/about>About us</a></body></html>")


OLD_HUB = ("Terms of Service", "/terms"), ("Privacy Policy", "/privacy")


@dataclass
class Platform:
    """Wavecrest on its server: `show` turns a page, `day` checks every document once, a day later."""

    site: Site
    store: Store
    clock: Clock
    desk: Desk
    documents: dict[str, Document] = field(default_factory=dict)
    seen: dict[str, list[Checked]] = field(default_factory=dict)
    settings: Settings | None = None
    rules: Rules = field(default_factory=Rules)

    def follow(self, name: str, kind: str, path: str, **how) -> Document:
        url = self.site.origin + path
        document = Document("Wavecrest", name, (Page(url),), kind=kind, obey_robots=False, **how)
        self.documents[name] = document
        self.store.archive.remember(self.documents.values())
        return document

    def show(self, path: str, reply: Reply) -> None:
        self.site.on(path, reply)

    async def day(self, days: int = 1) -> dict[str, Checked]:
        last: dict[str, Checked] = {}
        for _ in range(days):
            self.clock.time += timedelta(days=1)
            for name, document in self.documents.items():
                self.clock.time += timedelta(minutes=1)
                last[name] = await check(document, self.desk)
                self.seen.setdefault(name, []).append(last[name])
                await tell(self.settings, self.store, self.rules, self.clock.now)
        return last

    def letters(self) -> list[tuple[str, str]]:
        """Language and subject of every letter, in the order written."""
        due = self.store.outbox.due(self.clock.now())
        return [(one.letter.language, one.letter.subject) for one in due]

    def told(self) -> list[tuple[str, str, str]]:
        """Document, category and change of everything told so far, in order."""
        histories = self.store.reports.histories()
        events = sorted((e for h in histories for e in h.events), key=lambda event: event.seen_at)
        return [
            (event.document.name, change.category, change.change.value)
            for event in events
            for change in event.changes
            if change.change.matters
        ]


@pytest.fixture
async def wavecrest(tmp_path: Path) -> AsyncIterator[Platform]:
    clock = Clock()
    options = FetchOptions(allow_hosts=("127.0.0.1",), delay=0, retries=0)
    rules = Rules()
    async with (
        serving() as site,
        Fetcher(options, now=clock.now, random=Random(1), version="0", sleep=clock.sleep) as pages,
    ):
        with Store(tmp_path / "watcher.sqlite") as store:
            for address, language in (("anna@example.org", "en"), ("giulia@example.org", "it")):
                store.subscribers.keep(Subscriber(address, language))
            settings = Settings(tmp_path / "config.yaml", tmp_path, ())
            desk = make_desk(settings, store, pages, clock.now, rules=rules)
            yield Platform(site, store, clock, desk, settings=settings, rules=rules)


async def test_a_year_of_signals(wavecrest):
    """robots.txt, a song's tags, tdmrep.json and a licence, day by day."""
    wavecrest.follow("robots.txt", "robots", "/robots.txt")
    wavecrest.follow("Page tags", "tags", "/anna/song", variant="/anna/song")
    wavecrest.follow("tdmrep.json", "tdmrep", "/.well-known/tdmrep.json")
    wavecrest.show("/anna/song", html(SONG.format("")))
    first = await wavecrest.day()
    assert {one.outcome for one in first.values()} == {Outcome.FIRST}
    assert (await wavecrest.day())["robots.txt"].outcome is Outcome.UNCHANGED

    wavecrest.show("/robots.txt", plain(BLOCKED))
    wavecrest.show("/anna/song", html(SONG.format(TAG)))
    await wavecrest.day()
    assert wavecrest.told() == [
        ("robots.txt", "training_restriction", "introduced"),
        ("Page tags", "training_restriction", "introduced"),
    ]

    # Other order and comments, a server error, a page in its place, half a day without the file: none of it is news.
    wavecrest.show("/robots.txt", plain("# hello\nUser-agent: CCBot\nUser-agent: GPTBot\nDisallow: /\n"))
    assert (await wavecrest.day())["robots.txt"].outcome is Outcome.UNCHANGED
    wavecrest.show("/robots.txt", plain("", 503))
    failed = (await wavecrest.day())["robots.txt"]
    assert (failed.outcome, failed.reason) == (Outcome.FAILED, "http-503")
    wavecrest.show("/robots.txt", html("<html><body>Welcome</body></html>"))
    refused = (await wavecrest.day())["robots.txt"]
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "unreadable")
    assert "HTML page" in refused.detail
    wavecrest.show("/robots.txt", plain("", 404))
    assert (await wavecrest.day())["robots.txt"].outcome is Outcome.WAITING
    wavecrest.show("/robots.txt", plain(BLOCKED))
    assert (await wavecrest.day())["robots.txt"].outcome is Outcome.UNCHANGED
    assert len(wavecrest.told()) == 2

    # A crawler fewer; the tag goes and stays away; a reservation comes, breaks, and is gone for good.
    wavecrest.show("/robots.txt", plain("User-agent: GPTBot\nDisallow: /\n"))
    wavecrest.show("/anna/song", html(SONG.format("<!-- rebuilt -->")))
    wavecrest.show("/.well-known/tdmrep.json", plain('[{"location": "/", "tdm-reservation": 1}]'))
    days = await wavecrest.day()
    assert days["Page tags"].outcome is Outcome.WAITING
    await wavecrest.day(5)
    wavecrest.show("/.well-known/tdmrep.json", plain('[{"location": "/", '))
    assert (await wavecrest.day())["tdmrep.json"].outcome is Outcome.REFUSED
    wavecrest.show("/.well-known/tdmrep.json", plain("", 410))
    await wavecrest.day(8)
    assert wavecrest.told()[2:] == [
        ("robots.txt", "training_restriction", "narrowed"),
        ("Page tags", "training_restriction", "removed"),
        ("tdmrep.json", "training_restriction", "introduced"),
        ("tdmrep.json", "training_restriction", "removed"),
    ]

    # A licence for machines: it comes, breaks (and holds the robots.txt up), and mends.
    licensed = f"User-agent: GPTBot\nDisallow: /\n\nLicense: {wavecrest.site.origin}/license.xml\n"
    wavecrest.show("/robots.txt", plain(licensed))
    wavecrest.show("/license.xml", plain(LICENCE, media="application/rsl+xml"))
    assert (await wavecrest.day())["robots.txt"].outcome is Outcome.CHANGED
    wavecrest.show("/license.xml", plain(LICENCE[:40], media="application/rsl+xml"))
    assert (await wavecrest.day())["robots.txt"].outcome is Outcome.REFUSED
    wavecrest.show("/license.xml", plain(LICENCE, media="application/rsl+xml"))
    assert (await wavecrest.day())["robots.txt"].outcome is Outcome.UNCHANGED

    # In the end it lets the crawler in.
    wavecrest.show("/robots.txt", plain(licensed.replace("Disallow: /", "Allow: /")))
    await wavecrest.day(5)
    assert wavecrest.told()[6:] == [
        ("robots.txt", "ai_remuneration", "introduced"),
        ("robots.txt", "training_restriction", "removed"),
        ("robots.txt", "third_party_training", "introduced"),
    ]

    letters = wavecrest.letters()
    assert [subject for language, subject in letters if language == "en"] == [
        "Wavecrest: robots.txt now keeps AI crawlers out",
        "Wavecrest: a page now says “no AI”",
        "Wavecrest: narrower ban on AI training by others",
        "Wavecrest: data mining is now reserved",
        "Wavecrest: the “no AI” tag is gone from a page",
        "Wavecrest: data mining is no longer reserved",
        "Wavecrest: AI training only against payment or credit",
        "Wavecrest: robots.txt no longer keeps AI crawlers out",
    ]
    assert len([subject for language, subject in letters if language == "it"]) == 8
    assert "Wavecrest: ora il robots.txt tiene fuori i crawler dell'IA" in {s for _, s in letters}
    ids = [one.letter.message_id for one in wavecrest.store.outbox.due(wavecrest.clock.now())]
    assert len(set(ids)) == len(ids) == 16


async def test_every_answer_behind_a_version_and_a_refusal_is_kept(wavecrest):
    document = wavecrest.follow("Page tags", "tags", "/anna/song")
    tagged = html(SONG.format(""))
    tagged.headers["X-Robots-Tag"] = "noai"
    wavecrest.show("/anna/song", tagged)
    await wavecrest.day()
    version = wavecrest.store.archive.latest(document.key)
    (evidence,) = version.evidence
    assert wavecrest.store.archive.raw(evidence.sha256) == tagged.body
    assert ("x-robots-tag", "noai") in evidence.headers
    robots = wavecrest.follow("robots.txt", "robots", "/robots.txt")
    broken = html("<html>Hello</html>")
    wavecrest.show("/robots.txt", broken)
    await wavecrest.day()
    (refused,) = wavecrest.store.archive.quarantined(robots.key)
    assert wavecrest.store.archive.raw(refused.evidence[0].sha256) == broken.body


async def test_headers_are_looked_at_on_each_check_also_when_the_page_is_the_same(wavecrest):
    wavecrest.follow("Page tags", "tags", "/terms")

    def terms(request):
        assert "if-none-match" not in request.headers
        tag = {"X-Robots-Tag": "noai"} if len(wavecrest.site.requests) <= 2 else {}
        return Reply(
            200, b"<html><body>Same</body></html>", {"Content-Type": "text/html", "ETag": '"1"', **tag}
        )

    wavecrest.site.on("/terms", terms)
    await wavecrest.day(3)
    await wavecrest.day(1)
    assert [one.outcome for one in wavecrest.seen["Page tags"]] == [
        Outcome.FIRST,
        Outcome.UNCHANGED,
        Outcome.WAITING,
        Outcome.CHANGED,
    ]
    assert wavecrest.told() == [("Page tags", "training_restriction", "removed")]


async def test_a_document_that_is_new_on_the_hub_is_told_and_its_first_version_judged(wavecrest):
    wavecrest.follow("Terms of Service", "terms", "/terms")
    legal = wavecrest.follow("Legal hub", "hub", "/legal")
    wavecrest.show("/terms", page())
    wavecrest.show("/legal", hub(*OLD_HUB))
    await wavecrest.day(2)
    news = ("AI Training Terms", "/legal/ai-training")
    wavecrest.show("/legal", hub(*OLD_HUB, news, ("Cookie Policy", "/cookies")))
    (checked,) = [one for one in (await wavecrest.day()).values() if one.sightings]
    assert [(one.kind, one.title, one.concerns) for one in checked.sightings] == [
        ("document_appeared", "AI Training Terms", True),
        ("document_appeared", "Cookie Policy", False),
    ]
    assert wavecrest.told() == [("Legal hub", "new_document", "introduced")]
    assert [subject for _, subject in sorted(wavecrest.letters())] == [
        "Wavecrest: new document: “AI Training Terms”",
        "Wavecrest: nuovo documento: «AI Training Terms»",
    ]

    # The operator pastes what `suggest` prints, and the first version is told as what it introduces.
    found = suggestions(wavecrest.store, list(wavecrest.documents.values()))
    assert [(one.name, one.urls) for one in found] == [
        ("AI Training Terms", (wavecrest.site.origin + news[1],)),
        ("Cookie Policy", (wavecrest.site.origin + "/cookies",)),
    ]
    assert f'url: "{wavecrest.site.origin}{news[1]}"' in as_yaml(found)
    terms = wavecrest.follow("AI Training Terms", "terms", news[1])
    wavecrest.show(news[1], page(SECTIONS[:3], extra=GRANT))
    checked = (await wavecrest.day())["AI Training Terms"]
    assert [change.change.value for change in checked.event.changes] == ["introduced"]
    assert checked.event.changes[0].category == "training_grant"
    versions = wavecrest.store.archive.versions(terms.key)
    assert [version.kind for version in versions] == [VersionKind.ABSENT, VersionKind.CHANGED]
    assert versions[0].seen_at < versions[1].seen_at
    await wavecrest.day(3)
    assert len(wavecrest.told()) == 2

    # A document that is followed from the beginning is a baseline, as ever.
    wavecrest.show("/privacy", page(extra=GRANT))
    wavecrest.follow("Privacy Policy", "terms", "/privacy")
    assert (await wavecrest.day())["Privacy Policy"].outcome is Outcome.FIRST

    # It disappears: gone twice, then told once.
    wavecrest.show("/legal", hub(*OLD_HUB, ("Cookie Policy", "/cookies")))
    assert (await wavecrest.day())["Legal hub"].outcome is Outcome.WAITING
    await wavecrest.day(6)
    assert wavecrest.told()[2:] == [("Legal hub", "new_document", "removed")]
    kinds = [one.kind for one in wavecrest.store.sightings.all() if one.document == legal.key]
    assert kinds.count("document_gone") == 1


async def test_a_page_that_moved_for_good_keeps_its_history_under_the_new_address(wavecrest):
    document = wavecrest.follow("Terms of Service", "terms", "/terms")
    wavecrest.show("/terms", page())
    await wavecrest.day(2)
    wavecrest.show("/terms", Reply(301, headers={"Location": "/legal/terms-of-service"}))
    wavecrest.show("/legal/terms-of-service", page())
    checked = (await wavecrest.day())["Terms of Service"]
    new = wavecrest.site.origin + "/legal/terms-of-service"
    assert (checked.outcome, [(n.kind, n.url) for n in checked.sightings]) == (
        Outcome.UNCHANGED,
        [("page_moved", new)],
    )
    # The old address is given up; the new one goes on, and is asked for directly.
    wavecrest.show("/terms", Reply(404))
    wavecrest.show("/legal/terms-of-service", page(extra=GRANT))
    changed = (await wavecrest.day())["Terms of Service"]
    assert [c.category for c in changed.event.changes] == ["training_grant"]
    assert [v.number for v in wavecrest.store.archive.versions(document.key)] == [1, 2]
    (found,) = suggestions(wavecrest.store, [document])
    assert (found.kind, found.urls) == ("move", (new,))
    await wavecrest.day(2)
    assert len(wavecrest.store.sightings.all()) == 1


async def test_a_temporary_redirect_is_no_move_and_a_dead_new_address_is_given_up(wavecrest):
    document = wavecrest.follow("Terms of Service", "terms", "/terms")
    wavecrest.show("/terms", Reply(302, headers={"Location": "/tonight"}))
    wavecrest.show("/tonight", page())
    await wavecrest.day(2)
    assert wavecrest.store.moves.of(document.key) == ()
    wavecrest.show("/terms", Reply(308, headers={"Location": "/new"}))
    wavecrest.show("/new", page())
    await wavecrest.day()
    assert wavecrest.store.archive.addresses(document.key)
    wavecrest.show("/new", Reply(404))
    wavecrest.show("/terms", page())
    assert (await wavecrest.day())["Terms of Service"].outcome is Outcome.UNCHANGED
    assert wavecrest.store.archive.addresses(document.key) == {}


async def test_a_link_that_changed_on_the_hub_and_a_canonical_address_are_followed_once_the_document_stands_there(
    wavecrest,
):
    document = wavecrest.follow("Terms of Service", "terms", "/terms")
    wavecrest.follow("Legal hub", "hub", "/legal")
    wavecrest.show("/terms", page())
    wavecrest.show("/legal", hub(*OLD_HUB))
    await wavecrest.day(2)
    wavecrest.show("/legal", hub(("Terms of Service", "/v2/terms"), OLD_HUB[1]))
    wavecrest.show("/v2/terms", page())
    days = await wavecrest.day()
    assert [one.kind for one in days["Legal hub"].sightings] == ["document_moved"]
    checked = (await wavecrest.day())["Terms of Service"]
    assert [one.kind for one in checked.sightings] == ["page_moved"]
    assert wavecrest.store.archive.addresses(document.key) == {
        document.pages[0].url: wavecrest.site.origin + "/v2/terms"
    }
    assert wavecrest.told() == []


async def test_a_canonical_address_with_another_text_is_not_followed(wavecrest):
    document = wavecrest.follow("Terms of Service", "terms", "/terms")
    own = '<link rel="canonical" href="/us/terms">'
    reply = page()
    reply.body = reply.body.replace(b"<head>", b"<head>" + own.encode())
    wavecrest.show("/terms", reply)
    wavecrest.show("/us/terms", page(SECTIONS[1:]))
    await wavecrest.day(3)
    assert wavecrest.store.archive.addresses(document.key) == {}
    assert [move.tried for move in wavecrest.store.moves.of(document.key)] == [True]
    assert wavecrest.seen["Terms of Service"][-1].outcome is Outcome.UNCHANGED

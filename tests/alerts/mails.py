"""One of every mail, about made-up platforms, in any language: for snapshots, and for looking at them."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.alerts.conftest import (
    BASE,
    OPTIONS,
    SEEN,
    WAVECREST,
    choice,
    clause,
    comparison,
    event,
    explain,
    finding,
    grant,
    promise_gone,
    wider,
)
from watcher.alerts import (
    Links,
    News,
    Words,
    addressed,
    alert,
    correction,
    digest,
    note,
    silence,
    trial,
)
from watcher.alerts.silence import Silent
from watcher.diff import mark
from watcher.model.alert import Body, Letter, Subscriber, filled
from watcher.model.finding import Change, ChangeKind
from watcher.model.note import Fact, Outage, Withdrawal
from watcher.model.report import DocumentStatus
from watcher.model.source import Document, Page
from watcher.signing import Signer

LINKS = Links(BASE, Signer("k" * 32, lambda: SEEN))
WORDS = Words(explain, mark, LINKS)
ROME = SEEN.astimezone(ZoneInfo("Europe/Rome"))
EFFECT = "These terms take effect on 1 May 2026."
DOOR = "https://lumalia.example/settings/ai"

PRIVACY = replace(WAVECREST, name="Privacy Policy", pages=(Page("https://wavecrest.example/privacy"),))
CREATORS = replace(WAVECREST, name="Creator Terms", pages=(Page("https://wavecrest.example/creators"),))
LUMALIA = Document("Lumalia", "Terms", (Page("https://lumalia.example/terms"),), groups=("images",))
TONHAFEN = Document("Tonhafen", "Artist Terms", (Page("https://tonhafen.example/terms"),), groups=("music",))


def _news(story, document: Document = WAVECREST, days: float = 0, effect: str = "") -> News:
    told, compared = story
    told = replace(told, document=document, seen_at=SEEN - timedelta(days=days))
    return News(told, told.changes, compared, effect)


def _choice_with_a_link():
    quote = "You can opt out of AI training at any time; we then leave your pictures out."
    now = finding("training_choice", "ai-choice", quote, {"opt out": "opt_out"}, conditions=("opt_out",))
    told = Change("training_choice", ChangeKind.INTRODUCED, "medium", "ai-choice", quote, None, "en", now=now)
    stays = clause("We show your pictures.", "Privacy")
    new = replace(clause(quote, "Privacy"), markdown=quote.replace("opt out", f"[opt out]({DOOR})"))
    return event(told, document=LUMALIA), comparison([stays], [stays, new])


def bodies(language: str) -> dict[str, Body]:
    """Every mail by its name."""
    gone = promise_gone()[0]
    failing = DocumentStatus(WAVECREST, SEEN, SEEN - timedelta(days=8), failures=30, reason="bot-wall")
    read = DocumentStatus(PRIVACY, SEEN, SEEN)
    outage = Outage("o1", "Wavecrest", SEEN - timedelta(days=8))
    other = Outage("o2", "Lumalia", SEEN - timedelta(days=7))
    there = DocumentStatus(LUMALIA, SEEN, SEEN - timedelta(days=7), failures=9, reason="http-404")
    return {
        "grouped": alert(
            [
                _news(grant(), effect=EFFECT),
                _news(grant(), PRIVACY, effect=EFFECT),
                _news(wider(), CREATORS),
            ],
            language,
            WORDS,
        ),
        "door": alert([_news(_choice_with_a_link(), LUMALIA)], language, WORDS),
        "daily": digest([_news(promise_gone())], language, WORDS, day=ROME, weekly=False),
        "weekly": digest(
            [
                _news(choice(), TONHAFEN, days=3),
                _news(grant(), days=2, effect=EFFECT),
                _news(grant(), PRIVACY, days=2),
                _news(wider(), CREATORS, days=1),
                _news(_choice_with_a_link(), LUMALIA, days=5),
            ],
            language,
            WORDS,
            day=ROME,
            weekly=True,
        ),
        "correction": correction(
            [
                Withdrawal(
                    "w1", gone, gone.changes[0], SEEN, "The promise only moved to the Privacy Policy."
                ),
            ],
            language,
            WORDS,
            day=ROME,
        ),
        "silent": silence(
            [Silent(outage, (failing,)), Silent(other, (there,))], language, LINKS, day=ROME, back=False
        ),
        "back": silence(
            [Silent(replace(outage, back_at=SEEN), (failing, read))], language, LINKS, day=ROME, back=True
        ),
        "operator": note(
            [
                Fact(
                    "held",
                    "5f2c0123456789ab",
                    "Wavecrest Terms of Use",
                    commands=("watcher held release 5f2c0123456789ab", "watcher held stop 5f2c0123456789ab"),
                    count=412,
                    at=SEEN + timedelta(hours=4),
                ),
                Fact(
                    "reading",
                    "7",
                    "Tonhafen Artist Terms",
                    detail="This clause is about search, not about training.",
                    commands=("watcher wrong withdraw 7 --note TEXT", "watcher wrong dismiss 7"),
                ),
                Fact(
                    "selectors",
                    "lumalia/terms selectors",
                    "Lumalia Terms",
                    "selectors",
                    "Nothing on https://lumalia.example/terms matches main; the page was rebuilt.",
                    ("watcher quarantine raw 12", "watcher extract PAGE --select CSS"),
                ),
                Fact("failing", "kinolumen/terms http-404", "Kinolumen Terms", "http-404"),
                Fact(
                    "moved",
                    "x",
                    "Quillmoor Terms",
                    detail="https://a.example/terms → https://b.example/legal",
                ),
                Fact("letters", "given-up 3", "outbox", commands=("watcher outbox list",), count=3),
            ],
            ["Driftlight Radio Podcaster Terms", "Canzoniere Condizioni d’uso"],
            language,
            LINKS,
            day=ROME,
        ),
        "trial": trial(language, LINKS, OPTIONS, day=ROME),
    }


def letter(body: Body) -> Letter:
    """As its reader gets it."""
    anna = Subscriber("anna@reader.example", body.language, id="5f2c" * 8)
    made = addressed(body, anna, about="x", kind="alert", options=OPTIONS, links=LINKS, written_at=SEEN)
    return filled(made, body)

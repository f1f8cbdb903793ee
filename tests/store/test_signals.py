"""What services say to machines today, and what the operator should hear."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.signals.conftest import document, text
from watcher.model.contradiction import contradictions
from watcher.model.finding import Finding
from watcher.model.sighting import Move, Sighting
from watcher.model.text import DocumentText
from watcher.model.version import Version, VersionKind
from watcher.store import Store

DAY = datetime(2026, 3, 10, tzinfo=UTC)


def record(store: Store, found: DocumentText, number: int, day: int) -> None:
    kind = document("robots")
    store.archive.remember([kind])
    version = Version(
        kind.key,
        number,
        VersionKind.FIRST if number == 1 else VersionKind.CHANGED,
        DAY + timedelta(days=day),
        found.digest,
        "signals 1",
        "x",
        (),
    )
    store.archive.record(version, at=version.seen_at, text=found, before=None, pages=(), fetched=())


def finding(category: str, polarity: str = "permitted") -> Finding:
    return Finding(category, "ai-x", "ai 1", "high", "words", "en", polarity=polarity)


def test_standing_signals_have_their_words_and_the_day_since_when(store):
    record(store, text("robots", "User-agent: GPTBot\nDisallow: /\n"), 1, 0)
    record(store, text("robots", "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"), 2, 7)
    (service,) = store.signals.standing()
    assert service.service == "Wavecrest"
    assert [(one.signal.about, one.version, (one.since - DAY).days) for one in service.signals] == [
        ("GPTBot", 1, 0),
        ("CCBot", 2, 7),
    ]
    assert service.signals[0].clause.text == "User-agent: GPTBot · Disallow: /"


def test_what_stands_no_more_is_left_out_and_a_silent_service_is_there(store):
    record(store, text("robots", "User-agent: GPTBot\nDisallow: /\n"), 1, 0)
    record(store, text("robots", ""), 2, 1)
    assert store.signals.standing("Wavecrest")[0].signals == ()
    assert store.signals.standing("Tonhafen") == ()


def test_terms_that_permit_and_signals_that_keep_out_contradict_each_other_and_the_reverse(store):
    record(store, text("robots", "User-agent: *\nDisallow: /\n"), 1, 0)
    keeps_out = store.signals.standing()[0].signals
    record(store, text("robots", "User-agent: CCBot\nAllow: /\n"), 2, 1)
    lets_in = store.signals.standing()[0].signals

    def kinds(findings, signals):
        return [one.kind for one in contradictions(findings, signals)]

    grant, shared = finding("training_grant"), finding("third_party_training")
    promise, ban = finding("training_commitment", "denied"), finding("training_restriction", "denied")
    assert kinds([grant, promise], keeps_out) == ["permits_but_keeps_out"]
    assert kinds([shared], keeps_out) == ["shares_but_keeps_out"]
    assert kinds([promise], lets_in) == ["promises_but_lets_in"]
    assert kinds([ban, grant], lets_in) == ["forbids_but_lets_in"]
    assert kinds([ban], keeps_out) == kinds([grant], lets_in) == kinds([grant], ()) == []
    assert kinds([grant, ban], (*keeps_out, *lets_in)) == []


def test_sightings_are_kept_in_order_with_the_moves_that_they_tell_of(store):
    first = Sighting(
        "document_appeared", "Wavecrest", "wavecrest/legal-hub", "AI Terms", "https://w.example/ai", DAY
    )
    moved = replace(first, kind="page_moved", document="wavecrest/terms", before="https://w.example/t")
    move = Move(
        "wavecrest/terms", "https://w.example/t", "https://w.example/ai", "redirect", DAY, settled=True
    )
    store.moves.keep(move, [moved])
    store.moves.keep(
        Move("wavecrest/legal-hub", "https://w.example/x", "https://w.example/y", "hub", DAY), [first]
    )
    assert [one.kind for one in store.sightings.all()] == ["page_moved", "document_appeared"]
    assert [one.title for one in store.sightings.appeared("Wavecrest")] == ["AI Terms"]
    assert store.archive.addresses("wavecrest/terms") == {"https://w.example/t": "https://w.example/ai"}
    assert store.archive.addresses("wavecrest/legal-hub") == {}
    store.moves.forget(move)
    assert store.moves.of("wavecrest/terms") == ()

"""What pages say of reading itself: what was never read, what was left alone for long, and when nothing is read."""

from datetime import datetime, timedelta

import pytest

from tests.site.markup import Markup
from tests.site.sample import DAY, NOW, Archive, change, finding, room, stored, text
from watcher.model.source import Document, Page
from watcher.model.version import VersionKind
from watcher.site import page, route_of

SILENT = "We keep little.\nAsk us anything."


def add(archive: Archive, service: str, name: str = "Terms", *, read: datetime | None = NOW, **more) -> None:
    known = more.pop("words", SILENT if read else None)
    archive.document(
        Document(
            service, name, (Page(f"https://{service.lower()}.example/{name}"),), **more.pop("document", {})
        ),
        [(text(f"{service}.\n{known}"), VersionKind.FIRST, NOW - 300 * DAY, {})] if known else [],
        **{"last_check": read, "last_good": read, **more},
    )


def shown(archive: Archive, path: str, language: str = "en", now: datetime = NOW, **query: str) -> Markup:
    with stored(archive) as store:
        html = page(room(store), path, language, now, query)
    assert html is not None
    return Markup(html)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We have not read it yet."), ("it", "Non l'abbiamo ancora letta.")]
)
def test_a_platform_that_was_never_read_is_not_said_to_say_nothing(empty, language, words):
    add(empty, "Nordlicht", read=None)
    told = shown(empty, "services/nordlicht.html", language).text
    assert words in told
    assert "Nothing" not in told and "Niente" not in told and "No change" not in told


def test_where_some_documents_were_read_and_are_silent_the_others_are_counted(empty):
    add(empty, "Nordlicht", "Terms")
    add(empty, "Nordlicht", "Privacy", read=None)
    add(empty, "Nordlicht", "Rules", read=None)
    told = shown(empty, "services/nordlicht.html").text
    assert "Nothing in the documents that were read: they do not speak of AI and people's work." in told
    assert "2 of its 3 documents have not been read yet." in told
    assert "none of its documents" not in told
    italian = shown(empty, "services/nordlicht.html", "it").text
    assert "2 dei suoi 3 documenti non sono ancora stati letti." in italian


def test_where_a_document_speaks_those_that_were_not_read_are_counted_too(archive):
    add(archive, "Lumalia", "Privacy", read=None)
    told = shown(archive, "services/lumalia.html").text
    assert "forbids others" in told and "1 of its 2 documents has not been read yet." in told
    assert "Nothing" not in told


def test_a_robots_txt_that_was_read_says_nothing_of_terms_that_were_not(empty):
    add(empty, "Nordlicht", read=None)
    add(empty, "Nordlicht", "robots.txt", words="User-agent: *", document={"kind": "robots"})
    told = shown(empty, "services/nordlicht.html").text
    assert "Nobody knows: none of its documents has been read." in told


def test_a_platform_whose_documents_were_all_read_and_are_silent_says_nothing(empty):
    add(empty, "Nordlicht")
    told = shown(empty, "services/nordlicht.html").text
    assert "Nothing: none of its documents speaks of AI and people's work." in told
    assert "have not been read" not in told and "has not been read" not in told


def test_a_quiet_week_is_told_of_those_platforms_alone_that_were_read(empty):
    for name in ("Wavecrest", "Lumalia", "Canzoniere"):
        add(empty, name)
    add(empty, "Nordlicht", read=None)
    front = shown(empty, "index.html")
    assert front.one("h1").text == "Nothing that matters changed this week on the 3 platforms that were read"
    assert "1 of 4 platforms was not read this week" in front.text
    assert "1 document has never been looked at." in front.text
    italian = shown(empty, "index.html", "it")
    assert (
        italian.one("h1").text
        == "Questa settimana nessuna modifica che conti nelle condizioni delle 3 piattaforme che abbiamo letto"
    )


def test_platforms_that_were_never_read_are_no_quiet_week(empty):
    add(empty, "Nordlicht", read=None)
    front = shown(empty, "index.html")
    assert front.one("h1").text == "No platform has been read yet"
    assert "As of" not in front.text and "Nothing: every document" not in front.text
    assert "Nothing has been read yet" in shown(empty, "matrix.html").text


def test_a_document_that_nobody_read_for_long_needs_a_look(empty):
    add(empty, "Wavecrest")
    add(empty, "Lumalia", read=NOW - 15 * DAY)
    front = shown(empty, "index.html").text
    assert "1 document has not been looked at for too long." in front
    assert "Lumalia Terms: not read since 1 March 2026" in front
    assert "every document that was checked could be read" not in front
    assert "Nothing that matters changed this week on the platform that was read" in front
    platforms = [" ".join(e.text.split()) for e in shown(empty, "platforms.html").all("tr")]
    assert any("Lumalia" in row and row.endswith("! not read since 1 March 2026") for row in platforms)
    assert any("Wavecrest" in row and row.endswith("read well") for row in platforms)
    for path in ("documents/lumalia--terms.html", "services/lumalia.html"):
        assert (
            "Nobody has read this document since 1 March 2026; it is long overdue." in shown(empty, path).text
        )


@pytest.mark.parametrize(
    ("schedule", "days", "state"),
    [
        ("every 6 hours", 6, "read well"),
        ("every 6 hours", 8, "not read since 8 March 2026"),
        ("every 4 days", 8, "read well"),
        ("every 4 days", 13, "not read since 3 March 2026"),
        ("0 5 1 * *", 70, "read well"),
        ("0 5 1 * *", 110, "not read since 26 November 2025"),
    ],
)
def test_late_is_what_was_left_alone_for_a_week_and_for_three_times_of_its_schedule(
    empty, schedule, days, state
):
    add(empty, "Wavecrest", read=NOW - days * DAY, document={"schedule": schedule})
    assert state in shown(empty, "platforms.html").text


def test_when_nothing_was_read_for_long_it_is_the_watcher_that_stands_still(archive):
    late = NOW + 30 * DAY
    front = shown(archive, "index.html", now=late)
    assert front.one("h1").text == "No platform was read this week"
    assert "Nothing has been read since 16 March 2026: the watcher itself stands still." in front.text
    assert "has not been looked at" not in front.text and "have not been looked at" not in front.text
    assert "read well" not in shown(archive, "platforms.html", now=late).text
    assert "every document that was checked could be read" not in front.text


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_matrix_of_a_day_after_the_last_check_is_as_of_that_check(archive, language):
    later = NOW + 30 * DAY
    told = shown(archive, "matrix.html", language, later, date=(later - DAY).date().isoformat()).text
    words = {"en": "As of 16 March 2026, 05:00 UTC", "it": "Aggiornato al 16 marzo 2026, 05:00 UTC"}
    assert words[language] in told
    before = {"en": "As of 8 February 2026", "it": "Aggiornato all'8 febbraio 2026"}
    assert before[language] in shown(archive, "matrix.html", language, later, date="2026-02-08").text


def test_italian_dates_of_failures_are_elided(empty):
    at = datetime(2026, 3, 8, 9, tzinfo=NOW.tzinfo)
    add(empty, "Wavecrest", read=at, last_check=NOW, failures=3, reason="bot-wall")
    add(empty, "Lumalia", read=at)
    front = shown(empty, "index.html", "it", NOW + timedelta(hours=2)).text
    assert "Dall'8 marzo 2026 non riusciamo a leggere questo documento" in front
    assert "non letto dall'8 marzo 2026" in front


def test_the_words_beside_the_strip_of_activity_name_every_week_that_brought_anything(archive):
    front = shown(archive, "index.html")
    (weeks,) = (e.text for e in front.all("p") if e.attributes.get("id") == "activity-weeks")
    assert weeks == (
        "Weeks with changes, by their Mondays (how many): "
        "9 March 2026 (1), 2 February 2026 (1), 29 December 2025 (1), 10 November 2025 (1)"
    )
    assert front.one("svg").attributes["aria-describedby"] == "activity-weeks"
    assert "aria-describedby" not in shown(Archive(), "index.html").one("svg").attributes


def test_a_document_that_was_never_read_is_not_said_to_say_nothing(empty):
    add(empty, "Nordlicht", read=None)
    told = shown(empty, "documents/nordlicht--terms.html").text
    assert "We have not read this document yet." in told and "Nothing: it does not speak" not in told


def test_italian_days_stand_with_their_article(empty):
    at = datetime(2026, 3, 8, 9, tzinfo=NOW.tzinfo)
    ban = finding("training_restriction", "You may not train AI.", {"train": "training"}, polarity="denied")
    empty.document(
        Document("Wavecrest", "Terms", (Page("https://wavecrest.example/terms"),)),
        [
            (text("Hello."), VersionKind.FIRST, at - 90 * DAY, {}),
            (text(f"Hello.\n{ban.quote}"), VersionKind.CHANGED, at, {"confirmed_at": at + 3 * DAY}),
        ],
        events=[(1, 2, [change("introduced", now=ban)])],
        last_check=at,
        last_good=at,
    )
    (event,) = empty.histories[0].events
    assert "visto l'8 marzo 2026" in shown(empty, "index.html", "it").text
    told = shown(empty, f"changes/{event.id}.html", "it").text
    assert "visto l'8 marzo 2026; versione 1" in told and "il 8 marzo" not in told
    document = shown(empty, "documents/wavecrest--terms.html", "it", at).text
    assert "Letto bene, l'ultima volta l'8 marzo 2026" in document
    assert "confermata da una visita successiva l'11 marzo 2026" in document
    assert "Vista l'8 marzo 2026" in shown(empty, "documents/wavecrest--terms/v2.html", "it").text


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "platforms.html",
        "matrix.html",
        "services/wavecrest.html",
        "documents/wavecrest--terms.html",
    ],
)
def test_pages_that_tell_how_long_nobody_read_are_made_anew_each_day(path):
    taken = route_of(path)
    assert taken is not None and taken[0].dated

"""Subscribing, confirming, changing: the forms as a browser sends them, over a real socket."""

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest

from tests.site.markup import Markup
from tests.web.conftest import NOW, path_of
from watcher.model.alert import Subscriber
from watcher.subscribing import CONFIRM_WITHIN
from watcher.web.forms import TRAP

ANNA = "anna@reader.example"
FORM = {
    "address": ANNA,
    "language": "en",
    "scope": "all",
    "topics": "all",
    "severity": "low",
    "rhythm": "at_once",
    "hour": "8",
    "timezone": "UTC",
}


def link(letter, kind: str) -> str:
    return path_of(re.search(rf"https://\S+/{kind}/\S+", letter.text)[0])


def subscribe(browse, letters, clock, **wishes) -> str:
    """The whole way; the path that confirmed."""
    assert browse.post("/subscribe", data=FORM | wishes).status_code == 200
    confirm = link(letters()[-1], "confirm")
    assert browse.post(confirm).status_code == 200
    clock.at += timedelta(seconds=1)
    return confirm


def test_nothing_but_one_letter_is_sent_before_the_mailbox_confirms(browse, store, letters):
    answer = browse.post("/subscribe", data=FORM)
    assert answer.status_code == 200 and "Now look into your inbox" in answer.text and ANNA in answer.text
    (letter,) = letters()
    assert (letter.kind, letter.address, letter.event, letter.unsubscribe) == ("confirm", ANNA, None, "")
    assert store.subscribers.all() == ()


def test_opening_the_link_confirms_nothing_since_scanners_open_links_and_the_button_does(
    browse, store, letters
):
    browse.post("/subscribe", data=FORM | {"scope": "some", "group": "music", "rhythm": "daily", "hour": "7"})
    confirm = link(letters()[0], "confirm")
    page = browse.get(confirm)
    assert page.status_code == 200 and "One click, and your alerts begin" in page.text
    assert "the group Music" in page.text and "once a day at 07:00, UTC" in page.text
    assert browse.head(confirm).status_code == 200
    assert store.subscribers.all() == ()
    assert "Your alerts have begun" in browse.post(confirm).text
    (anna,) = store.subscribers.all()
    assert (anna.address, anna.groups, anna.services, anna.rhythm, anna.hour, anna.since) == (
        ANNA, ("music",), (), "daily", 7, NOW,
    )  # fmt: skip


def test_a_second_click_is_no_mistake_and_asks_for_nothing(browse, store, letters, clock):
    confirm = subscribe(browse, letters, clock)
    for answer in (browse.post(confirm), browse.get(confirm)):
        assert answer.status_code == 200 and "Your alerts have begun" in answer.text
    assert len(store.subscribers.all()) == 1
    store.subscribers.remove(ANNA)
    gone = browse.post(confirm)
    assert gone.status_code == 410 and "There is nothing left to confirm" in gone.text
    assert store.subscribers.all() == ()


def test_an_unconfirmed_request_expires_and_leaves_nothing(browse, site, store, letters, clock):
    browse.post("/subscribe", data=FORM)
    confirm = link(letters()[0], "confirm")
    clock.at += CONFIRM_WITHIN + timedelta(seconds=1)
    for answer in (browse.get(confirm), browse.post(confirm)):
        assert answer.status_code == 410 and "This link has expired" in answer.text
        assert "Subscribe anew" in answer.text
    site.reception.tidy()
    assert store.personal.export(ANNA) is None
    assert letters() == []


def test_asking_for_a_known_address_looks_exactly_like_asking_for_an_unknown_one(
    browse, store, letters, clock
):
    subscribe(browse, letters, clock)
    known = browse.post("/subscribe", data=FORM | {"severity": "critical"})
    clock.at += timedelta(seconds=1)
    unknown = browse.post("/subscribe", data=FORM | {"address": "bo@reader.example", "severity": "critical"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text.replace("bo@reader.example", ANNA)
    assert set(known.headers) == set(unknown.headers)
    (_, answer, asking) = letters()
    assert answer.subject == "Terms Watcher: you already get alerts"
    assert link(answer, "preferences")
    assert asking.subject == "Terms Watcher: please confirm your alerts"
    # What a stranger chose for her is not what she gets.
    assert [one.severity for one in store.subscribers.all()] == ["low"]


def test_the_lost_link_is_mailed_to_its_owner_and_the_page_tells_nobody_else(browse, store, letters, clock):
    subscribe(browse, letters, clock)
    known = browse.post("/link", data={"address": ANNA})
    unknown = browse.post("/link", data={"address": "bo@reader.example"})
    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text.replace("bo@reader.example", ANNA)
    (_, letter) = letters()
    assert letter.address == ANNA
    assert browse.get(link(letter, "preferences")).status_code == 200


WRONG = {
    "address": {
        "": "Write the address",
        "anna": "has an @",
        "anna@reader": "not complete",
        "ä@x.example": "accents",
    },
    "scope": {
        "": "Choose all platforms",
        "some": "Tick at least one group or platform",
        "x": "Choose all platforms",
    },
    "topics": {"": "Choose all topics", "some": "Tick at least one topic"},
    "severity": dict.fromkeys(("", "fatal"), "Choose which changes"),
    "rhythm": dict.fromkeys(("", "hourly"), "how often"),
    "hour": dict.fromkeys(("", "24", "-1", "٣", "00899", "08", "9" * 5000), "Choose an hour"),
    "timezone": dict.fromkeys(("", "Europe/Atlantis", "../../etc/passwd", "\x00"), "Choose a time zone"),
    "language": dict.fromkeys(("", "xx"), "Choose a language"),
}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [(name, value, words) for name, rows in WRONG.items() for value, words in rows.items()],
)
def test_a_mistake_is_told_beside_its_field_and_what_was_typed_stays(browse, letters, field, value, words):
    answer = browse.post(
        "/subscribe", data={"group": [], **FORM, "address": "Anna.B@reader.example", field: value}
    )
    assert answer.status_code == 422
    page = Markup(answer.text)
    said = [e.text for e in page.elements if e.attributes.get("id") == f"{field}-mistake"]
    assert len(said) == 1 and words in said[0]
    assert words in next(e.text for e in page.elements if e.attributes.get("role") == "alert")
    (box,) = (e for e in page.all("input") if e.attributes.get("name") == "address")
    assert box.attributes["value"] == (value if field == "address" else "Anna.B@reader.example")
    assert letters() == []


def test_all_mistakes_are_told_at_once(browse):
    answer = browse.post("/subscribe", data={})
    assert answer.status_code == 422
    assert "8 things need a look" in answer.text


def test_only_known_platforms_and_topics_can_be_chosen(browse, store, letters):
    wishes = {"scope": "some", "service": ["wavecrest", "<b>", "Lumalia"], "group": ["x' OR 1=1 --"]}
    topics = {"topics": "some", "category": ["training_grant", "licence_*", "*", "__class__"]}
    browse.post("/subscribe", data=FORM | wishes | topics)
    browse.post(link(letters()[0], "confirm"))
    (anna,) = store.subscribers.all()
    assert (anna.services, anna.groups) == (("Wavecrest",), ())
    assert anna.categories == ("training_grant", "licence_*")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", "New legal documents about AI or licences"),
        ("/it", "Nuovi documenti legali su IA o licenze"),
    ],
)
def test_new_legal_documents_are_a_topic_that_is_ticked_until_it_is_left_out(
    browse, store, letters, language, words
):
    page = Markup(browse.get(f"{language}/subscribe").text)
    ticks = {e.attributes["value"]: e for e in page.elements if e.attributes.get("name") == "category"}
    assert "checked" in ticks["new_document"].attributes and "checked" not in ticks["licence_*"].attributes
    assert words in browse.get(f"{language}/subscribe").text
    ticked = [name for name, tick in ticks.items() if "checked" in tick.attributes]
    wishes = {
        "anna": ticked,
        "bo": [name for name in ticked if name != "new_document"],
        "cleo": ["new_document"],
    }
    for name, wanted in wishes.items():
        form = FORM | {"address": f"{name}@reader.example", "topics": "some", "category": wanted}
        browse.post(f"{language}/subscribe", data=form)
    for letter in letters():
        browse.post(link(letter, "confirm"))
    kept = {one.address.partition("@")[0]: list(one.categories) for one in store.subscribers.all()}
    assert kept == wishes | {"anna": []}


def test_all_wins_over_what_is_ticked_below_it(browse, store, letters):
    browse.post("/subscribe", data=FORM | {"service": ["wavecrest"], "category": ["training_grant"]})
    browse.post(link(letters()[0], "confirm"))
    (anna,) = store.subscribers.all()
    assert (anna.services, anna.groups, anna.categories) == ((), (), ())


def test_a_link_fills_in_the_platform_it_stands_beside(browse):
    page = Markup(browse.get("/subscribe?service=Wavecrest&service=nobody").text)
    ticked = {e.attributes["value"] for e in page.all("input") if "checked" in e.attributes}
    assert {"wavecrest", "some"} <= ticked and "lumalia" not in ticked
    plain = Markup(browse.get("/subscribe?service=nobody").text)
    assert "all" in {e.attributes["value"] for e in plain.all("input") if "checked" in e.attributes}


def test_a_platform_s_pages_lead_to_the_form_with_it_ticked(browse, event):
    for path in ("/services/wavecrest.html", f"/it/changes/{event.id}.html"):
        page = Markup(browse.get(path).text)
        (href,) = {
            e.attributes["href"]
            for e in page.all("a")
            if "Wavecrest" in e.text and "?" in e.attributes["href"]
        }
        form = Markup(browse.get(urljoin(path, href)).text)
        assert "wavecrest" in {e.attributes["value"] for e in form.all("input") if "checked" in e.attributes}


@pytest.mark.parametrize(
    ("path", "wish", "zone"),
    [
        ("/subscribe", "en-GB,en;q=0.9", "Europe/London"),
        ("/subscribe", "en-US", "America/New_York"),
        ("/subscribe", "", "UTC"),
        ("/subscribe", "ar", "UTC"),
        ("/it/subscribe", "it", "Europe/Rome"),
        ("/it/subscribe", "", "Europe/Rome"),
        ("/it/subscribe", "it-CH", "Europe/Zurich"),
        ("/subscribe", "de", "Europe/Berlin"),
        ("/subscribe", "x" * 5000, "UTC"),
    ],
)
def test_the_time_zone_is_guessed_from_the_browser_and_shown(browse, path, wish, zone):
    page = Markup(browse.get(path, headers={"Accept-Language": wish}).text)
    chosen = [e.attributes["value"] for e in page.all("option") if "selected" in e.attributes]
    assert chosen == ["8", zone]


def test_the_letter_is_in_the_language_chosen_and_its_links_too(browse, letters):
    browse.post("/subscribe", data=FORM | {"language": "it", "timezone": "Europe/Rome"})
    (letter,) = letters()
    assert (letter.language, letter.subject) == ("it", "Terms Watcher: conferma i tuoi avvisi")
    assert "16 marzo 2026, 10:30 CET" in letter.text
    confirm = link(letter, "confirm")
    assert confirm.startswith("/it/confirm/")
    assert "I tuoi avvisi sono attivi" in browse.post(confirm).text


def test_the_other_language_of_a_page_keeps_what_its_address_asks_for(browse):
    page = Markup(browse.get("/it/subscribe?service=wavecrest").text)
    twins = [e.attributes["href"] for e in page.all("a") if e.attributes.get("hreflang") == "en"]
    assert twins == ["../subscribe?service=wavecrest"]
    hostile = browse.get("/subscribe?a=/../../javascript:alert(1)").text
    assert "javascript:" not in hostile


def test_a_program_that_fills_in_everything_gets_its_page_and_nothing_happens(browse, letters):
    answer = browse.post("/subscribe", data=FORM | {TRAP: "buy"})
    assert answer.status_code == 200 and "Now look into your inbox" in answer.text
    assert letters() == []


def test_pages_for_one_reader_are_kept_by_no_cache_and_listed_by_no_search_engine(browse, letters, clock):
    confirm = subscribe(browse, letters, clock)
    for answer in (browse.get(confirm), browse.post("/link", data={"address": ANNA})):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in browse.get("/subscribe").headers


@pytest.fixture
def preferences(site, store):
    """Anna's link; she follows Lumalia, and a platform that is not watched any more."""
    wishes = Subscriber(
        ANNA, services=("Lumalia", "Gone Before"), categories=("licence_perpetual",), rhythm="weekly", hour=18,
        timezone="US/Pacific", since=NOW,
    )  # fmt: skip
    store.subscribers.keep(wishes)
    return path_of(site.reception.links.preferences(store.subscribers.all()[0]))


def test_preferences_show_what_she_gets_and_change_nothing_when_saved_as_they_are(browse, store, preferences):
    before = store.subscribers.all()
    page = Markup(browse.get(preferences).text)
    sent: dict[str, list[str]] = {}
    for e in page.all("input"):
        if "checked" in e.attributes:
            sent.setdefault(e.attributes["name"], []).append(e.attributes["value"])
    hour, zone = (e.attributes["value"] for e in page.all("option") if "selected" in e.attributes)
    assert sent["service"] == ["gone-before", "lumalia"]
    answer = browse.post(preferences, data={**sent, "hour": hour, "timezone": zone})
    assert answer.status_code == 200 and "Saved. From now on:" in answer.text
    (after,) = store.subscribers.all()
    assert set(after.services) == {"Lumalia", "Gone Before"}
    assert (after.rhythm, after.hour, after.timezone) == ("weekly", 18, "US/Pacific")
    assert (after.categories, after.since, after.id) == (before[0].categories, NOW, before[0].id)


def test_preferences_change_everything_but_the_address(browse, store, preferences):
    wishes = FORM | {
        "address": "bo@reader.example",
        "language": "it",
        "severity": "high",
        "scope": "some",
        "group": "images",
    }
    assert browse.post(preferences, data=wishes).status_code == 200
    (anna,) = store.subscribers.all()
    assert (anna.address, anna.language, anna.severity, anna.groups) == (ANNA, "it", "high", ("images",))
    assert (anna.services, anna.categories, anna.rhythm, anna.since) == ((), (), "at_once", NOW)


def test_a_mistake_in_the_preferences_changes_nothing(browse, store, preferences):
    before = store.subscribers.all()
    answer = browse.post(preferences, data=FORM | {"scope": "some"})
    assert answer.status_code == 422 and "Tick at least one group or platform" in answer.text
    assert store.subscribers.all() == before


def test_preferences_of_whoever_has_left_say_so_kindly(browse, store, preferences):
    store.subscribers.remove(ANNA)
    for answer in (browse.get(preferences), browse.post(preferences, data=FORM)):
        assert answer.status_code == 200
        assert "This subscription has ended already" in answer.text and "Subscribe anew" in answer.text
    assert store.subscribers.all() == ()


@pytest.mark.parametrize("kind", ["confirm", "preferences", "unsubscribe"])
@pytest.mark.parametrize(
    "token", ["x", "eyJpZCI6IjEifQ.abc.def", "%00", "%0d%0aSet-Cookie:a", "ü", "a" * 3000]
)
def test_a_link_that_is_not_ours_says_so_and_shows_the_way(browse, kind, token):
    for answer in (browse.get(f"/{kind}/{token}"), browse.post(f"/it/{kind}/{token}", data=FORM)):
        assert answer.status_code == 400
        assert "This link is not complete" in answer.text or "Questo link non è completo" in answer.text
        assert "set-cookie" not in answer.headers


def test_a_link_for_one_thing_does_not_do_another(browse, site, store, preferences):
    token = preferences.rpartition("/")[2]
    assert browse.post(f"/unsubscribe/{token}").status_code == 400
    assert browse.post(f"/confirm/{token}").status_code == 400
    assert len(store.subscribers.all()) == 1


HOSTILE = [
    "anna@reader.example\r\nBcc: bo@reader.example",
    "anna@reader.example%0aBcc:bo@reader.example",
    '"><script>alert(1)</script>@reader.example',
    "{{ 7 * 7 }}@%(service)s.example",
    "'; DROP TABLE subscriber; --",
    "\x00\x1b[2J@reader.example",
    '"quoted box"@reader.example',
    "a" * 5000 + "@reader.example",
    "anna@" + "x." * 2000 + "example",
    "=?utf-8?q?anna?=@reader.example>",
    "\U0001f600@reader.example",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_addresses_are_refused_kindly_and_shown_harmlessly(browse, store, letters, typed):
    answer = browse.post("/it/subscribe", data=FORM | {"address": typed})
    assert answer.status_code == 422
    page = Markup(answer.text)
    assert page.all("script") == []
    assert not set("\u202e\x00\x1b") & set(answer.text)
    assert letters() == [] and store.subscribers.all() == ()


def test_an_international_domain_is_kept_in_ascii_and_shown_in_its_own_letters(browse, letters):
    answer = browse.post("/subscribe", data=FORM | {"address": "anna@MÜNCHEN.example"})
    assert "anna@münchen.example" in answer.text
    assert letters()[0].address == "anna@xn--mnchen-3ya.example"


def test_characters_that_nobody_sees_are_taken_off_and_the_page_shows_what_is_left(browse, letters):
    answer = browse.post("/subscribe", data=FORM | {"address": "\ufeffanna\u202e@elpmaxe.redaer\u200b"})
    assert "anna@elpmaxe.redaer" in answer.text
    assert letters()[0].address == "anna@elpmaxe.redaer"

"""A person lives the whole life of a subscription, in Debian's Chromium without JavaScript, with a real mail server.

Skipped, and said so, where there is no Chromium.
"""

import asyncio
import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests import test_killed
from tests.test_killed import CLAUSE, Terms, origin
from tests.web.conftest import Clock
from tests.web.served import Inbox, receiving, serving
from tests.web.test_subscribing import FORM
from watcher.rounds import one_round
from watcher.web import Site

__all__ = ["origin"]

SECOND = "We may let other companies train their artificial intelligence with what you upload."


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    with receiving() as server:
        yield server


@pytest.fixture
def site(tmp_path, clock, inbox, origin) -> Iterator[Site]:
    with serving(tmp_path, clock, inbox[1], origin) as site:
        yield site


def watch(site: Site, clock: Clock, later: timedelta = timedelta(hours=1)) -> None:
    """One pass of the watcher over the platforms, some time later."""
    clock.at += later
    settings, chance = site.settings, random.Random(1)

    def run() -> None:
        done = one_round(settings, site.store, settings.documents, now=clock, chance=chance)
        assert asyncio.run(done).well

    # Playwright's own event loop runs in this thread.
    with ThreadPoolExecutor(1) as beside:
        beside.submit(run).result()


def words_of(mail) -> str:
    """The text without the marks of what led to a finding, and without line breaks."""
    text = mail.get_body(("plain",)).get_content()
    return " ".join(re.sub(r"[*]|\[[+-]|[+-]\]", "", text).split())


def link(mail, kind: str) -> str:
    text = mail.get_body(("plain",)).get_content()
    return re.search(rf"http://\S+/{kind}/\S+", text)[0]


def test_from_the_first_form_to_the_last_click(browser, site, inbox, clock, monkeypatch):
    box, base = inbox[0], site.settings.site.base_url
    page = browser.new_context(java_script_enabled=False, locale="it-IT").new_page()

    page.goto(f"{base}/subscribe")
    page.get_by_role("link", name="Italiano").click()
    page.get_by_label("Il tuo indirizzo e-mail").fill("Anna@reader.example")
    page.get_by_label("Solo alcune", exact=True).check()
    page.get_by_label("Musica", exact=True).check()
    page.get_by_role("button", name="Iscriviti").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ora controlla la tua posta"

    asking = box.number(1)
    assert (asking["To"], asking["Subject"]) == (
        "anna@reader.example",
        "Terms Watcher: conferma i tuoi avvisi",
    )
    assert asking["List-Unsubscribe"] is None
    page.goto(link(asking, "confirm"))
    assert site.store.subscribers.all() == ()
    page.get_by_role("button", name="Conferma").click()
    assert page.get_by_role("heading", level=1).inner_text() == "I tuoi avvisi sono attivi"

    watch(site, clock)
    Terms.changed = True
    watch(site, clock)
    alert = box.number(2)
    assert len(box.came) == 2  # Lumalia changed too, and she did not ask for it
    assert alert["Subject"].startswith("Wavecrest: ") and alert["Content-Language"] == "it"
    assert CLAUSE in words_of(alert)

    page.goto(link(alert, "preferences"))
    page.get_by_label("Una volta alla settimana").check()
    page.get_by_label("Ora", exact=True).select_option("18:00")
    assert page.get_by_label("Il tuo fuso orario").input_value() == "Europe/Rome"
    page.get_by_role("button", name="Salva").click()
    assert "il lunedì alle 18:00, ora di Roma" in page.get_by_role("status").inner_text()
    (anna,) = site.store.subscribers.all()
    assert (anna.rhythm, anna.hour, anna.timezone, anna.groups) == ("weekly", 18, "Europe/Rome", ("music",))

    monkeypatch.setattr(test_killed, "CLAUSE", SECOND)
    watch(site, clock)
    clock.at = datetime(2026, 3, 16, 16, 55, tzinfo=UTC)
    watch(site, clock, timedelta())
    assert len(box.came) == 2
    watch(site, clock, timedelta(minutes=10))
    digest = box.number(3)
    assert digest["Content-Language"] == "it" and "Wavecrest" in digest["Subject"]
    assert SECOND in words_of(digest)

    page.goto(link(digest, "unsubscribe"))
    assert len(site.store.subscribers.all()) == 1
    page.get_by_role("button", name="Annulla l'iscrizione e cancella tutto").click()
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Non sei più nella lista, e tutto è cancellato"
    )
    assert site.store.personal.export("anna@reader.example") is None
    page.goto(link(digest, "preferences"))
    assert page.get_by_role("heading", level=1).inner_text() == "Questa iscrizione è già finita"


def test_a_mail_program_leaves_for_its_reader_with_one_click(site, inbox, clock, monkeypatch):
    """RFC 8058: a POST without cookies, from anywhere, with a body of one field."""
    box = inbox[0]
    with httpx.Client(trust_env=False, timeout=30) as client:
        wishes = FORM | {"address": "bo@reader.example", "scope": "some", "service": "wavecrest"}
        client.post(f"{site.settings.site.base_url}/subscribe", data=wishes)
        client.post(link(box.number(1), "confirm"))
        watch(site, clock)
        Terms.changed = True
        watch(site, clock)
        alert = box.number(2)
        assert alert["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        url = alert["List-Unsubscribe"].strip("<>")
        answer = client.post(url, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert site.store.subscribers.all() == ()
    monkeypatch.setattr(test_killed, "CLAUSE", SECOND)
    watch(site, clock)
    assert len(box.came) == 2


PAGES = ["subscribe", "subscribe?group=music", "link", "suggest", "privacy", "confirm/x", "there-is-none"]


@pytest.mark.parametrize(("language", "scheme"), [("", "dark"), ("it/", "light")])
def test_every_page_is_usable_by_everybody_as_far_as_axe_can_tell(
    browser, site, inbox, language, scheme, event
):
    from axe_playwright_python.sync_playwright import Axe

    base = f"{site.settings.site.base_url}/{language}"
    page = browser.new_page(color_scheme=scheme, viewport={"width": 360, "height": 800})
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))

    def look() -> None:
        page.wait_for_load_state()
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    for path in [*PAGES, f"wrong?change={event.id}"]:
        page.goto(base + path)
        look()
    page.goto(f"{base}subscribe")
    page.locator("[name=scope][value=some]").check()
    page.locator("[name=rhythm][value=daily]").check()
    page.locator("summary").click()
    page.locator("[name=topics][value=some]").check()
    look()
    page.locator("button").click()
    look()  # with the mistakes
    page.locator("#address").fill("anna@reader.example")
    page.locator("[name=scope][value=all]").check()
    page.locator("button").click()
    look()
    page.goto(link(inbox[0].number(1), "confirm"))
    look()
    page.locator("button").click()
    look()
    page.locator("a.button").click()
    look()
    page.locator("button").click()
    look()
    page.locator("a.button").click()
    look()
    page.locator("button").click()
    look()
    page.go_back()
    look()
    for _ in range(3):
        page.goto(f"{base}link")
        page.locator("#address").fill("anna@reader.example")
        page.locator("button").click()
        look()
    assert [text for text in complaints if "status of" not in text] == []
    page.close()

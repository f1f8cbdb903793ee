"""Every page as it reads, in English and Italian."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.site.markup import Markup
from tests.web.conftest import path_of
from tests.web.test_subscribing import FORM, link
from watcher.model.alert import Subscriber

ZONES = re.compile(r"(<option value=\"UTC\"[^\n]*\n).*?(</select>)", re.S)
TOKEN = re.compile(r"(confirm|preferences|unsubscribe)/[\w.-]+")


def main_of(html: str) -> str:
    """What stands between head and foot; time zones and what is signed anew each time left out."""
    found = re.search(r"<main.*</main>", html, re.S)
    assert found
    return TOKEN.sub(r"\1/TOKEN", ZONES.sub(r"\1…\2", found[0]))


@pytest.fixture(params=["", "/it"], ids=["en", "it"])
def visit(request, browse, letters, store, site, event) -> Callable[[str], str]:
    """The HTML of a page by what a reader did to see it."""
    folder = request.param
    language = "it" if folder else "en"
    form = FORM | {"language": language, "timezone": "Europe/Rome", "scope": "some", "group": "music"}

    def get(path: str) -> str:
        return browse.get(folder + path).text

    def post(path: str, **data) -> str:
        return browse.post(folder + path, data=data).text

    def known(purpose: str) -> str:
        store.subscribers.keep(Subscriber("anna@reader.example", language, groups=("music",), id="a" * 32))
        anna = store.subscribers.all()[0]
        return path_of(getattr(site.reception.links, purpose)(anna))

    def asked() -> str:
        browse.post(f"{folder}/subscribe", data=form)
        return link(letters()[0], "confirm")

    def gone() -> str:
        way_out = known("unsubscribe")
        browse.post(way_out)
        return browse.get(way_out).text

    def often() -> str:
        return [post("/link", address="anna@reader.example") for _ in range(4)][-1]

    def used() -> str:
        confirm = asked()
        browse.post(confirm)
        store.subscribers.remove("anna@reader.example")
        return browse.get(confirm).text

    ways = {
        "subscribe": lambda: get("/subscribe"),
        "mistakes": lambda: post("/subscribe", **form | {"address": "anna@", "group": "", "topics": "some"}),
        "sent": lambda: post("/subscribe", **form),
        "confirm": lambda: browse.get(asked()).text,
        "confirmed": lambda: browse.post(asked()).text,
        "used": used,
        "preferences": lambda: browse.get(known("preferences")).text,
        "saved": lambda: browse.post(known("preferences"), data=form).text,
        "unsubscribe": lambda: browse.get(known("unsubscribe")).text,
        "left": lambda: browse.post(known("unsubscribe")).text,
        "gone": gone,
        "link": lambda: get("/link"),
        "link-sent": lambda: post("/link", address="anna@reader.example"),
        "not-complete": lambda: get("/unsubscribe/x"),
        "too-often": often,
        "suggest": lambda: get("/suggest"),
        "suggested": lambda: post("/suggest", platform="Tonhafen"),
        "wrong": lambda: get(f"/wrong?change={event.id}"),
        "reported": lambda: post(f"/wrong?change={event.id}", address="anna@reader.example"),
        "privacy": lambda: get("/privacy"),
    }
    return lambda name: ways[name]()


NAMES = [
    "subscribe", "mistakes", "sent", "confirm", "confirmed", "used", "preferences", "saved", "unsubscribe", "left",
    "gone", "link", "link-sent", "not-complete", "too-often", "suggest", "suggested", "wrong", "reported", "privacy",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_page_reads_as_it_was_looked_at(visit, name, snapshot: SnapshotAssertion):
    html = visit(name)
    page = Markup(html)
    assert page.one("h1").text and len(set(page.ids)) == len(page.ids)
    assert [e for e in page.all("script", "img", "iframe") if e] == []
    assert main_of(html) == snapshot


def test_header_and_footer_lead_to_the_form(browse):
    page = Markup(browse.get("/it/privacy").text)
    assert [e.attributes["href"] for e in page.all("a") if e.text == "Iscriviti"] == [
        "subscribe",
        "subscribe",
    ]


def test_pages_on_disk_have_no_link_to_what_only_a_server_can_do(site):
    frame = replace(site.frame, served=False)
    html = frame.render("there-is-none", "en", "failure.html", title="t", sentence="s", status=404)
    assert "subscribe" not in html.lower()

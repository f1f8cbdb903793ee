"""A legal hub as a list of links."""

import pytest

from tests.signals.conftest import AT
from watcher import signals
from watcher.model.comparison import Comparison
from watcher.model.fetched import Fetched
from watcher.model.signal import Link, place
from watcher.model.source import Document, Page
from watcher.model.text import DocumentText
from watcher.model.version import Doubt, Reading
from watcher.pipeline.kinds import read_document

URL = "https://wavecrest.example/legal"


def reading(html: str, standing: DocumentText | None = None, select: tuple[str, ...] = ()) -> Reading:
    document = Document("Wavecrest", "Legal hub", (Page(URL, select),), kind="hub")
    answer = Fetched(URL, URL, 200, (("content-type", "text/html"),), html.encode(), AT)
    return read_document(document, [answer], standing)


def hub(*links: tuple[str, str]) -> DocumentText:
    anchors = "".join(f'<li><a href="{path}">{label}</a>' for label, path in links)
    text = reading(f"<html><body><ul>{anchors}</ul></body></html>").text
    assert text is not None
    return text


def links(text: DocumentText | None) -> list[tuple[str, str]]:
    assert text is not None
    return [(one.label, one.url) for clause in text.clauses if isinstance(one := clause.said, Link)]


def changes(old: DocumentText, new: DocumentText) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (change.change.value, (change.now or change.before).recipients)
        for change in signals.judge(Comparison(old, new, ())).changes
    ]


TERMS, PRIVACY = ("Terms of Service", "/terms"), ("Privacy Policy", "/privacy")
AI = ("AI Training Terms", "/legal/ai")


def test_legal_links_are_found_by_their_words_on_the_own_site_each_once():
    found = links(
        hub(
            TERMS,
            ("Condizioni d'uso", "https://help.wavecrest.example/condizioni"),
            ("Home", "/"),
            ("Pricing", "/pricing"),
            ("Terms", "/terms#top"),
            ("Google Privacy Policy", "https://policies.google.example/privacy"),
            ("How AI helps our musicians to write even better songs", "/blog/how-ai-helps"),
        )
    )
    assert found == [
        ("Condizioni d'uso", "https://help.wavecrest.example/condizioni"),
        ("Terms of Service", "https://wavecrest.example/terms"),
    ]


def test_where_the_operator_says_that_the_list_stands_every_link_counts():
    html = '<nav><a href="/terms">Terms</a></nav><main><a href="/rules">House rules</a></main>'
    assert links(reading(html, select=("main",)).text) == [("House rules", "https://wavecrest.example/rules")]


def test_another_order_of_links_is_no_other_text():
    assert hub(TERMS, PRIVACY).digest == hub(PRIVACY, TERMS).digest


@pytest.mark.parametrize(
    ("label", "url", "about"),
    [
        ("AI Training Terms", "/legal/x", True),
        ("Generative AI policy", "/x", True),
        ("Politica sull'intelligenza artificiale", "/x", True),
        ("Content License", "/x", True),
        ("KI-Richtlinie", "/x", True),
        ("Additional Terms", "/legal/ai-terms", True),
        ("Terms of Service", "/terms", False),
        ("Privacy Policy", "/privacy", False),
        ("Maintenance policy", "/email/maintain", False),
    ],
)
def test_documents_about_ai_and_licences_are_known_by_their_words(label, url, about):
    assert signals.concerns(Link(label, f"https://wavecrest.example{url}")) is about


def test_subscribers_hear_of_documents_about_ai_only():
    assert changes(hub(TERMS), hub(TERMS, PRIVACY, AI)) == [("introduced", ("AI Training Terms",))]
    assert changes(hub(TERMS, PRIVACY, AI), hub(TERMS)) == [("removed", ("AI Training Terms",))]
    moved = (AI[0], "/ai-terms")
    assert changes(hub(TERMS, AI), hub(TERMS, moved)) == [("mixed", ("AI Training Terms",))]
    assert changes(hub(TERMS, AI), hub(TERMS, (AI[0] + " (2026)", AI[1]))) == []


def test_a_document_with_another_address_moved_and_is_neither_new_nor_gone():
    moves = signals.hub_moves(hub(TERMS, PRIVACY), hub(("Terms of service", "/v2/terms"), PRIVACY))
    assert [(was.url, now.url) for was, now in moves.moved] == [
        ("https://wavecrest.example/terms", "https://wavecrest.example/v2/terms")
    ]
    assert (moves.appeared, moves.gone) == ((), ())


def test_links_that_vanish_must_be_gone_twice_and_new_ones_count_at_once():
    before = hub(TERMS, PRIVACY, AI)
    fewer = '<a href="/terms">Terms of Service</a><a href="/privacy">Privacy Policy</a>'
    assert reading(fewer, before).verdict.waits
    more = fewer + '<a href="/legal/ai">AI Training Terms</a><a href="/cookies">Cookies</a>'
    assert reading(more, before).verdict.doubt is None
    assert reading('<a href="/cookies">Cookies</a>', before).verdict.waits


def test_a_page_without_a_legal_link_and_a_wall_are_no_hub():
    assert reading("<html><body><p>Hello</p></body></html>").verdict.doubt is Doubt.EMPTY
    wall = (
        "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"
    )
    assert reading(wall, hub(TERMS)).text is None


def test_addresses_are_the_same_whatever_scheme_www_and_slash():
    assert place("https://www.Wavecrest.example/Terms/") == place("http://wavecrest.example/Terms")
    assert place("https://wavecrest.example/t?id=1") != place("https://wavecrest.example/t?id=2")

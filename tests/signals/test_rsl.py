"""RSL 1.0: licences for machines, in files of their own and in pages."""

import pytest

from tests.signals.conftest import AT, brief, document, licence, reading, said, text
from watcher import signals
from watcher.model.fetched import Fetched
from watcher.model.version import Doubt
from watcher.pipeline.kinds import licences

URL = "https://wavecrest.example/license.xml"
ROBOTS = f"User-agent: *\nAllow: /\n\nLicense: {URL}\n"


def rsl(*terms: str, url: str = "/") -> str:
    inner = "".join(f"<license>{one}</license>" for one in terms)
    return f'<rsl xmlns="https://rslstandard.org/rsl"><content url="{url}">{inner}</content></rsl>'


def read(*terms: str) -> list[tuple[str, str]]:
    return brief(text("robots", ROBOTS, licence(URL, rsl(*terms))))


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        ('<prohibits type="usage">ai-train</prohibits>', "rsl-forbids"),
        ('<prohibits type="usage">ai-all</prohibits>', "rsl-forbids"),
        ('<prohibits type="usage">all</prohibits>', "rsl-forbids"),
        ('<permits type="usage">search ai-index</permits>', "rsl-forbids"),  # the list is closed
        ('<permits type="usage">ai-all</permits><prohibits type="usage">ai-train</prohibits>', "rsl-forbids"),
        ('<permits type="usage">ai-train</permits>', "rsl-free"),
        ('<permits type="usage">all</permits><payment type="free"/>', "rsl-free"),
        (
            '<permits type="usage">ai-all</permits><payment type="use"><amount currency="EUR">0.02</amount></payment>',
            "rsl-pays",
        ),
        ('<payment type="training"><custom>https://wavecrest.example/ask</custom></payment>', "rsl-pays"),
        ('<permits type="usage">all</permits><payment type="attribution"/>', "rsl-pays"),
        ('<permits type="usage">search,ai-train</permits>', "rsl-free"),  # the draft had commas
    ],
)
def test_what_a_licence_means_for_training(terms, rule):
    assert read(terms) == [(rule, "ai-train")]


def test_the_words_name_content_uses_users_places_and_price_in_one_order():
    terms = (
        '<payment type="crawl"><amount currency="USD">0.015</amount></payment>'
        '<permits type="geo">EU US</permits><permits type="usage">search ai-train</permits>'
    )
    (only,) = said(text("robots", ROBOTS, licence(URL, rsl(terms, url="/songs/*"))))
    assert only[2] == (
        "content: /songs/* · permits geo: EU US · permits usage: ai-train search · payment: crawl 0.015 USD"
    )


def test_several_contents_and_licences_are_statements_of_their_own():
    terms = '<prohibits type="usage">all</prohibits>', '<permits type="usage">ai-train</permits>'
    assert read(*terms) == [("rsl-forbids", "ai-train"), ("rsl-free", "ai-train")]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<rsl", "broken or unsafe"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + rsl("<permits>&a;</permits>"), "broken or unsafe"),
        ("<html><body>Our licence</body></html>", "no RSL"),
        ('<rsl><content url="/"><license/></content></rsl>', "no RSL"),
        ('<rsl xmlns="https://rslstandard.org/rsl"/>', "no RSL"),
        ('<rsl xmlns="https://rslstandard.org/rsl"><content><license/></content></rsl>', "no url"),
        ('<rsl xmlns="https://rslstandard.org/rsl"><content url="/"/></rsl>', "no url, or no license"),
        (rsl("<allows>ai-train</allows>"), "no element 'allows'"),
        (rsl('<permits type="usage">ai-dream</permits>'), "knows no ai-dream"),
        (rsl('<payment type="barter"/>'), "knows no barter"),
    ],
)
def test_what_cannot_be_read_says_so_and_is_neither_permission_nor_prohibition(body, why):
    (only,) = said(text("robots", ROBOTS, licence(URL, body)))
    assert only[0] == "?"
    assert why in only[2]


def test_extensions_in_other_namespaces_are_ignored():
    terms = '<permits type="usage">ai-train</permits><x:mood xmlns:x="https://x.example/">good</x:mood>'
    assert read(terms) == [("rsl-free", "ai-train")]


def test_a_licence_that_could_be_read_before_holds_the_document_up_until_it_can_be_read_again():
    before = text("robots", ROBOTS, licence(URL, rsl('<prohibits type="usage">all</prohibits>')))
    refused = reading("robots", ROBOTS, licence(URL, "<rsl"), standing=before)
    assert (refused.text, refused.verdict.doubt) == (None, Doubt.UNREADABLE)
    assert URL in refused.verdict.detail
    assert reading("robots", ROBOTS, licence(URL, "", 404), standing=before).text is None


def test_robots_txt_names_licences_for_all_and_for_groups():
    rules = f"License: {URL}\nUser-agent: GPTBot\nDisallow: /x\nLicense: https://l.example/g.xml\nlicense: ftp://no.example/\n"
    answer = Fetched("https://wavecrest.example/robots.txt", "", 200, (), rules.encode(), AT)
    assert licences(document("robots"), answer) == (URL, "https://l.example/g.xml")


def test_pages_name_licences_by_link_and_header_and_may_hold_one():
    html = (
        '<html><head><link rel="license" type="application/rsl+xml" href="/license.xml">'
        '<link rel="license" href="/cc-by"></head><body></body></html>'
    )
    link = ("link", '<https://l.example/h.xml>; rel="license"; type="application/rsl+xml", </x>; rel=next')
    answer = Fetched("https://wavecrest.example/song", "", 200, (link,), html.encode(), AT)
    assert licences(document("tags"), answer) == ("https://l.example/h.xml", URL)
    paid = rsl('<payment type="crawl"/>')
    held = f'<html><head><script type="application/rsl+xml">{paid}</script></head></html>'
    assert brief(text("tags", held, media="text/html")) == [("rsl-pays", "ai-train")]


def test_an_rss_feed_may_carry_licences():
    feed = (
        '<rss version="2.0" xmlns:rsl="https://rslstandard.org/rsl"><channel><item><title>x</title>'
        '<rsl:content url="/song"><rsl:license><rsl:prohibits type="usage">ai-train</rsl:prohibits></rsl:license>'
        "</rsl:content></item></channel></rss>"
    )
    assert brief(text("robots", ROBOTS, licence(URL, feed))) == [("rsl-forbids", "ai-train")]


def test_every_rule_has_words_in_both_languages():
    for rule in ("signal-rsl-pays", "signal-noai", "hub-document"):
        english, italian = (signals.explain(rule, language) for language in ("en", "it"))
        assert english.language == "en"
        assert italian.language == "it"
        assert english.meaning != italian.meaning

"""A document on several pages: each page is judged for itself, however much of the document the others still show."""

import pytest

from tests.read.made_up_terms import TERMS, URL, document, fetched, page, terms_html
from watcher.model.source import Page
from watcher.model.version import HEALTHY, Doubt
from watcher.read import read_document

SECOND = "https://wavecrest.example/legal/fees"
FEES = """<h1>Fees</h1>
<p>We keep a tenth of what your members pay, as agreed in these terms.</p>
<p>Concert tickets cost nothing to offer, but each sale that is paid by card bears the fee of the bank.</p>
<p>Whoever teaches here owes us a quarter of every lesson, due on the last Friday before the holidays begin.</p>
<p>You receive an invoice in the spring and in the autumn; objections must reach our office within six weeks.</p>"""
BOTH = document(Page(URL), Page(SECOND))


def _answers(second: str = FEES, led_to: str = "", first: str | None = None):
    return [fetched(page(first or terms_html())), fetched(page(second), SECOND, led_to)]


STANDING = read_document(BOTH, _answers(), None).text


def _verdict(*answers, asked=BOTH, standing=STANDING):
    return read_document(asked, answers, standing).verdict


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        (page("<h1>This page is not available</h1>"), Doubt.NOT_FOUND),
        (page("<h1>Verify you are human</h1>"), Doubt.BOT_WALL),
        (
            "<html><head><script src=/a.js></script></head><body><div id=root></div></body></html>",
            Doubt.SHELL,
        ),
        (page("<p>Please enjoy the silence while our singers rest.</p>"), Doubt.OTHER_DOCUMENT),
    ],
    ids=["not available", "robots", "shell", "unknown words"],
)
@pytest.mark.parametrize("place", [0, 1])
def test_a_page_that_is_gone_refuses_the_document_though_the_other_is_as_it_was(place, body, doubt):
    answers = _answers()
    answers[place] = fetched(body, BOTH.pages[place].url)
    verdict = _verdict(*answers)
    assert verdict.doubt is doubt
    assert not verdict.waits


def test_a_small_page_that_is_gone_is_seen_beside_a_long_one():
    long = terms_html() + "".join(
        f"<p>Chapter {i} of these terms governs matter {i} for us.</p>" for i in range(300)
    )
    standing = read_document(BOTH, _answers(first=long), None).text
    answers = _answers("<h1>Verify you are human</h1>", first=long)
    assert _verdict(*answers, standing=standing).doubt is Doubt.BOT_WALL


def test_a_page_of_which_only_the_beginning_came_may_be_half_loaded_and_waits():
    verdict = _verdict(*_answers(FEES[: FEES.index("</p>")] + "</p>"))
    assert verdict.doubt is Doubt.HALF_LOADED
    assert SECOND in verdict.detail
    assert verdict.waits


def test_a_page_rewritten_as_a_whole_waits_for_confirmation():
    fees = "<h1>Prices</h1>" + "".join(
        f"<p>Plan {i} costs each subscriber {i} euros under this agreement, payable before month {i} begins.</p>"
        for i in range(1, 8)
    )
    verdict = _verdict(*_answers(fees))
    assert verdict.doubt is Doubt.DRASTIC
    assert verdict.waits


def test_a_page_in_another_language_is_refused():
    verdict = _verdict(*_answers(terms_html("it")))
    assert verdict.doubt is Doubt.OTHER_LANGUAGE
    assert not verdict.waits


def test_a_page_that_leads_to_another_page_of_the_document_is_another_document_even_at_first():
    answers = [fetched(page(terms_html())), fetched(page(terms_html()), SECOND, URL + "#fees")]
    for standing in (None, STANDING):
        verdict = _verdict(*answers, standing=standing)
        assert verdict.doubt is Doubt.OTHER_DOCUMENT
        assert SECOND in verdict.detail
        assert not verdict.waits


def test_two_pages_that_both_lead_home_are_a_home_page():
    home = "https://wavecrest.example/"
    long = page(terms_html() * 3)
    assert _verdict(fetched(long, URL, home), fetched(long, SECOND, home)).doubt is Doubt.HOME_PAGE


def test_a_page_that_shows_the_text_of_another_page_at_its_own_address_is_another_document():
    assert _verdict(*_answers(terms_html())).doubt is Doubt.OTHER_DOCUMENT


def test_parts_of_one_address_may_be_followed_as_pages_of_their_own():
    whole = page(f"<section id=a>{terms_html()}</section><section id=b>{FEES}</section>")
    asked = document(Page(URL, select=("#a",)), Page(URL, select=("#b",)))
    answers = [fetched(whole), fetched(whole)]
    first = read_document(asked, answers, None)
    assert first.verdict == HEALTHY
    assert _verdict(*answers, asked=asked, standing=first.text) == HEALTHY


def test_what_an_operator_accepted_of_two_pages_stays_accepted():
    answers = [fetched(page(terms_html())), fetched(page(terms_html()), SECOND, URL)]
    accepted = read_document(BOTH, answers, None).text
    more = page(terms_html() + "<p>From today this applies to guests as well.</p>")
    assert _verdict(fetched(more), fetched(more, SECOND, URL), standing=accepted) == HEALTHY


def test_an_accepted_notice_on_one_page_stays_accepted_while_the_other_changes():
    notice = "<h1>This page is not available</h1>"
    accepted = read_document(BOTH, _answers(notice), None).text
    assert _verdict(*_answers(notice, first=terms_html(leave_out=(4,))), standing=accepted) == HEALTHY


@pytest.mark.parametrize("language", TERMS)
def test_the_usual_changes_of_a_page_are_no_reason_to_wait(language):
    asked = document(Page(URL), Page(SECOND), language=language)
    halves = [terms_html(language, tuple(range(7, 15))), terms_html(language, tuple(range(7)))]
    answers = [fetched(page(halves[0])), fetched(page(halves[1]), SECOND)]
    standing = read_document(asked, answers, None).text
    grown = [answers[0], fetched(page(halves[1] + "<p>Wavecrest 2026 AI 123.</p>"), SECOND)]
    assert _verdict(*grown, asked=asked, standing=standing) == HEALTHY
    shrunk = [fetched(page(terms_html(language, (4, *range(7, 15))))), answers[1]]
    assert _verdict(*shrunk, asked=asked, standing=standing) == HEALTHY


def test_a_page_that_comes_to_the_document_is_healthy():
    alone = read_document(document(), [fetched(page(terms_html()))], None).text
    assert _verdict(*_answers(), standing=alone) == HEALTHY

"""None of the documents that only look suspicious is lost."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.read.made_up_terms import TERMS, URL, document, fetched, page, terms_html
from watcher.model.source import Page
from watcher.model.version import HEALTHY, Doubt
from watcher.read import problem, read_document


@dataclass(frozen=True)
class Odd:
    what: str
    language: str
    title: str
    body: str


_LINES = Path(__file__).with_name("odd_but_healthy.txt").read_text("utf-8").splitlines()
ODD = [Odd(*line.split("|")) for line in _LINES if not line.startswith("#")]


BESIDE = {
    "en": [
        "Choirs that sing together may share one account.",
        "Each choir names a person who answers for it.",
    ],
    "it": ["I cori che cantano insieme possono usare un solo profilo.", "Ogni coro nomina un responsabile."],
    "fr": [
        "Les chorales peuvent partager un seul compte entre elles.",
        "Chaque chorale nomme un responsable.",
    ],
    "de": ["Chöre, die zusammen singen, dürfen ein Konto teilen.", "Jeder Chor benennt eine Person."],
    "es": ["Los coros que cantan juntos pueden compartir una cuenta.", "Cada coro nombra a un responsable."],
}


def _html(odd: Odd) -> str:
    body = odd.body.replace("{terms}", terms_html(odd.language))
    if body.startswith("~"):
        return page(body[1:], odd.title, odd.language)
    return f"<html lang={odd.language}><head><title>{odd.title}</title></head><body>{body}</body></html>"


def _name(odd: Odd) -> str:
    return f"{odd.what}-{odd.language}"


def test_there_are_many_of_them_in_five_languages():
    assert len(ODD) >= 40
    assert {odd.language for odd in ODD} == {"en", "it", "fr", "de", "es"}


@pytest.mark.parametrize("odd", ODD, ids=_name)
def test_first_seen_it_is_taken_for_the_document(odd):
    reading = read_document(document(language=odd.language), [fetched(_html(odd))], None)
    assert reading.verdict == HEALTHY
    assert reading.text is not None
    assert problem(reading.text) == HEALTHY


@pytest.mark.parametrize("odd", ODD, ids=_name)
def test_seen_again_it_is_healthy_and_the_same(odd):
    followed = document(language=odd.language)
    first = read_document(followed, [fetched(_html(odd))], None).text
    again = read_document(followed, [fetched(_html(odd))], first)
    assert again.verdict == HEALTHY
    assert again.text == first


@pytest.mark.parametrize("odd", ODD, ids=_name)
def test_beside_another_page_it_is_healthy_at_first_and_when_that_one_changes(odd):
    followed = document(Page(URL), Page(URL + "/more"), language=odd.language)
    other = "".join(f"<p>{text}</p>" for text in BESIDE[odd.language])

    def visit(more, standing):
        answers = [fetched(_html(odd)), fetched(page(other + more, language=odd.language), URL + "/more")]
        return read_document(followed, answers, standing)

    first = visit("", None)
    assert first.verdict == HEALTHY
    assert visit("<p>Wavecrest 2026 AI 123.</p>", first.text).verdict == HEALTHY


def _standing(language="en"):
    return read_document(document(language=language), [fetched(page(terms_html(language)))], None).text


def _against(html: str, language="en", **options):
    return read_document(document(language=language), [fetched(html, **options)], _standing(language)).verdict


@pytest.mark.parametrize("language", TERMS)
def test_one_new_sentence_is_no_reason_to_wait(language):
    changed = terms_html(language) + "<p>Wavecrest 2026 AI 123.</p>"
    assert _against(page(changed), language) == HEALTHY


def test_a_clause_less_is_no_reason_to_wait():
    assert _against(page(terms_html(leave_out=(4, 9)))) == HEALTHY


def test_a_rewritten_document_with_a_new_title_waits_for_confirmation():
    rewritten = "<h1>Member agreement</h1>" + "".join(
        f"<p>Paragraph {i}: members and we agree that chapter {i} of the rules governs matter {i}.</p>"
        for i in range(20)
    )
    verdict = _against(page(rewritten))
    assert verdict.doubt is Doubt.DRASTIC
    assert verdict.waits


def test_a_rewritten_document_is_vouched_for_by_its_title_a_new_date_and_its_headings():
    body = "".join(
        f"<h2>{i}. Part</h2><p>Members and we agree under this licence that chapter {i} governs matter {i}.</p>"
        for i in range(1, 12)
    )
    rewritten = f"<h1>Wavecrest Terms of Use</h1><p>Last updated: 1 May 2026</p>{body}"
    assert _against(page(rewritten)) == HEALTHY


def test_a_document_that_lost_its_larger_part_may_be_half_loaded_and_waits():
    verdict = _against(page(terms_html(leave_out=tuple(range(5, 15)))))
    assert verdict.doubt is Doubt.HALF_LOADED
    assert verdict.waits


def test_an_address_that_moved_within_the_site_is_still_the_document():
    assert (
        _against(page(terms_html()), final_url="https://www.wavecrest.example/en/policies/terms-of-use")
        == HEALTHY
    )


def test_a_document_that_now_answers_from_the_top_of_a_legal_site_is_still_the_document():
    assert _against(page(terms_html()), final_url="https://legal.wavecrest.example/") == HEALTHY


def test_a_known_text_is_healthy_though_its_page_also_shows_an_error():
    broken = page("<h2>This page isn't available</h2><p>An unexpected error has occurred.</p>" + terms_html())
    assert _against(broken) == HEALTHY


def test_another_language_is_refused():
    verdict = _against(page(terms_html("it"), language="it"))
    assert verdict.doubt is Doubt.OTHER_LANGUAGE
    assert not verdict.waits


def test_a_language_that_an_operator_accepted_stays_accepted():
    english = document(language="en")
    standing = _standing("it")
    more = page(terms_html("it") + "<p>Da oggi vale anche per gli abbonati.</p>", language="it")
    assert read_document(english, [fetched(more)], standing).verdict == HEALTHY


def test_another_country_is_refused_when_both_addresses_name_one():
    asked = document(Page("https://wavecrest.example/en-ie/terms"))
    answer = fetched(
        page(terms_html()), "https://wavecrest.example/en-ie/terms", "https://wavecrest.example/en-us/terms"
    )
    assert read_document(asked, [answer], None).verdict.doubt is Doubt.OTHER_LANGUAGE


def test_a_privacy_policy_in_place_of_terms_is_another_document():
    policy = "<h1>Wavecrest Privacy Policy</h1>" + "".join(
        f"<p>We collect personal data of kind {i} for purpose {i} and keep them for {i} months as the law requires.</p>"
        for i in range(12)
    )
    verdict = _against(page(policy))
    assert verdict.doubt is Doubt.OTHER_DOCUMENT
    assert not verdict.waits


def test_a_home_page_without_a_redirect_is_not_the_document():
    home = "<h1>Feel every wave</h1>" + "".join(
        f"<h3>Playlist {i}</h3><p>Songs for day {i}</p>" for i in range(30)
    )
    verdict = _against(page(home))
    assert verdict.doubt is Doubt.OTHER_DOCUMENT
    assert not verdict.waits

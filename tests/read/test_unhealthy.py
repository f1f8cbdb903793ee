"""None of the zoo is taken for the document, first seen or beside a good version, and each is given its true reason."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.read.made_up_terms import TERMS, URL, document, fetched, page, terms_html
from watcher.model.source import Page
from watcher.read import read_document


@dataclass(frozen=True)
class Animal:
    kind: str
    language: str
    title: str
    body: str
    led_to: str = ""


_LINES = Path(__file__).with_name("unhealthy.txt").read_text("utf-8").splitlines()
ZOO = [Animal(*line.split("|")) for line in _LINES if not line.startswith("#")]


def _html(animal: Animal) -> str:
    if animal.body.startswith("~"):
        return page(animal.body[1:], animal.title, animal.language)
    return f"<html lang={animal.language}><head><title>{animal.title}</title></head><body>{animal.body}</body></html>"


def _name(animal: Animal) -> str:
    return f"{animal.kind}-{animal.language}-{animal.title[:20]}"


def test_the_zoo_is_large_and_speaks_five_languages():
    assert len(ZOO) >= 60
    assert {animal.language for animal in ZOO} >= {"en", "it", "fr", "de", "es"}
    assert len({animal.kind for animal in ZOO}) >= 8


@pytest.mark.parametrize("animal", ZOO, ids=_name)
def test_first_seen_it_is_refused_for_its_true_reason(animal):
    answer = fetched(_html(animal), final_url=animal.led_to)
    verdict = read_document(document(language=animal.language), [answer], None).verdict
    assert verdict.doubt == animal.kind
    assert verdict.detail.endswith(".")
    assert not verdict.waits


@pytest.mark.parametrize("animal", ZOO, ids=_name)
def test_after_a_good_version_it_is_refused_too(animal):
    language = animal.language if animal.language in TERMS else "en"
    followed = document(language=language)
    standing = read_document(followed, [fetched(page(terms_html(language)))], None).text
    verdict = read_document(followed, [fetched(_html(animal), final_url=animal.led_to)], standing).verdict
    assert verdict.doubt is not None
    assert not verdict.waits


@pytest.mark.parametrize("animal", ZOO, ids=_name)
def test_it_is_named_truly_when_selectors_match_nothing(animal):
    followed = document(Page(URL, select=("#terms-of-use",)), language=animal.language)
    verdict = read_document(followed, [fetched(_html(animal), final_url=animal.led_to)], None).verdict
    assert verdict.doubt == animal.kind


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("animal", ZOO, ids=_name)
def test_in_place_of_one_of_two_pages_it_is_refused_too(animal, place):
    language = animal.language if animal.language in TERMS else "en"
    followed = document(Page(URL), Page(URL + "/more"), language=language)
    halves = (tuple(range(7, 15)), tuple(range(7)))
    answers = [
        fetched(page(terms_html(language, half)), at.url)
        for half, at in zip(halves, followed.pages, strict=True)
    ]
    standing = read_document(followed, answers, None).text
    answers[place] = fetched(_html(animal), followed.pages[place].url, animal.led_to)
    verdict = read_document(followed, answers, standing).verdict
    assert verdict.doubt is not None
    assert not verdict.waits

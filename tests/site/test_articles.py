"""Italian fits the article to the day: "l'8 luglio", "dall'11 novembre", but "il 7" and "dal 1"."""

import re
from html import unescape

import httpx
import pytest

from tests.site.sample import files, fill, write
from tests.voice.test_translations import translated
from tests.web.newsroom import newsroom
from watcher.site import Frame
from watcher.voice import Voice
from watcher.voice.environment import _environment

MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
ARTICLES = "il|dal|al|del|nel|sul"
WRONG = re.compile(rf"\b(?:{ARTICLES})\s+(?:<time[^>]*>)?(?:8|11)\s(?:{MONTHS})", re.I)
FITTED = re.compile(rf"l'(?:<time[^>]*>)?(?:8|11)\s(?:{MONTHS})")


@pytest.fixture
def every_date_on(monkeypatch):
    """Shows every date as one of a day, whatever it is."""

    def shown(day: int) -> None:
        for name, at in (("date", 0), ("moment", 0), ("dated", 1)):
            real = getattr(Voice, name)

            def moved(voice, *given, real=real, at=at):
                return real(voice, *given[:at], given[at].replace(day=day), *given[at + 1 :])

            monkeypatch.setattr(Voice, name, moved)
        _environment.cache_clear()

    yield shown
    monkeypatch.undo()
    _environment.cache_clear()


@pytest.mark.parametrize("day", [1, 8, 11])
def test_every_page_in_italian_has_the_article_of_the_day(every_date_on, tmp_path, day):
    every_date_on(day)
    write(fill(), tmp_path, frame=Frame("Terms Watcher", "https://watch.example/report"))
    pages = {name: unescape(html) for name, html in files(tmp_path).items() if name.startswith("it/")}
    assert len(pages) > 30
    assert {name: found for name, html in pages.items() if (found := WRONG.findall(html))} == {}
    fitted = sum(len(FITTED.findall(html)) for html in pages.values())
    assert fitted == 0 if day == 1 else fitted > 30


@pytest.mark.parametrize("day", [8, 11])
def test_so_have_the_pages_that_only_a_server_makes(every_date_on, tmp_path, day):
    every_date_on(day)
    with newsroom(tmp_path) as (address, _), httpx.Client(base_url=address, trust_env=False) as browse:
        for path in (
            "/it/search?q=train",
            "/it/search?q=train&in=changes",
            "/it/matrix.html?date=2026-03-11",
            "/it/matrix.html?date=2027-03-11",
            "/it/feeds/changes.atom",
        ):
            answer = browse.get(path)
            assert answer.status_code == 200
            assert WRONG.findall(unescape(answer.text)) == [], path


def test_no_translation_names_a_day_after_an_article_but_by_its_date():
    """An article at the end of a translation, or before another value, cannot be fitted (see `Voice.dated`)."""
    ends = re.compile(rf"\b(?:{ARTICLES})(?:$| %\((?!date\))\w+\))", re.I)
    labels = {"As it stood on", "Stood or changed from", "until", "Seen on"}
    # Of mails, not of the site; `Voice.between` fits two dates at once.
    mails = {
        sentence
        for sentence in translated("it")
        if sentence.startswith(("The link works until", "From %(since)s to %(until)s nothing"))
    }
    found = {
        sentence
        for sentence, forms in translated("it").items()
        for form in ((forms,) if isinstance(forms, str) else forms)
        if ends.search(form)
    }
    assert found - labels - mails == set()

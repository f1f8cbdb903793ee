"""The search page: found in context, filtered, and whatever is typed, a page."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.site.markup import Markup
from tests.web.conftest import NOW, WAVECREST
from tests.web.filling import DAY, add, change, fill, finding, text
from watcher.errors import CostlyError


@pytest.fixture
def filled(store):
    return fill(store)


@pytest.fixture
def look(filled_browse):
    def look(language="", **parameters) -> str:
        path = f"/{language}/search" if language else "/search"
        answer = filled_browse.get(f"{path}?{urlencode(parameters, doseq=True)}")
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
        return answer.text

    return look


def by_id(page: Markup, name: str):
    return next(element for element in page.elements if element.attributes.get("id") == name)


def heading(html: str) -> str:
    return Markup(html).one("h2").text


def test_a_clause_is_found_with_its_words_marked_its_heading_and_its_dates(look):
    html = look(q="machine learning")
    assert heading(html) == "2 clauses"
    assert html.count("<mark>machine</mark> <mark>learning</mark>") == 2
    assert "Your content" in html
    assert "since 23 January 2026, and still there" in html
    assert "First seen on 18 January 2026 in Lumalia Terms" in unescape(html) and "It stands today." in html
    (link,) = re.findall(r'href="(documents/wavecrest--terms-of-use/v\d+\.html#c-[0-9a-f]{16})"', html)
    assert link.startswith("documents/wavecrest--terms-of-use/v2.html")


def test_words_that_are_gone_tell_until_when_they_stood(look):
    html = look(q='"so that we can run"')
    assert "<mark>so that we can run</mark>" in html
    assert "from 13 January 2026 to 23 January 2026" in html
    assert "it stands nowhere today" in html


def test_changes_are_found_by_words_now_and_before(look):
    html = look(**{"q": "research partners", "in": "changes"})
    assert heading(html) == "1 change" and "<mark>research</mark> <mark>partners</mark>" in html
    before = look(**{"q": "so that we can run", "in": "changes"})
    assert "<del>" in before and heading(before) == "1 change"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"q": "rights", "service": "lumalia"}, "1 clause"),
        ({"q": "rights", "service": "Lumalia"}, "1 clause"),
        ({"q": "rights", "group": "music"}, "1 clause"),
        ({"q": "rights", "type": "terms"}, "1 clause"),
        ({"q": "machine", "category": "training_restriction"}, "1 clause"),
        ({"q": "run", "since": "2026-01-24"}, "These words stand in no version that was kept"),
        ({"q": "run", "until": "2026-01-13"}, "1 clause"),
        ({"q": "run", "until": "2026-01-12"}, "These words stand in no version that was kept"),
        ({"change": "removed"}, "1 change"),
        ({"severity": "critical"}, "1 change"),
        ({"in": "changes", "group": "images"}, "1 change"),
        ({"category": "training_grant"}, "Words are needed here"),
        ({"service": "lumalia", "q": " "}, "Words are needed here"),
    ],
)
def test_filters_narrow_what_is_found(look, parameters, found):
    assert heading(look(**parameters)) == found


@pytest.mark.parametrize(
    "wrong", [{"service": "nobody"}, {"group": "wood"}, {"type": "song"}, {"category": ["nope", "neither"]}]
)
def test_a_value_that_nothing_is_called_is_told_and_left_out(look, wrong):
    html = unescape(look(q="rights", **wrong))
    assert heading(html) == "2 clauses" and "A value in the address means nothing here" in html
    assert 'href="feeds/changes.atom?q=rights"' in html and "API" in html


@pytest.mark.parametrize(("language", "said"), [("", "type at least one"), ("it", "scrivine almeno una")])
@pytest.mark.parametrize("words", ["", "***"])
def test_filters_alone_lead_to_the_changes_that_have_them(look, filled_browse, language, said, words):
    html = unescape(look(language, q=words, category="training_grant", since="2026-01-01"))
    assert words or said in html
    (link,) = re.findall(r'href="(search\?[^"]*&in=changes)"', html.replace("../", ""))
    assert heading(filled_browse.get(f"/{link}").text) == "1 change"


def test_only_changes_that_matter_are_found_unless_reworded_ones_are_asked_for(store, browse):
    sold = finding("training_grant", "We may train AI on what you upload.", "train")
    same = finding("training_grant", "We may train our AI on what you upload.", "train")
    add(store, WAVECREST, text("Nothing."), NOW - 3 * DAY)
    add(store, WAVECREST, text(sold.quote), NOW - 2 * DAY, changes=(change("introduced", sold),))
    add(store, WAVECREST, text(same.quote), NOW - DAY, changes=(change("reworded", same, sold, sold.quote),))

    def found(query: str) -> tuple[str, int, int]:
        html = unescape(browse.get(f"/search?{query}").text)
        (file,) = re.findall(r'href="(api/v1/changes\.jsonl[^"]*)"', html)
        (feed,) = re.findall(r'href="(feeds/changes\.json\?[^"]*)"', html)
        lines = browse.get(f"/{file}").text.splitlines()
        return heading(html), len(lines), len(browse.get(f"/{feed}").json()["items"])

    assert found("in=changes&q=train") == ("1 change", 1, 1)
    assert found("change=reworded&q=train") == ("1 change", 1, 1)
    assert found("change=reworded&change=introduced") == ("2 changes", 2, 2)
    assert len(browse.get("/api/v1/changes?q=train").json()["items"]) == 2
    offered = [option.attributes["value"] for option in Markup(browse.get("/search").text).all("option")]
    assert {"introduced", "reworded"} <= set(offered)


def test_the_form_keeps_what_was_asked_and_opens_where_a_filter_is_set(look):
    page = Markup(look(q='"opt out" «x»', service="lumalia", since="2026-01-01"))
    assert by_id(page, "q").attributes["value"] == '"opt out" «x»'
    assert by_id(page, "since").attributes["value"] == "2026-01-01"
    assert any("selected" in option.attributes and option.text == "Lumalia" for option in page.all("option"))
    assert "open" in next(e for e in page.all("details")).attributes
    assert "open" not in next(e for e in Markup(look()).all("details")).attributes


@pytest.mark.parametrize("language", ["", "it"])
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"q": "***"},
        {"q": "nowhere to be found"},
        {"q": "rights", "since": "yesterday", "service": "lumalia"},
        {"q": "w " * 400},
        {"change": "x"},
    ],
)
def test_empty_and_odd_questions_are_answered_in_words(look, language, parameters, snapshot):
    page = Markup(look(language, **parameters))
    told = [e.text for e in page.elements if e.tag == "section" or e.attributes.get("class") == "remark"]
    assert "\n".join(" ".join(text.split()) for text in told) == snapshot


def test_the_other_language_is_linked_with_the_same_question(look):
    html = unescape(look(q="machine learning", service="lumalia"))
    assert 'href="it/search?q=machine+learning&service=lumalia"' in html
    back = unescape(look("it", q="machine learning"))
    assert 'href="../search?q=machine+learning"' in back and "2 clausole" in back


def test_many_hits_come_in_pages(store, browse, filled):
    lines = [f"Paragraph {n} tells of nothing." for n in range(50)]
    add(store, WAVECREST, text(*lines), NOW)
    seen, address = [], "/search?q=paragraph"
    while address:
        html = browse.get(address).text
        seen += re.findall(r"<mark>Paragraph</mark> (\d+)", html)
        following = re.findall(r'href="([^"]+)" rel="next"', html)
        address = f"/{unescape(following[0])}" if following else ""
    assert len(seen) == len(set(seen)) == 50
    assert "First results" in html


@pytest.mark.parametrize("after", ["nonsense", "bnVsbA", "W10", "é", "W1siYSIsMV1d" * 100])
def test_a_cursor_that_is_none_begins_at_the_start(look, after):
    assert heading(look(q="rights", after=after)) == "2 clauses"


def test_a_search_that_costs_too_much_is_told_in_words_and_can_be_tried_again(
    browse, site, filled, monkeypatch
):
    def costly(*_, **__):
        raise CostlyError("this search takes too long")

    monkeypatch.setattr(site.store.searches, "clauses", costly)
    answer = browse.get("/search?q=rights")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "5"
    assert heading(answer.text) == "This search takes too long"


def test_clauses_keep_their_language_and_nothing_of_them_becomes_markup(store, browse):
    evil = 'Ciao <script>alert("x")</script> <img src=x onerror=alert(1)> javascript:alert(1)'
    add(store, WAVECREST, text(evil, f"## {evil}"), NOW)
    html = browse.get("/search", params={"q": 'script "alert', "in": "texts"}).text
    assert "<script" not in html and "<img" not in html and "&lt;" in html
    assert f'<blockquote lang="{WAVECREST.language}"' in html


def test_search_engines_are_asked_to_stay_away_from_searches(browse, filled):
    assert "noindex" in browse.get("/search?q=rights").headers["x-robots-tag"]


def test_there_is_no_search_in_a_language_that_is_none(browse):
    assert browse.get("/de/search").status_code == 404
    assert browse.get("/en/search").status_code == 404


@given(
    typed=st.text(max_size=80),
    where=st.sampled_from(["texts", "changes", "x"]),
    name=st.sampled_from(["service", "category", "change", "since", "after", "severity"]),
    junk=st.text(max_size=20),
)
@settings(max_examples=200)
def test_no_question_ever_gives_an_error(filled_browse, typed, where, name, junk):
    answer = filled_browse.get("/search", params={"q": typed, "in": where, name: junk})
    assert answer.status_code == 200

"""The page and the document that explain the API say what it really offers."""

import re
import shlex
from html import unescape
from pathlib import Path

import pytest

from tests.site.markup import Markup
from tests.web.conftest import BASE

ROOT = "/api/v1"
DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")


@pytest.fixture(scope="module")
def offered(filled_browse) -> set[str]:
    return set(filled_browse.get(f"{ROOT}/openapi.json").json()["paths"])


def test_the_document_names_every_address_and_no_other(offered):
    assert set(re.findall(r"^\| `(/[^`]*)`", DOCS, re.M)) == offered


def test_the_document_names_every_parameter_and_no_other(filled_browse):
    paths = filled_browse.get(f"{ROOT}/openapi.json").json()["paths"].values()
    taken = {
        one["name"] for path in paths for one in path["get"].get("parameters", ()) if one["in"] == "query"
    }
    rows = re.findall(r"^\| (`[a-z]+`(?:, `[a-z]+`)*) \| [^|]+ \| [^|]+ \|$", DOCS, re.M)
    named = {name for row in rows for name in re.findall(r"`([a-z]+)`", row)}
    assert named | {"limit", "after"} == taken


def test_every_command_of_the_document_works(filled_browse):
    commands = re.findall(r"^    curl (.+)$", DOCS, re.M)
    assert len(commands) >= 5
    for command in commands:
        address = next(one for one in shlex.split(command) if one.startswith("https://"))
        assert filled_browse.get(address.removeprefix(BASE)).status_code == 200, command


@pytest.mark.parametrize("language", ["", "/it"])
def test_the_page_names_every_address_and_its_links_are_alive(filled_browse, offered, language):
    answer = filled_browse.get(f"{language}/api")
    assert answer.status_code == 200
    page = Markup(answer.text)
    named = {one.text for one in page.all("code") if "th" in one.within}
    assert named == offered
    for problem in ("wrong-parameter", "not-found", "not-allowed", "broken", "busy"):
        assert problem in page.ids
    for link in page.all("a"):
        target = unescape(link.attributes["href"])
        if not target.startswith(("#", "mailto:")):
            there = filled_browse.get(f"{language}/{target}", follow_redirects=True)
            assert there.status_code == 200, target
    (example,) = re.findall(r"curl &#39;(.+?)&#39;|curl '(.+?)'", answer.text)
    assert filled_browse.get(unescape("".join(example)).removeprefix(BASE)).status_code == 200


@pytest.mark.parametrize("language", ["", "/it"])
@pytest.mark.parametrize("path", ["/", "/changes/index.html", "/search?q=machine", "/method.html"])
def test_the_page_is_found_from_where_one_looks(filled_browse, language, path):
    page = Markup(filled_browse.get(f"{language}{path}", follow_redirects=True).text)
    assert any(one.attributes["href"].endswith("api") for one in page.all("a"))


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ("q=machine&service=&group=", ["JSON"]),
        ("q=research&in=changes", ["CSV", "JSON Lines"]),
        ("change=removed&service=lumalia&since=2026-01-01&severity=low", ["CSV", "JSON Lines"]),
        ("q=***&change=removed", ["CSV", "JSON Lines"]),
        ("q=rights&category=training_grant&type=terms", []),
        ("q=nowhere+to+be+found", []),
    ],
)
def test_a_search_links_to_the_same_as_data(filled_browse, query, forms):
    page = Markup(filled_browse.get(f"/search?{query}").text)
    links = [one for one in page.all("a") if one.attributes["href"].startswith("api/v1/")]
    assert [one.text for one in links] == forms
    for link in links:
        answer = filled_browse.get(f"/{unescape(link.attributes['href'])}")
        assert answer.status_code == 200
        if link.text == "JSON Lines":
            shown = len(page.all("blockquote"))
            assert len(answer.text.splitlines()) == shown > 0

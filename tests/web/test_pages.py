"""The pages as a server answers them: addresses, languages, what a browser may keep, and nothing that runs."""

import csv
import gzip
import hashlib
import importlib
import io
import pkgutil
import posixpath
import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

import watcher.web
from tests.site.markup import Markup
from tests.site.sample import GRANT, NOW
from tests.web.newsroom import newsroom
from watcher.model.standing import Says

TERMS = "/documents/wavecrest--terms-of-use"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("newsroom")) as room:
        yield room


@pytest.fixture(scope="module")
def site(served):
    return served[1]


@pytest.fixture(scope="module")
def browse(served):
    with httpx.Client(base_url=served[0], timeout=60, trust_env=False) as client:
        yield client


def page(browse, path, **options) -> Markup:
    answer = browse.get(path, **options)
    assert answer.status_code == 200, (path, answer.status_code)
    return Markup(answer.text)


def comparison(browse, old: int, new: int, document: str = "wavecrest/terms-of-use") -> str:
    asked = browse.get("/compare", params={"document": document, "old": old, "new": new})
    assert asked.status_code == 302
    return urljoin("/compare", asked.headers["location"])


def test_every_link_of_the_served_site_leads_somewhere(browse):
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop()
        if path in seen or "/wrong" in path:
            continue
        seen.add(path)
        answer = browse.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        if "text/html" not in answer.headers["content-type"]:
            continue
        for link in Markup(answer.text).all("a"):
            target = urlsplit(urljoin(str(answer.url), link.attributes["href"]))
            if target.netloc == urlsplit(str(answer.url)).netloc:
                assert posixpath.normpath(target.path) == target.path.rstrip("/") or target.path == "/"
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
    assert len(seen) > 100


def test_the_bare_address_answers_in_the_language_that_the_browser_prefers(browse):
    english = browse.get("/", headers={"Accept-Language": "de, en;q=0.5"})
    assert english.status_code == 200 and Markup(english.text).one("html").attributes["lang"] == "en"
    italian = browse.get("/", headers={"Accept-Language": "it"})
    assert (italian.status_code, italian.headers["location"]) == (302, "it/")
    for answer in (english, italian):
        assert "Accept-Language" in answer.headers["vary"]
    assert Markup(browse.get("/it/").text).one("html").attributes["lang"] == "it"


def test_whoever_chose_a_language_keeps_it_whatever_the_browser_prefers(browse):
    chosen = browse.get("/index.html", headers={"Accept-Language": "it"})
    assert Markup(chosen.text).one("html").attributes["lang"] == "en"
    (other,) = (a for a in Markup(chosen.text).all("a") if a.attributes.get("hreflang") == "it")
    assert other.attributes["href"] == "it/index.html"


def test_a_browser_that_has_a_page_is_told_so_without_the_page(browse):
    first = browse.get("/matrix.html")
    again = browse.get("/matrix.html", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert browse.get("/matrix.html", headers={"If-None-Match": '"other"'}).status_code == 200


def test_pages_are_packed_for_those_who_take_it(browse):
    with browse.stream("GET", "/platforms.html", headers={"Accept-Encoding": "br, gzip;q=0.8"}) as answer:
        packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
    plain = browse.get("/platforms.html", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content


def test_a_page_is_made_once_and_anew_only_when_what_it_shows_has_changed(browse, site, monkeypatch):
    made = []
    render = type(site.frame).render

    def counted(frame, path, *rest, **context):
        made.append(path)
        return render(frame, path, *rest, **context)

    monkeypatch.setattr(type(site.frame), "render", counted)
    text = site.store.library.versions("tonhafen/nutzungsbedingungen")[-1].text
    browse.get("/services/tonhafen.html")
    made.clear()
    browse.get("/services/tonhafen.html")
    assert made == []
    site.store.findings.keep(text, Says(rules="rules 2", unjudged="no pack for de"))
    answer = browse.get("/services/tonhafen.html")
    assert made == ["services/tonhafen.html"]
    assert "there are no rules for its language (de)" in answer.text


def test_a_check_that_found_nothing_new_touches_no_permalink(browse, site):
    (event,) = {one[0] for one in site.store.library.event_ids() if one[1].startswith("wavecrest")}
    before = [browse.get(path).headers["etag"] for path in (f"/changes/{event}.html", f"{TERMS}.html")]
    site.store.archive.unchanged("wavecrest/terms-of-use", at=NOW + timedelta(days=1), pages=[], fetched=[])
    after = [browse.get(path).headers["etag"] for path in (f"/changes/{event}.html", f"{TERMS}.html")]
    assert before[0] == after[0] and before[1] != after[1]


def test_two_versions_are_picked_with_a_form_and_compared_at_a_permalink_with_both_digests(browse, site):
    form = page(browse, f"{TERMS}.html").one("form")
    assert form.attributes["action"] == "../compare"
    path = comparison(browse, 3, 1)
    first, third = (site.store.library.versions("wavecrest/terms-of-use")[at] for at in (0, 2))
    assert path == f"{TERMS}/v1.{first.text[:12]}-v3.{third.text[:12]}.html"
    shown = page(browse, path)
    assert first.text in shown.text and third.text in shown.text
    assert "These versions do not follow each other." in shown.text
    assert browse.get(path.replace(first.text[:12], "0" * 12)).status_code == 404


def test_a_version_that_is_not_there_cannot_be_compared(browse):
    for asked, status in (
        ({"document": "wavecrest/terms-of-use", "old": "1", "new": "9"}, 400),
        ({"document": "wavecrest/terms-of-use", "old": "1", "new": "1"}, 400),
        ({"document": "nobody/nothing", "old": "1", "new": "2"}, 404),
    ):
        assert browse.get("/compare", params=asked).status_code == status


def test_what_a_clause_says_stands_in_the_margin_and_its_words_are_marked(browse):
    shown = page(browse, comparison(browse, 1, 3))
    (clause,) = (
        e for e in shown.all("div") if "noted" in e.attributes.get("class", "") and GRANT[:30] in e.text
    )
    assert "Permission to train AI: permits" in " ".join(clause.text.split())
    marks = {e.text for e in shown.all("mark") if "div" in e.within}
    assert {"train", "machine learning models"} <= marks


def test_the_matrix_says_who_permits_and_since_when_and_each_cell_opens_the_clause(browse):
    table = page(browse, "/matrix.html")
    (row,) = (e for e in table.all("tr") if "Wavecrest" in e.text)
    assert "permits since 14 March 2026" in " ".join(row.text.split())
    cell = next(a for a in table.all("a") if a.text == "permits" and "wavecrest" in a.attributes["href"])
    path, _, anchor = cell.attributes["href"].partition("#")
    assert anchor in Markup(browse.get(f"/{path}").text).ids


def test_the_matrix_as_of_a_date_says_what_was_said_then(browse):
    then = page(browse, "/matrix.html", params={"date": "2026-01-15"})
    (row,) = (e for e in then.all("tr") if "Wavecrest" in e.text)
    words = " ".join(row.text.split())
    assert "permits" not in words and "promises not to since 28 August 2025" in words
    assert "As of 15 January 2026" in then.text
    earlier = page(browse, "/matrix.html", params={"date": "2020-01-01"})
    assert {e.text for e in earlier.all("td")} == {"not read"}


def test_the_matrix_is_filtered_by_group_and_sorted_by_a_column_without_a_script(browse):
    music = page(browse, "/matrix.html", params={"group": "music"})
    assert [e.text for e in music.all("th") if e.attributes["scope"] == "row"] == ["Wavecrest"]
    by_choice = page(browse, "/matrix.html", params={"sort": "training_choice"})
    names = [e.text for e in by_choice.all("th") if e.attributes["scope"] == "row"]
    assert names[0] == "Canzoniere" and len(names) == 5
    (sorted_by,) = (e for e in by_choice.all("th") if "aria-sort" in e.attributes)
    assert sorted_by.text.strip() == "Choice about AI training"
    twin = next(a for a in music.all("a") if a.attributes.get("hreflang") == "it")
    assert twin.attributes["href"] == "it/matrix.html?group=music"


def test_a_date_that_is_none_is_said_and_today_is_shown(browse):
    shown = page(browse, "/matrix.html", params={"date": "yesterday<script>"})
    assert "“yesterday<script>” is no date" in shown.text
    assert browse.get("/matrix.csv", params={"date": "yesterday"}).status_code == 400


@pytest.mark.parametrize(
    ("language", "label", "every", "images"),
    [
        ("", "Kind of platform", "all kinds", "Images"),
        ("it/", "Tipo di piattaforma", "tutti i tipi", "Immagini"),
    ],
)
@pytest.mark.parametrize("path", ["matrix.html?group=images", "search?q=train&group=images"])
def test_kinds_of_platform_go_by_their_names(browse, language, label, every, images, path):
    shown = page(browse, f"/{language}{path}")
    assert label in [element.text.strip() for element in shown.all("label")]
    offered = {element.text.strip(): element.attributes for element in shown.all("option")}
    assert offered[images]["value"] == "images" and "selected" in offered[images]
    assert every in offered and "images" not in offered


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/matrix.html?date=2026-03-17", "17 March 2026 is still to come; this is the state of today."),
        ("/matrix-topics.html?date=9999-12-31", "31 December 9999 is still to come"),
        ("/it/matrix.html?date=2027-11-08", "L'8 novembre 2027 deve ancora venire"),
        ("/it/matrix.html?date=2027-11-12", "Il 12 novembre 2027 deve ancora venire"),
    ],
)
def test_a_date_that_lies_ahead_is_said_and_today_is_shown(browse, path, said):
    shown = page(browse, path)
    assert said in shown.text
    assert "still to come" not in page(browse, "/matrix.html?date=2026-03-16").text


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("/it", "/it/"),
        ("/changes", "/changes/"),
        ("/it/changes", "/it/changes/"),
        ("/matrix", "/matrix.html"),
        ("/it/matrix?group=music", "/it/matrix.html?group=music"),
        ("/platforms/", "/platforms.html"),
        ("/services/wavecrest", "/services/wavecrest.html"),
        ("/services/nobody", ""),
        ("/api/", "/api"),
        ("/it/api/", "/it/api"),
        ("/search/?q=train", "/search?q=train"),
        ("/feeds/changes.atom/", "/feeds/changes.atom"),
        ("/api/v1", "/api/v1/"),
        ("/%2felsewhere.example/", ""),
    ],
)
def test_an_address_typed_from_memory_leads_to_its_page(browse, typed, leads):
    answer = browse.get(typed)
    if not leads:
        assert answer.status_code == 404
        return
    assert answer.status_code == 308
    assert urljoin(typed, answer.headers["location"]) == leads
    assert browse.get(leads).status_code == 200
    assert browse.head(typed).status_code == 308


@pytest.mark.parametrize(
    "path", ["/", "/it/", "/search", "/subscribe", "/index.html", "/healthz", "/api", "/api/v1", "/style.css"]
)
def test_an_address_with_a_line_break_is_not_there(browse, path):
    for broken in (f"{path}%0a", f"{path}%0d%0a"):
        answer = browse.get(broken)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize("path", ["", "changes", "services/wavecrest", "search", "changes.csv"])
def test_the_api_has_no_address_with_a_line_break_either(browse, path):
    answer = browse.get(f"/api/v1/{path}%0a")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "path", ["/feeds/changes.rss", "/it/feeds/services/wavecrest.rss", "/changes/x/evidence.zip"]
)
def test_a_file_of_a_kind_that_there_is_not_is_not_there(browse, path):
    assert browse.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/search",
        "/it/search?q=train",
        "/api",
        "/api/v1/",
        "/privacy",
        "/subscribe",
        "/link",
        "/suggest",
    ],
)
def test_the_head_of_a_page_is_answered_as_the_page_is(browse, path):
    head, whole = browse.head(path), browse.get(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_whatever_answers_get_answers_head():
    """Of the pages; the API's are in `test_api`."""
    reading, heads = set(), set()
    for part in pkgutil.iter_modules(watcher.web.__path__):
        router = getattr(importlib.import_module(f"watcher.web.{part.name}"), "router", None)
        for route in router.routes if router else ():
            reading |= {route.path} if "GET" in route.methods else set()
            heads |= {route.path} if "HEAD" in route.methods else set()
    assert len(reading) > 20 and reading == heads


def test_the_table_is_a_download_that_a_spreadsheet_reads_and_does_not_run(browse):
    answer = browse.get("/matrix.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="terms-2026-03-16.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    (grant,) = (row for row in rows if row["category"] == "training_grant")
    assert (grant["platform"], grant["says"], grant["quote"]) == ("Wavecrest", "permits", GRANT)
    assert grant["permalink"].startswith(
        "https://watcher.example/documents/wavecrest--terms-of-use/v3.html#c-"
    )
    assert {row["says"] for row in rows if row["platform"] == "Nordlicht"} == {"not read"}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]
    music = csv.DictReader(io.StringIO(browse.get("/matrix.csv", params={"group": "images"}).text))
    assert {row["platform"] for row in music} == {"Lumalia"}


def test_the_life_of_a_clause_is_one_link_from_where_it_stands(browse):
    shown = page(browse, f"{TERMS}.html")
    life = next(a for a in shown.all("a") if a.text == "Where this clause came from")
    told = page(browse, urljoin(f"{TERMS}.html", life.attributes["href"]))
    assert "2 wordings" in told.text and "reworded" in told.text
    assert "It stood there when watching began, on 28 August 2025. It stands today." in told.text


def test_a_raw_page_is_a_sandboxed_download_and_has_the_digest_it_is_named_by(browse, site):
    sha256 = site.store.library.versions("wavecrest/terms-of-use")[0].evidence[0].sha256
    answer = browse.get(f"/raw/{sha256}")
    assert hashlib.sha256(answer.content).hexdigest() == sha256
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-security-policy"].startswith("sandbox;")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_plain_text_of_a_version_has_its_digest(browse, site):
    digest = site.store.library.versions("wavecrest/terms-of-use")[0].text
    answer = browse.get(f"/texts/{digest}.txt")
    assert hashlib.sha256(answer.content).hexdigest() == digest
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "path",
    [
        "/changes/0000000000000000.html",
        "/changes/page-2.html",
        "/changes/page-0.html",
        "/services/nobody.html",
        "/documents/nobody--nothing.html",
        f"{TERMS}/v9.html",
        f"{TERMS}/v1-v2.html",
        f"{TERMS}/versions-2.html",
        f"{TERMS}/clauses/0000000000000000.html",
        "/raw/" + "0" * 64,
        "/raw/..%2f..%2fetc%2fpasswd",
        "/texts/nothing.txt",
        "/documents/..%2f..%2fwatcher.sqlite",
        "/de/index.html",
    ],
)
def test_what_is_not_there_is_not_there(browse, path):
    answer = browse.get(path)
    assert answer.status_code == 404 and Markup(answer.text).one("h1").text == "There is no such page"


def test_pages_answer_to_head_as_to_get_without_the_page(browse):
    answer = browse.head("/platforms.html")
    assert (answer.status_code, answer.content) == (200, b"")
    assert browse.post("/platforms.html").status_code == 405


def test_nothing_inline_runs_or_styles_on_any_kind_of_page(browse, site):
    (event,) = {one[0] for one in site.store.library.event_ids() if one[1].startswith("wavecrest")}
    for path in (
        "/",
        "/matrix.html",
        f"/changes/{event}.html",
        f"{TERMS}.html",
        f"{TERMS}/v3.html",
        "/contact.html",
    ):
        shown = page(browse, path)
        assert not shown.all("style", "iframe", "object", "embed", "img")
        for element in shown.elements:
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")]
        assert all(re.fullmatch(r"(\.\./)*site\.js", e.attributes["src"]) for e in shown.all("script"))
        assert not shown.all("meta") or "http-equiv" not in {
            n for e in shown.all("meta") for n in e.attributes
        }

"""Journalists read in Debian's Chromium: a change, two versions, the matrix of a day, what a search or a feed found.

They take the evidence with them; they read with keys alone, and without a script.

Skipped, and said so, where there is no Chromium.
"""

import subprocess
import zipfile
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.web import valid
from tests.web.newsroom import newsroom

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TERMS = "documents/wavecrest--terms-of-use"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("newsroom")) as (address, _):
        yield f"{address}/"


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    assert complaints == []


def test_from_the_first_page_to_the_change_and_its_clause(page, address):
    page.goto(address)
    page.get_by_role("link", name="Wavecrest may now use what you upload to train AI.").click()
    page.wait_for_load_state()
    assert (
        page.get_by_role("heading", level=1).inner_text()
        == "Wavecrest may now use what you upload to train AI."
    )
    page.get_by_role("link", name="See it in its place in the document").first.click()
    page.wait_for_load_state()
    target = page.locator(":target")
    assert "machine learning models" in target.inner_text()
    assert target.get_by_role("list", name="What this means").is_visible()


def test_any_two_versions_are_compared_with_the_form_and_shown_in_either_way(page, address):
    page.goto(f"{address}{TERMS}.html")
    page.get_by_label("Compare version").select_option("1")
    page.get_by_label("with version").select_option("3")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_load_state()
    assert "/v1." in page.url and "-v3." in page.url
    assert page.locator(".sides").first.is_visible()
    page.get_by_label("in one column").check()
    assert page.locator(".inline").first.is_visible() and not page.locator(".sides").first.is_visible()


def test_j_and_k_jump_from_change_to_change(page, address):
    page.goto(f"{address}{TERMS}.html")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_load_state()
    page.goto(f"{address}compare?document=wavecrest/terms-of-use&old=1&new=3")
    assert page.get_by_text("Keys: j goes to the next change").is_visible()
    changes = page.locator("[data-change]")
    visited = []
    for key in "jjjkj":
        page.keyboard.press(key)
        visited.append(
            page.evaluate("[...document.querySelectorAll('[data-change]')].indexOf(document.activeElement)")
        )
    assert visited == [0, 1, 2, 1, 2]
    assert changes.nth(2).bounding_box()["y"] < 900


def test_the_matrix_of_a_day_leads_to_the_words_of_that_day(page, address):
    page.goto(address)
    page.get_by_role("link", name="Who may train on your work? All platforms at a glance").click()
    page.wait_for_load_state()
    page.get_by_label("As it stood on").fill("2026-01-15")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/matrix.html?date=2026-01-15*")
    row = page.get_by_role("row", name="Wavecrest")
    assert row.get_by_role("link", name="permits").count() == 0
    row.get_by_role("link", name="promises not to").click()
    page.wait_for_load_state()
    assert "without asking you first" in page.locator(":target").inner_text()


def test_without_scripts_everything_but_the_keys_works(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{TERMS}.html")
    page.get_by_label("Compare version").select_option("1")
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("heading", name="Clause by clause").wait_for()
    page.wait_for_load_state()
    assert not page.get_by_text("Keys: j goes").is_visible()
    page.locator("summary").first.click()
    assert page.locator("details[open] p").first.is_visible()
    context.close()


def test_the_keyboard_alone_reaches_the_text_and_sees_where_it_is(page, address):
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the text" and skip.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate("element => element.closest('main') !== null")
    assert focused.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_from_a_search_to_the_clause_and_back_with_what_was_asked(page, address):
    page.goto(address)
    page.get_by_role("link", name="Search", exact=True).click()
    page.wait_for_load_state()
    page.get_by_label("Words to look for").fill('"machine learning"')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.get_by_role("heading", name="1 clause").is_visible()
    assert page.locator("mark").all_inner_texts() == ["machine learning"]
    page.get_by_role("link", name="Wavecrest Terms of Use").click()
    page.wait_for_load_state()
    assert "machine learning models" in page.locator(":target").inner_text()
    page.go_back()
    page.get_by_text("Narrow the search").click()
    page.get_by_label("Platform", exact=True).select_option("Lumalia")
    page.get_by_role("button", name="Search").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", name="These words stand in no version that was kept").is_visible()
    assert page.get_by_label("Words to look for").input_value() == '"machine learning"'


def test_on_a_phone_the_words_to_look_for_have_more_room_than_the_button(browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for folder, label, button in (("", "Words to look for", "Search"), ("it/", "Parole da cercare", "Cerca")):
        page.goto(f"{address}{folder}search")
        field, press = page.get_by_label(label), page.get_by_role("button", name=button)
        assert field.bounding_box()["width"] > press.bounding_box()["width"]
    page.close()


def test_a_feed_reader_finds_the_feed_of_a_platform_in_its_page_and_reads_it(page, address):
    page.goto(f"{address}services/wavecrest.html")
    found = page.evaluate(
        """() => [...document.querySelectorAll("link[rel=alternate][type^=application]")]
        .map(link => ({type: link.type, href: link.href, title: link.title}))"""
    )
    mine = {one["type"]: one["href"] for one in found if "wavecrest" in one["href"]}
    atom = page.request.get(mine["application/atom+xml"])
    assert atom.headers["content-type"].startswith("application/atom+xml")
    (told,) = valid.atom(atom.body()).entries
    assert told.title.startswith("Wavecrest may now use what you upload to train AI.")
    page.goto(told.link.replace("https://watcher.example/", address))
    assert page.get_by_role("heading", level=1).inner_text() == told.title
    (again,) = valid.json_feed(page.request.get(mine["application/feed+json"]).body())["items"]
    assert again["title"] == told.title


def test_evidence_is_downloaded_from_the_page_of_a_change_and_verifies(page, address, tmp_path):
    page.goto(address)
    page.get_by_role("link", name="Wavecrest may now use what you upload to train AI.").click()
    page.wait_for_load_state()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all proof of this change").click()
    with zipfile.ZipFile(download.value.path()) as package:
        package.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    assert folder.name == Path(download.value.suggested_filename).stem
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert listed == there - {"SHA256SUMS"}
    with (folder / "pages.warc").open("rb") as archive:
        pages = [
            (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(archive, check_digests="raise")
            if record.rec_type in ("response", "resource")
        ]
    assert {url for url, _ in pages} == {"https://wavecrest.example/terms"}
    assert all(body for _, body in pages)


def every_kind_of_page(page, address):
    page.goto(f"{address}{TERMS}.html")
    life = page.get_by_role("link", name="Where this clause came from").first.get_attribute("href")
    page.goto(address)
    change = page.locator(".card h3 a").first.get_attribute("href")
    return [
        "", "it/", "changes/index.html", "platforms.html", "matrix.html", "it/matrix.html?date=2026-01-15",
        "matrix-topics.html", "services/wavecrest.html", "services/tonhafen.html", f"{TERMS}.html", f"{TERMS}/v3.html",
        change, f"it/{change}", "compare?document=wavecrest/terms-of-use&old=1&new=3", life.removeprefix("../"),
        "method.html", "contact.html", "api", "it/api", "there-is-none", "search", "it/search",
        "privacy", "suggest", "subscribe",
        "search?q=upload&since=2025-01-01", "it/search?q=upload", "search?q=train*&in=changes", "search?q=nowhere",
        "search?q=upload&since=yesterday", "documents/tonhafen--nutzungsbedingungen.html",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_on_any_page(browser, address, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    axe = Axe()
    for path in every_kind_of_page(page, address):
        page.goto(f"{address}{path}")
        # axe is put into the page by the browser's debugger, which no policy of the page forbids.
        found = axe.run(
            page,
            options={"runOnly": RULES, "resultTypes": ["violations"]},
        )
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()

"""Journalists read in Debian's Chromium: a change, two versions, the matrix of a day; with keys, without a script.

Skipped, and said so, where there is no Chromium.
"""

from pathlib import Path

import pytest

from tests.web.newsroom import newsroom

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TERMS = "documents/wavecrest--terms-of-use"


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with newsroom(tmp_path_factory.mktemp("newsroom")) as (address, _):
        yield f"{address}/"


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield opened
        opened.close()


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
    assert (
        page.get_by_role("heading", level=1).inner_text()
        == "Wavecrest may now use what you upload to train AI."
    )
    page.get_by_role("link", name="See it in its place in the document").first.click()
    target = page.locator(":target")
    assert "machine learning models" in target.inner_text()
    assert target.get_by_role("list", name="What this means").is_visible()


def test_any_two_versions_are_compared_with_the_form_and_shown_in_either_way(page, address):
    page.goto(f"{address}{TERMS}.html")
    page.get_by_label("Compare version").select_option("1")
    page.get_by_label("with version").select_option("3")
    page.get_by_role("button", name="Compare").click()
    assert "/v1." in page.url and "-v3." in page.url
    assert page.locator(".sides").first.is_visible()
    page.get_by_label("in one column").check()
    assert page.locator(".inline").first.is_visible() and not page.locator(".sides").first.is_visible()


def test_j_and_k_jump_from_change_to_change(page, address):
    page.goto(f"{address}{TERMS}.html")
    page.get_by_role("button", name="Compare").click()
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
    page.get_by_label("As it stood on").fill("2026-01-15")
    page.get_by_role("button", name="Show").click()
    row = page.get_by_role("row", name="Wavecrest")
    assert row.get_by_role("link", name="permits").count() == 0
    row.get_by_role("link", name="promises not to").click()
    assert "without asking you first" in page.locator(":target").inner_text()


def test_without_scripts_everything_but_the_keys_works(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{TERMS}.html")
    page.get_by_label("Compare version").select_option("1")
    page.get_by_role("button", name="Compare").click()
    assert page.get_by_role("heading", name="Clause by clause").is_visible()
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


def every_kind_of_page(page, address):
    page.goto(f"{address}{TERMS}.html")
    life = page.get_by_role("link", name="Where this clause came from").first.get_attribute("href")
    page.goto(address)
    change = page.locator(".card h3 a").first.get_attribute("href")
    return [
        "", "it/", "changes/index.html", "platforms.html", "matrix.html", "it/matrix.html?date=2026-01-15",
        "matrix-topics.html", "services/wavecrest.html", "services/tonhafen.html", f"{TERMS}.html", f"{TERMS}/v3.html",
        change, f"it/{change}", "compare?document=wavecrest/terms-of-use&old=1&new=3", life.removeprefix("../"),
        "method.html", "contact.html", "api", "it/api", "there-is-none",
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
            options={"runOnly": RULES},
        )
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()

"""The pages in a real browser, opened from disk. Skipped where Debian's Chromium is not installed."""

from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_window_or_breaks_its_own_policy(browser, report, pages, width):
    page, complaints = browser.new_page(viewport={"width": width, "height": 900}), []
    page.on("console", lambda message: complaints.append(message.text))
    for path in pages if width == 320 else ["index.html", "method.html", "it/changes/index.html"]:
        page.goto((report / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert complaints == []
    page.close()


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(251, 250, 248)"), ("dark", "rgb(20, 19, 18)")])
def test_the_stylesheet_follows_the_colours_that_the_reader_prefers(browser, report, scheme, ground):
    page = browser.new_page(color_scheme=scheme)
    page.goto((report / "it/index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    page.close()


def test_both_sides_stand_side_by_side_on_a_desk_and_inline_on_a_phone(browser, report, pages):
    (path,) = (path for path in pages if path.startswith("changes/") and 'class="sides"' in pages[path])
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.goto((report / path).as_uri())
    assert page.locator(".sides").is_visible() and not page.locator(".inline").is_visible()
    page.set_viewport_size({"width": 800, "height": 900})
    assert page.locator(".inline").is_visible() and not page.locator(".sides").is_visible()
    page.emulate_media(media="print")
    assert page.locator(".inline").is_visible()
    page.close()

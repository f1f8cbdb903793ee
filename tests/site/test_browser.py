"""The pages in a real browser, opened from disk. Skipped where Debian's Chromium is not installed."""

import pytest


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_where_the_matrix_is_cut_off_it_says_that_it_goes_on(browser, report, scheme):
    page = browser.new_page(viewport={"width": 360, "height": 900}, color_scheme=scheme)
    wide = "[...document.querySelectorAll('.wide')].some(one => one.scrollWidth > one.clientWidth)"
    for path in ("matrix.html", "it/matrix.html", "matrix-topics.html"):
        page.set_viewport_size({"width": 360, "height": 900})
        page.goto((report / path).as_uri())
        assert page.evaluate(wide) and page.locator(".swipe").is_visible()
        assert page.locator(".wide").evaluate("one => getComputedStyle(one).borderRightWidth") == "3px"
        page.set_viewport_size({"width": 1280, "height": 900})
        assert not page.evaluate(wide) and not page.locator(".swipe").is_visible()
    page.close()


def test_a_printed_matrix_stands_on_white(browser, report):
    page = browser.new_page()
    page.goto((report / "matrix.html").as_uri())
    page.emulate_media(media="print")
    grounds = page.locator("tbody th").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert set(grounds) == {"rgba(0, 0, 0, 0)"}
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_note_in_the_margin_leads_to_words_that_are_seen(browser, report, pages, width):
    (path,) = (path for path in pages if path.startswith("changes/") and 'class="sides"' in pages[path])
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((report / path).as_uri())
    for way in page.get_by_role("link", name="the words").all():
        way.click()
        mark = page.locator(":target")
        assert mark.evaluate("one => one.tagName") == "MARK" and mark.is_visible()
    page.close()

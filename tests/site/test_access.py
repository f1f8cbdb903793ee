"""Pages that everybody can use, WCAG 2.2 as far as markup and stylesheet tell."""

import re
from itertools import pairwise

import pytest

from tests.site.markup import Markup


def test_a_page_has_one_first_heading_and_skips_no_level(pages):
    for path, html in pages.items():
        levels = [int(e.tag[1]) for e in Markup(html).all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_a_page_has_a_title_of_its_own_a_language_and_one_main_part_to_skip_to(pages):
    for path, html in pages.items():
        page = Markup(html)
        assert page.one("html").attributes["lang"] in ("en", "it")
        assert page.one("main").attributes["id"] == "main"
        assert page.all("a")[0].attributes["href"] == "#main"
        assert len(page.one("title").text) > 10
        assert len(set(page.ids)) == len(page.ids), path
    titles = {
        path: Markup(html).one("title").text for path, html in pages.items() if not path.startswith("it/")
    }
    assert len(set(titles.values())) == len(titles)


def test_tables_name_their_columns_and_rows(pages):
    for html in pages.values():
        for cell in Markup(html).all("th"):
            assert cell.attributes["scope"] == ("col" if "thead" in cell.within else "row")
        tables = Markup(html).all("table")
        assert not tables or Markup(html).all("thead")


def test_a_sign_is_hidden_from_screen_readers_and_never_stands_without_its_word(pages):
    for path, html in pages.items():
        signs = [e for e in Markup(html).all("span") if e.text in ("▲", "●", "◆")]
        assert all(sign.attributes.get("aria-hidden") == "true" for sign in signs), path
    index = Markup(pages["index.html"]).text
    for sign, word in (("▲", "worse for you"), ("●", "better for you"), ("◆", "good to know")):
        assert sign in index and word in index


def test_every_link_has_words(pages):
    for html in pages.values():
        for link in Markup(html).all("a"):
            assert link.text.strip() and (link.text != "#" or link.attributes["aria-label"])


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_keeps_a_contrast_of_four_and_a_half_to_one_on_every_ground(report, scheme):
    css = (report / "style.css").read_text()
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", part)) for part in css.split("@media", 2)[:2]
    )
    colours = light if scheme == "light" else dark
    assert set(light) == set(dark)
    on = {
        "text": ["page", "ground", "insert-ground", "delete-ground", "harm-ground", "protection-ground"],
        "quiet": ["page", "ground", "insert-ground", "delete-ground"],
        "accent": ["page", "ground", "harm-ground", "protection-ground", "neutral-ground"],
        "harm": ["page", "ground", "harm-ground"],
        "protection": ["page", "ground", "protection-ground"],
        "neutral": ["page", "ground", "neutral-ground"],
    }
    for colour, grounds in on.items():
        for ground in grounds:
            assert contrast(colours[colour], colours[ground]) >= 4.5, (colour, ground)


def test_every_class_and_colour_that_pages_use_is_in_the_stylesheet(report, pages):
    css = (report / "style.css").read_text()
    styled = set(re.findall(r"\.([a-z][\w-]*)", css))
    meant_for_nobody = {
        "reworded",
        "added",
        "removed",
        "cosmetic",
        "unchanged",
        "paragraph",
        "row",
        "term",
        "quote",
    }
    used = {
        name
        for html in pages.values()
        for element in Markup(html).elements
        for name in element.attributes.get("class", "").split()
    }
    assert used - styled <= meant_for_nobody
    assert set(re.findall(r"var\(--([\w-]+)", css)) <= set(re.findall(r"--([\w-]+):", css))

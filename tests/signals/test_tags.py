""" "No AI" tags in metas and headers, and pages that stand in a page's place."""

from tests.signals.conftest import brief, reading, said, text
from watcher.model.version import Doubt

PAGE = "<html><head>{}</head><body><h1>A song</h1><p>By a singer.</p></body></html>"


def page(head: str = "", **how) -> list[tuple[str, str, str]]:
    return said(text("tags", PAGE.format(head), media="text/html", **how))


def test_a_robots_meta_may_forbid_ai_or_ai_for_images():
    assert page('<meta name="robots" content="index, noai, noimageai">') == [
        ("noai", "noai", "meta robots: noai"),
        ("noai", "noimageai", "meta robots: noimageai"),
    ]
    assert page('<META NAME=ROBOTS CONTENT="NoAI">') == [("noai", "noai", "meta robots: noai")]


def test_other_directives_say_nothing_about_ai():
    assert (
        page(
            '<meta name="robots" content="noindex, nofollow, noarchive"><meta name="description" content="noai">'
        )
        == []
    )


def test_a_header_says_the_same_and_may_name_a_crawler():
    assert page(headers=[("x-robots-tag", "noai, noimageai")])[0][2] == "X-Robots-Tag: noai"
    assert page(headers=[("x-robots-tag", "GPTBot: noai")])[0][2] == "X-Robots-Tag: GPTBot: noai"
    assert page(headers=[("x-robots-tag", "googlebot: noai")]) == []
    assert page(headers=[("x-robots-tag", "unavailable_after: 25 Jun 2027 15:00:00 PST")]) == []


def test_tags_in_comments_scripts_and_text_are_none():
    assert (
        page('<!-- <meta name="robots" content="noai"> --><script>"<meta name=robots content=noai>"</script>')
        == []
    )


def test_a_check_for_robots_in_the_page_place_is_refused_and_no_tag_is_lost():
    before = text("tags", PAGE.format('<meta name="robots" content="noai">'), media="text/html")
    wall = (
        "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1></body></html>"
    )
    refused = reading("tags", wall, media="text/html", standing=before)
    assert refused.verdict.doubt in (Doubt.BOT_WALL, Doubt.ERROR_PAGE)


def test_a_tag_that_is_gone_must_be_gone_twice():
    before = text("tags", PAGE.format('<meta name="robots" content="noai">'), media="text/html")
    read = reading("tags", PAGE.format(""), media="text/html", standing=before)
    assert (read.verdict.doubt, read.verdict.waits) == (Doubt.DRASTIC, True)
    assert brief(read.text) == []


def test_a_tag_that_came_and_a_vanished_word_of_another_kind_need_no_second_look():
    bare = text("tags", PAGE.format(""), media="text/html")
    assert (
        reading(
            "tags", PAGE.format('<meta name="robots" content="noai">'), media="text/html", standing=bare
        ).verdict.doubt
        is None
    )
    searched = text("robots", "User-agent: OAI-SearchBot\nDisallow: /\n")
    assert reading("robots", "", status=404, standing=searched).verdict.doubt is None


def test_a_protecting_file_that_is_gone_must_be_gone_twice_and_one_that_was_edited_counts_at_once():
    before = text("robots", "User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n")
    assert reading("robots", "", status=404, standing=before).verdict.waits
    assert reading("robots", "", standing=before).verdict.waits
    edited = reading("robots", "User-agent: CCBot\nDisallow: /\n", standing=before)
    assert edited.verdict.doubt is None

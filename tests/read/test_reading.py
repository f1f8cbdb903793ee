"""Documents of one or several pages, read and judged as a whole, and read again without judgement."""

import pytest

from tests.read.made_up_terms import URL, document, fetched, page, terms_html
from watcher.errors import ReadError, SelectorError
from watcher.model.source import Page
from watcher.model.version import HEALTHY, Doubt
from watcher.read import read_document, reread

SECOND = "https://wavecrest.example/legal/fees"
FEES = "<h1>Fees</h1><p>We keep a tenth of what your members pay, as agreed in these terms.</p>"


def test_pages_are_combined_in_order_under_the_first_title():
    asked = document(Page(URL), Page(SECOND, select=("main",)))
    answers = [fetched(page(terms_html())), fetched(page(FEES), SECOND)]
    reading = read_document(asked, answers, None)
    assert reading.verdict == HEALTHY
    assert reading.text.title == "Wavecrest Terms of Use"
    assert reading.text.clauses[-1].text.startswith("We keep a tenth")
    assert reading.text.clauses[-1].path == ("Fees",)
    assert reread(asked, answers) == reading.text


def test_one_wall_among_the_pages_refuses_the_document():
    asked = document(Page(URL), Page(SECOND))
    wall = fetched(page("<h1>Page not found</h1>"), SECOND)
    assert read_document(asked, [fetched(page(terms_html())), wall], None).verdict.doubt is Doubt.NOT_FOUND


def test_selectors_that_match_nothing_are_named_and_the_automatic_text_is_offered():
    asked = document(Page(URL, select=("#terms", ".legal")))
    reading = read_document(asked, [fetched(page(terms_html()))], None)
    assert reading.verdict.doubt is Doubt.SELECTORS
    assert "#terms, .legal" in reading.verdict.detail
    assert reading.text.clauses[0].text == "Wavecrest Terms of Use"
    with pytest.raises(SelectorError) as caught:
        reread(asked, [fetched(page(terms_html()))])
    assert caught.value.selectors == ("#terms", ".legal")


def test_an_empty_selection_is_no_document():
    asked = document(Page(URL, select=("#terms",)))
    verdict = read_document(asked, [fetched(page("<div id=terms> </div><p>More</p>"))], None).verdict
    assert verdict.doubt in (Doubt.EMPTY, Doubt.SHELL)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"a": 1}', "application/json"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"PK\x03\x04\x00\x00", "text/html"),
    ],
)
def test_what_is_no_page_is_unreadable(body, content_type):
    answer = fetched(body, content_type=content_type)
    assert read_document(document(), [answer], None).verdict.doubt is Doubt.UNREADABLE
    with pytest.raises(ReadError):
        reread(document(), [answer])


def test_plain_text_is_read_as_plain_text():
    body = "Terms\n\nYou keep all rights in what you upload. You may not sell what others upload.\n"
    reading = read_document(document(), [fetched(body, content_type="text/plain")], None)
    assert reading.verdict == HEALTHY
    assert reading.text.clauses[0].text == "Terms"


def test_a_page_without_content_type_is_read_as_html():
    assert read_document(document(), [fetched(page(terms_html()), content_type="")], None).verdict == HEALTHY


def test_the_language_of_the_running_text_counts_not_that_of_the_headings():
    assert read_document(document(), [fetched(page(terms_html()))], None).text.language == "en"


def test_menus_nonces_and_scripts_do_not_change_the_text():
    def visit(number: int):
        noise = (
            f'<nav><a href="/{number}">News {number}</a></nav><input type=hidden name=csrf value={number}>'
        )
        html = page(
            terms_html(), head=f'<meta name="nonce" content="{number}"><script nonce="{number}"></script>'
        )
        return read_document(document(), [fetched(html.replace("<main>", f"{noise}<main>"))], None).text

    assert visit(1) == visit(2)

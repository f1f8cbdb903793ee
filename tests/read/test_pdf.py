"""PDF terms: blocks by how they are set, without the furniture of printed pages."""

import pytest

from tests.read.made_up_terms import document, fetched
from tests.read.pdf_writer import Print, pdf
from watcher.errors import ReadError
from watcher.model.version import Doubt
from watcher.read import read_document, read_html


def sheet(number: int, *prints: Print) -> list[Print]:
    head = Print("Wavecrest Terms of Use - June 2025", 805, size=9)
    return [head, *prints, Print(f"Page {number} of 3", 30, x=260, size=9)]


BOOK = pdf(
    sheet(
        1,
        Print("Terms of Use", 740, size=20, bold=True),
        Print("1. Your content", 700, size=14, bold=True),
        Print("You keep what you upload. You give us a licence to store, copy and trans-", 680),
        Print("mit it, so that people can listen to it on each well-known de-", 666),
        Print("vice that is a well-", 652),
        Print("known one.", 638),
        Print("You may not:", 610),
        Print("• copy the service,", 594, x=90),
        Print("• lend your account to anybody, not even to a person who lives with you or who", 578, x=90),
        Print("works for you,", 564, x=100),
        Print("– nor sell it,", 548, x=115),
        Print("The paragraph at the foot of this page goes on at the head of the one that follows", 100),
    ),
    sheet(
        2,
        Print("it, as paragraphs do.", 760),
        Print("Payment", 720, bold=True),
        Print("We pay your share every month.", 700),
        Print("(a) in euros,", 670),
        Print("(b) by transfer.", 656),
    ),
    sheet(3, Print("2. Ending", 740, size=14, bold=True), Print("Either side may end this agreement.", 720)),
)


def test_headings_lists_and_paragraphs_come_from_sizes_and_places():
    text = read_html(BOOK)
    assert [(c.kind, c.text, c.level, c.marker) for c in text.clauses] == [
        ("heading", "Terms of Use", 1, ""),
        ("heading", "1. Your content", 2, ""),
        (
            "paragraph",
            "You keep what you upload. You give us a licence to store, copy and transmit it, so that people can listen"
            " to it on each well-known device that is a well-known one.",
            0,
            "",
        ),
        ("paragraph", "You may not:", 0, ""),
        ("item", "copy the service,", 1, ""),
        (
            "item",
            "lend your account to anybody, not even to a person who lives with you or who works for you,",
            1,
            "",
        ),
        ("item", "nor sell it,", 2, ""),
        (
            "paragraph",
            "The paragraph at the foot of this page goes on at the head of the one that follows it, as paragraphs do.",
            0,
            "",
        ),
        ("heading", "Payment", 3, ""),
        ("paragraph", "We pay your share every month.", 0, ""),
        ("item", "in euros,", 1, "(a)"),
        ("item", "by transfer.", 1, "(b)"),
        ("heading", "2. Ending", 2, ""),
        ("paragraph", "Either side may end this agreement.", 0, ""),
    ]
    assert text.title == "Terms of Use"
    assert text.language == "en"


def test_a_number_that_stands_in_the_text_is_no_page_number():
    text = read_html(pdf([Print("12", 400), Print("is the age of consent to our terms in no country.", 380)]))
    assert "12" in text.clauses[0].text


@pytest.mark.parametrize("body", [b"%PDF-1.7", b"%PDF-1.4\n%%EOF", BOOK[:400], BOOK.replace(b"endobj", b"")])
def test_a_broken_file_is_a_read_error_and_never_another(body):
    try:
        read_html(body)
    except ReadError:
        return
    pytest.fail("a broken PDF was read")


def test_pages_without_text_are_named_as_scans():
    with pytest.raises(ReadError, match="no text"):
        read_html(pdf([]))


def test_a_followed_pdf_is_judged_like_a_page():
    asked = document()
    assert read_document(asked, [fetched(BOOK, content_type="application/pdf")], None).verdict.doubt is None
    broken = read_document(asked, [fetched(b"<p>no pdf</p>", content_type="application/pdf")], None)
    assert broken.verdict.doubt is Doubt.UNREADABLE
    assert broken.text is None

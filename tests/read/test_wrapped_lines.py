"""Pages made from PDFs and word processors, whose printed lines stand as paragraphs."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.read.made_up_terms import TERMS
from watcher.read.markdown import read_markdown
from watcher.read.wrapped import continued


def long_terms(language: str) -> list[str]:
    """A long text of whole paragraphs, so that a page of printed lines has enough of them."""
    paragraphs = [text for kind, text in TERMS[language] if kind == "p" and text.endswith(".")]
    return [f"{first} {second}" for first in paragraphs for second in paragraphs if first != second]


def printed(paragraphs: list[str], width: int = 80) -> str:
    return "\n\n".join(line for paragraph in paragraphs for line in textwrap.wrap(paragraph, width))


@pytest.mark.parametrize("language", sorted(TERMS))
def test_printed_lines_become_sentences_again(language: str):
    paragraphs = long_terms(language)
    read = " ".join(clause.text for clause in read_markdown(printed(paragraphs)))
    assert read.split() == " ".join(paragraphs).split()
    clauses = {clause.text for clause in read_markdown(printed(paragraphs))}
    assert len([paragraph for paragraph in paragraphs if paragraph in clauses]) > len(paragraphs) / 2


def test_a_promise_broken_over_two_lines_is_read_whole():
    promise = (
        "We will not use your recordings or the messages that you send to others in order to train any AI."
    )
    clauses = read_markdown(printed([*long_terms("en"), promise]))
    assert clauses[-1].text == promise


def test_paragraphs_stay_apart_and_so_do_items_without_full_stops():
    paragraphs = long_terms("en")
    assert [clause.text for clause in read_markdown("\n\n".join(paragraphs))] == paragraphs
    items = [
        f"{word} what other members of the platform uploaded before" for word in ("Copying", "Selling") * 15
    ]
    assert [clause.text for clause in read_markdown("\n\n".join(items))] == items


@given(
    st.lists(st.tuples(st.sampled_from(["paragraph", "item", "heading"]), st.text(max_size=90)), max_size=60)
)
def test_only_a_paragraph_after_something_goes_on(blocks):
    assert all(at > 0 and blocks[at][0] == "paragraph" for at in continued(blocks))

"""Files that a person names, and Markdown as other archives write it."""

import pytest

from tests.read.pdf_writer import Print, pdf
from watcher.errors import InputError
from watcher.model.version import Doubt
from watcher.read import problem, read_file


@pytest.fixture
def read(tmp_path):
    def write_and_read(content: str | bytes, name: str = "terms.md"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_file(path)

    return write_and_read


def test_headings_in_both_styles_lists_and_escapes(read):
    text = read(
        "Terms\n=====\n\n1\\. Content\n-----------\n\n"
        "You may not:\n\n* copy _it_:\n    \n    1.  songs,\n    2.  pictures\n\n"
        "### Fees\n\nWe pay [your share](https://a.example/x) \\[monthly\\].\n"
    )
    assert [(c.kind, c.text, c.level, c.marker, c.lead_in) for c in text.clauses] == [
        ("heading", "Terms", 1, "", ()),
        ("heading", "1. Content", 2, "", ()),
        ("paragraph", "You may not:", 0, "", ()),
        ("item", "copy it:", 1, "", ("You may not:",)),
        ("item", "songs,", 2, "1.", ("You may not:", "copy it:")),
        ("item", "pictures", 2, "2.", ("You may not:", "copy it:")),
        ("heading", "Fees", 3, "", ()),
        ("paragraph", "We pay your share [monthly].", 0, "", ()),
    ]
    assert text.clauses[-1].markdown == r"We pay [your share](https://a.example/x) \[monthly\]."


def test_tables_with_and_without_their_rule(read):
    rows = [("row", "Data | Purpose"), ("row", "Name | to know you")]
    ruled = read("| Data | Purpose |\n| --- | --- |\n| Name | to know<br>you |\n")
    bare = read("| Data | Purpose |\n| Name | to know you |\n")
    assert [(c.kind, c.text) for c in ruled.clauses] == rows
    assert [(c.kind, c.text) for c in bare.clauses] == rows


def test_text_indented_by_accident_is_no_code(read):
    assert [c.text for c in read("Intro.\n\n      You keep all rights.\n").clauses] == [
        "Intro.",
        "You keep all rights.",
    ]


def test_plain_text_has_its_paragraphs_and_typed_bullets(read):
    text = read("Terms\n\nYou may not:\n• copy it\n• sell it\n\nYou keep\nall rights.\n", "terms.txt")
    assert [(c.kind, c.text) for c in text.clauses] == [
        ("paragraph", "Terms"),
        ("paragraph", "You may not:"),
        ("item", "copy it"),
        ("item", "sell it"),
        ("paragraph", "You keep all rights."),
    ]


def test_html_and_pdf_files_are_read_by_their_endings(read):
    assert read("<p>You keep all rights.</p>", "a.html").clauses[0].text == "You keep all rights."
    assert read(pdf([Print("You keep all rights.", 700)]), "a.pdf").clauses[0].text == "You keep all rights."


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"caf\xe9", "a.md", "not UTF-8"),
        (b"caf\xe9", "a.txt", "not UTF-8"),
        (b"%PDF-1.4 nothing", "a.pdf", "cannot be read"),
        (b"x", "a.docx", "not known"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(read, tmp_path, content, name, says):
    with pytest.raises(InputError, match=says) as caught:
        read(content, name)
    assert caught.value.where == str(tmp_path / name)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_file(tmp_path / "none.md")
    with pytest.raises(InputError, match="directory"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("content", "doubt"),
    [
        ("", Doubt.EMPTY),
        ("Privacy Policy\n=====\n", Doubt.EMPTY),
        ("[Download the guidelines](https://a.example/g.pdf)\n", Doubt.EMPTY),
        ("404 Error\n=====\n\nPage not found... yet\n\n[Go home](https://a.example/)\n", Doubt.NOT_FOUND),
        ("### Cette page n'existe pas\n", Doubt.NOT_FOUND),
        ("Loading\n=======\n", Doubt.SHELL),
        ("Redirecting to legal.wavecrest.example\n", Doubt.SHELL),
        ("Oops!\n\n404\n\nIt might have been removed.\n\n" * 12, Doubt.NOT_FOUND),
    ],
)
def test_files_that_hold_no_document_are_known(read, content, doubt):
    assert problem(read(content)).doubt is doubt


def test_a_scrap_beside_a_long_text_is_no_document(read):
    long = read(
        "\n\n".join(
            f"Members and we agree that rule {i} governs matter {i} of this licence." for i in range(99)
        )
    )
    scrap = read(
        "This notice covers the services and their advertisements.\n\n[Download](https://a.example/p.pdf)\n"
    )
    assert problem(scrap).doubt is None
    assert problem(scrap, long).doubt is Doubt.HALF_LOADED
    assert problem(long, scrap).doubt is None


def test_a_small_piece_of_what_stood_before_was_saved_before_the_page_was_whole(read):
    rules = [f"Members and we agree that rule {i} governs matter {i} of this licence." for i in range(99)]
    whole, piece = read("\n\n".join(rules)), read("\n\n".join(rules[:20]))
    rewritten = read(
        "\n\n".join((*rules[:15], *(f"Rule {i} now binds only guests of the hall." for i in range(5))))
    )
    assert problem(piece, whole, whole).doubt is Doubt.HALF_LOADED
    assert problem(piece, whole).doubt is None
    assert problem(rewritten, whole, whole).doubt is None
    assert problem(whole, piece, piece).doubt is None

"""Whatever bytes come, reading gives an answer, and the same one each time."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.read.made_up_terms import TERMS, document, fetched, page, terms_html
from watcher.model.folding import fold
from watcher.read import detect_language, glance, problem, read_document, read_html
from watcher.read.markdown import read_markdown

_PIECES = st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<table><td>", "<li>", "</ul>", "<!--", "-->", "<script>", "]]>", "&#0;", "&nbsp;",
     "<h1>", '<a href="', "http://[", '">', "<svg>", "<template>", "<frameset>", "<dl><dt>", "<dd>", "<select>",
     "text ", "1. ", "•"]
)  # fmt: skip
_SOUP = st.lists(_PIECES, max_size=40).map("".join)
_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
_BODIES = st.one_of(st.binary(max_size=300), _SOUP.map(str.encode), _TEXT.map(str.encode))


_TYPES = st.sampled_from(
    ["text/html", "text/plain", "application/pdf", "application/xhtml+xml", ""]
    + [
        f"text/html; charset={name}"
        for name in ("nonsense", "idna", "unicode_escape", "utf-7", "hex", "shift_jis")
    ]
)


@settings(max_examples=150, deadline=None)
@given(_BODIES, _TYPES)
@example(b"%PDF-1.4\nxref\n0 9\ntrailer", "application/pdf")
@example(b"a\\q b", "text/html; charset=unicode_escape")
@example(b"<html " + b"<div>" * 3000 + b"deep", "text/html")
@example(b"<ul>" * 500 + b"<li>deep", "text/html")
@example(b"<a href='http://[::1'>a</a><base href='http://['>", "text/html")
def test_any_bytes_give_a_reading_and_the_same_one_twice(body, content_type):
    answer = fetched(body, content_type=content_type)
    reading = read_document(document(), [answer], None)
    assert reading == read_document(document(), [answer], reading.text) or reading.verdict.doubt is not None
    assert reading == read_document(document(), [answer], None)
    assert glance(answer) == glance(answer)
    if reading.text is None:
        assert reading.verdict.doubt is not None
    else:
        problem(reading.text)


def _words(clauses) -> list[str]:
    return [clause.folded for clause in clauses if clause.folded]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["p", "h2", "li", "td", "blockquote"]), _TEXT), max_size=8))
def test_markdown_read_again_has_the_same_words(blocks):
    own = [f"<{tag}>{text.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>" for tag, text in blocks]
    whole = "".join(f"<table><tr>{o}<td>x</td></tr></table>" if o.startswith("<td") else o for o in own)
    text = read_html(page(f"<p>You keep all the rights that you have in your own work.</p>{whole}").encode())
    again = read_markdown(text.markdown)
    assert " ".join(_words(again)).split() == " ".join(_words(text.clauses)).split()


@given(st.sampled_from(sorted(TERMS)))
def test_markdown_of_terms_read_again_gives_the_same_clauses(language):
    text = read_html(page(terms_html(language), language=language).encode())
    assert _words(read_markdown(text.markdown)) == _words(text.clauses)


@given(_TEXT)
def test_any_text_has_a_language_tag(text):
    assert 2 <= len(detect_language(text)) <= 3
    assert isinstance(fold(text), str)

"""The cheap look: blind to what nobody reads, never blind to what the document is made of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.made_up_terms import document, fetched, page, terms_html
from watcher.model.source import Page
from watcher.read import glance, read_document, reread

SAME = [
    ("<p>a</p>", '<p data-v="1">a</p>'),
    ("<div>a</div>", '<div id="mount_0_0_x7" class="x1lliihq sc-6ff087f9-0">a</div>'),
    ("<p>a</p>", "<p>a</p><script nonce=x>b</script><style>c</style><!-- d -->"),
    ("<p>a</p>", '<p>a</p><input type="hidden" value="7"><img src="/pixel?7">'),
    ('<a href="/x?sid=1">a</a>', '<a href="/x?sid=2">a</a>'),
    ("<div><p>a</p></div>", "<div>\n  <p>a</p>\n</div>"),
]
OTHER = [
    ("<p>a</p>", "<p>b</p>"),
    ("<p>a b</p>", "<p>a</p><p>b</p>"),
    ("<h2>a</h2>", "<h3>a</h3>"),
    ("<p>a</p>", '<p class="cookie-banner">a</p>'),
    ("<div>a</div>", '<div class="sidebar">a</div>'),
    ("<div>a</div>", '<div role="dialog">a</div>'),
    ("<span>a</span>", "<span hidden>a</span>"),
    ("<span>a</span>", '<span style="display:none">a</span>'),
    ("<ol><li>a</ol>", "<ol start=3><li>a</ol>"),
    ('<a href="/x">a</a>', '<a href="#x">a</a>'),
    ("<b>a</b> b", "<b>a</b>b"),
    ("<p>[email protected]</p>", '<p><a data-cfemail="2a4b">[email protected]</a></p>'),
    ("<p>a</p>", "<p>a&#8203;b</p>"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_nobody_reads_does_not_count(one, other):
    assert glance(fetched(page(one))) == glance(fetched(page(other)))


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_decides_the_text_counts(one, other):
    assert glance(fetched(page(one))) != glance(fetched(page(other)))


def test_the_title_and_the_address_that_answered_count():
    html = page(terms_html())
    assert glance(fetched(html)) != glance(fetched(html.replace("<title>Wavecrest", "<title>Error")))
    assert glance(fetched(html)) != glance(fetched(html, final_url="https://wavecrest.example/login"))


def test_a_pdf_counts_byte_by_byte():
    assert glance(fetched(b"%PDF-1.4 a")) != glance(fetched(b"%PDF-1.4 b"))


_TAGS = st.sampled_from(
    ["p", "div", "span", "b", "a", "li", "ul", "ol", "h2", "button", "td", "tr", "table", "nav", "i"]
)
_ATTRIBUTES = st.sampled_from(
    ["", " hidden", ' class="menu"', ' class="xY1z"', ' id="u_0_1"', ' role="dialog"', ' href="#a"', ' href="/b"',
     ' aria-expanded="false"', ' style="display:none"', ' data-x="1"']
)  # fmt: skip
_WORDS = st.sampled_from(
    ["We keep it.", "a", "Yes", "3 days ago", "You may not:", " ", "• item", "1. One", "<br>", "<br><br>"]
)


@st.composite
def _markup(draw, depth=3):
    if depth == 0:
        return draw(_WORDS)
    tag, attribute = draw(_TAGS), draw(_ATTRIBUTES)
    inner = "".join(draw(st.lists(st.one_of(_WORDS, _markup(depth=depth - 1)), max_size=4)))
    return f"<{tag}{attribute}>{inner}</{tag}>"


@settings(max_examples=60, deadline=None)
@given(
    _markup(),
    st.sampled_from([("xY1z", "q9Zz"), ('id="u_0_1"', 'id="u_0_2"'), ('data-x="1"', ""), ("</p>", "</p>\n")]),
)
def test_pages_that_look_the_same_at_a_glance_read_the_same(markup, edit):
    own = "<p>You keep all the rights in the recordings that you upload to the service.</p>"
    one, other = page(own + markup), page(own + markup.replace(*edit))
    if glance(fetched(one)) == glance(fetched(other)):
        asked = document(Page("https://wavecrest.example/terms"))
        assert reread(asked, [fetched(one)]).digest == reread(asked, [fetched(other)]).digest
    assert read_document(document(), [fetched(one)], None).text is not None

"""How markup becomes clauses, one behaviour at a time."""

import pytest

from tests.read.made_up_terms import page
from watcher.read import read_html


def read(body: str, url: str = "https://wavecrest.example/legal/terms", **options):
    return read_html(f"<html><body><main>{body}</main></body></html>".encode(), url=url, **options)


def kinds(body: str) -> list[tuple[str, str]]:
    return [(clause.kind, clause.text) for clause in read(body).clauses]


def test_headings_stand_above_what_follows_them():
    text = read(
        "<h1>Terms</h1><h2>1. Content</h2><p>One.</p><h3>1.1 Music</h3><p>Two.</p><h2>2. End</h2><p>Three.</p>"
    )
    assert [clause.path for clause in text.clauses if clause.kind == "paragraph"] == [
        ("Terms", "1. Content"),
        ("Terms", "1. Content", "1.1 Music"),
        ("Terms", "2. End"),
    ]
    assert text.title == "Terms"


def test_nested_list_items_know_their_depth_marker_and_what_leads_in():
    text = read(
        "<p>You may not:</p><ol><li>copy:<ul><li>songs,</li><li>pictures,</li></ul></li>"
        "<li value=5>resell.</li></ol><p>You may:</p><ol type=a start=3><li>listen.</li></ol>"
    )
    items = [clause for clause in text.clauses if clause.kind == "item"]
    assert [(clause.text, clause.level, clause.marker, clause.lead_in) for clause in items] == [
        ("copy:", 1, "1.", ("You may not:",)),
        ("songs,", 2, "", ("You may not:", "copy:")),
        ("pictures,", 2, "", ("You may not:", "copy:")),
        ("resell.", 1, "5.", ("You may not:",)),
        ("listen.", 1, "c.", ("You may:",)),
    ]


@pytest.mark.parametrize(
    ("kind", "start", "written"), [("i", 4, "iv."), ("I", 9, "IX."), ("A", 27, "AA."), ("1", 12, "12.")]
)
def test_numbers_are_written_as_a_browser_writes_them(kind, start, written):
    assert (
        read(f"<ol type={kind} start={start}><li>Something is said here.</li></ol>").clauses[0].marker
        == written
    )


def test_a_second_paragraph_in_an_item_keeps_the_lead_in():
    text = read("<p>We may:</p><ul><li><p>store it,</p><p>and this for years,</p></li></ul>")
    assert [(clause.kind, clause.lead_in) for clause in text.clauses] == [
        ("paragraph", ()),
        ("item", ("We may:",)),
        ("paragraph", ("We may:",)),
    ]


def test_a_sentence_that_is_complete_does_not_lead_in_a_list():
    assert read("<p>We like music.</p><ul><li>Songs</li></ul>").clauses[1].lead_in == ()
    assert read("<p>None of the following is allowed.</p><ul><li>Noise</li></ul>").clauses[1].lead_in != ()


def test_table_rows_are_clauses_with_their_cells_joined():
    assert kinds(
        "<table><tr><th>Data</th><th>Purpose</th></tr><tr><td>Name</td><td>to know <b>you</b></td></tr></table>"
    ) == [
        ("row", "Data | Purpose"),
        ("row", "Name | to know you"),
    ]


def test_cells_keep_words_that_would_be_buttons_elsewhere():
    assert kinds("<table><tr><td>Sharing</td><td>Yes</td><td>3 days</td></tr></table>") == [
        ("row", "Sharing | Yes | 3 days")
    ]


def test_a_table_that_only_places_text_is_read_as_paragraphs():
    assert kinds(
        "<table><tr><td><h2>Rights</h2><p>You keep them.</p></td><td><p>In short: yours.</p></td></tr></table>"
    ) == [
        ("heading", "Rights"),
        ("paragraph", "You keep them."),
        ("paragraph", "In short: yours."),
    ]


def test_definition_terms_lead_in_their_definitions():
    text = read("<dl><dt>Service</dt><dd>All that we offer.</dd></dl>")
    assert [(clause.kind, clause.lead_in) for clause in text.clauses] == [
        ("term", ()),
        ("paragraph", ("Service",)),
    ]


def test_quotes_are_quotes():
    assert kinds("<blockquote><p>Terms are a promise.</p></blockquote>") == [
        ("quote", "Terms are a promise.")
    ]


@pytest.mark.parametrize(
    "collapsed",
    [
        "<details><summary>Your music</summary><p>You keep all rights in it.</p></details>",
        '<h3><button aria-expanded="false">Your music</button></h3><div hidden><p>You keep all rights in it.</p></div>',
        '<button aria-expanded="false">Your music</button>'
        '<div style="display:none"><p>You keep all rights in it.</p></div>',
        '<div role="button" aria-expanded="false"><span>Your music</span></div>'
        '<div aria-hidden="true">You keep all rights in it.</div>',
        '<div class="accordion"><div role="tab">Your music</div>'
        '<div class="panel collapse">You keep all rights in it.</div></div>',
    ],
)
def test_collapsed_sections_are_kept_with_their_openers_as_headings(collapsed):
    assert kinds(collapsed) == [("heading", "Your music"), ("paragraph", "You keep all rights in it.")]


def test_bare_divs_and_double_line_breaks_make_paragraphs():
    assert kinds("<div><div>You keep it.</div><div>We play it.</div></div>") == [
        ("paragraph", "You keep it."),
        ("paragraph", "We play it."),
    ]
    assert kinds("You keep it.<br>Really.<br><br>We play it.") == [
        ("paragraph", "You keep it. Really."),
        ("paragraph", "We play it."),
    ]


def test_spans_that_act_as_blocks_are_parted_where_no_blank_stands_between_sentences():
    body = "<span><span>We keep our “word”.</span></span><span>Prohibited uses.</span><span>You may not lie.</span>"
    assert [text for _, text in kinds(body)] == [
        "We keep our “word”.",
        "Prohibited uses.",
        "You may not lie.",
    ]


def test_bold_lines_are_headings():
    assert kinds("<p><b>1. Content</b></p><p>You keep it.</p>")[0] == ("heading", "1. Content")
    assert kinds("<p><strong>Content</strong><br>You keep it.</p>") == [
        ("heading", "Content"),
        ("paragraph", "You keep it."),
    ]
    assert kinds("<p><b>You must not sell what you hear.</b></p><p>Never.</p>")[0][0] == "paragraph"


def test_typed_bullets_and_letters_make_items():
    text = read("<p>You may not:</p><p>• copy it,</p><p>• sell it,</p><p>(a) lend it,</p>")
    assert [(c.kind, c.text, c.marker, c.lead_in) for c in text.clauses[1:]] == [
        ("item", "copy it,", "", ("You may not:",)),
        ("item", "sell it,", "", ("You may not:",)),
        ("item", "lend it,", "(a)", ("You may not:",)),
    ]
    assert [c.kind for c in read("We may:<br>- keep it<br>- play it").clauses] == [
        "paragraph",
        "item",
        "item",
    ]


def test_links_are_absolute_and_free_of_tracking_and_sessions():
    text = read(
        '<p>See <a href="../privacy;jsessionid=1A?utm_source=x&amp;lang=en&amp;fbclid=9&amp;sid=77">privacy</a>, '
        '<a href="javascript:void(0)">this</a>, '
        '<a href="https://l.wavecrest.example/l.php?u=https%3A%2F%2Fa.example%2Fb&amp;h=AT1">that</a> '
        'and <a href="mailto:hi@wavecrest.example">mail</a>.</p>'
    )
    assert text.clauses[0].markdown == (
        "See [privacy](https://wavecrest.example/privacy?lang=en), this, [that](https://a.example/b) "
        "and [mail](mailto:hi@wavecrest.example)."
    )


def test_links_follow_the_base_element():
    html = '<head><base href="https://cdn.example/x/"></head><p>Read <a href="y">the whole text</a> here.</p>'
    assert (
        "(https://cdn.example/x/y)"
        in read_html(html.encode(), url="https://wavecrest.example/").clauses[0].markdown
    )


def test_obfuscated_addresses_are_decoded():
    key, address = 0x2A, "legal@wavecrest.example"
    code = bytes([key, *(ord(c) ^ key for c in address)]).hex()
    hidden = f'<a href="/cdn-cgi/l/email-protection" data-cfemail="{code}">[email protected]</a>'
    body = f"<p>Write to {hidden} please.</p>"
    assert read(body).clauses[0].text == f"Write to {address} please."
    linked = f'<p>Write to <a href="/cdn-cgi/l/email-protection#{code}">us</a> please.</p>'
    assert f"(mailto:{address})" in read(linked).clauses[0].markdown


def test_emphasis_is_kept_and_signs_are_escaped():
    body = "<p>A <strong>bold <em>and slanted</em></strong> word, 2 * 3 _ [x] &lt;b&gt;</p>"
    assert read(body).clauses[0].markdown == r"A **bold _and slanted_** word, 2 \* 3 \_ \[x\] \<b\>"


def test_text_is_tidy():
    assert (
        read("<p>We\u00a0 keep\u200b  co\u00adpies\n of&nbsp;it e\u0301.</p>").clauses[0].text
        == "We keep copies of it é."
    )


@pytest.mark.parametrize(
    "furniture",
    [
        '<nav><a href="/a">Music</a><a href="/b">Pictures</a></nav>',
        '<div class="breadcrumbs"><a href="/">Home</a> / <a href="/legal">Legal</a></div>',
        '<div id="onetrust-banner-sdk"><p>We use cookies to make this site work and to count visits.</p></div>',
        '<div role="dialog" aria-label="Cookies"><p>We use cookies to make this site work.</p></div>',
        '<div class="language-picker"><a href="/de">Deutsch</a> <a href="/it">Italiano</a></div>',
        '<section class="related-articles"><h3>Related</h3><ul><li><a href="/x">How fees work</a></li></ul></section>',
        '<div class="share-buttons"><a href="/f">Share</a> <a href="/t">Tweet</a></div>',
        '<ul><li><a href="#a">Content</a></li><li><a href="#b">Fees</a></li><li><a href="#c">Ending</a></li></ul>',
        '<ul><li><a href="/t?s=1">Terms</a><li><a href="/t?s=2">Fees</a><li><a href="/t?s=3">Ending</a></ul>',
        '<div class="footer--Jp2x"><div>Products</div><a href="/app">App</a> <div>Made with love</div></div>',
        "<p>Updated 3 days ago</p>",
        "<p>© 2019-2025 Wavecrest Sound Ltd. All rights reserved.</p>",
        "<p>il y a 2 semaines</p>",
        "<p>5 min read</p>",
        "<div>Was this article helpful? <button>Yes</button><button>No</button></div>",
        "<p>12 out of 30 found this helpful</p>",
        "<div>Service status: available</div>",
        '<a href="#top">Back to top</a>',
        "<button>Print</button>",
        '<form><label>Search</label><input name="q"><select><option>All</option></select></form>',
        "<script>var a = 'x'</script><style>p{}</style><noscript>Enable scripts</noscript><template>x y z</template>",
        "<!-- a comment -->",
        '<footer><a href="/about">About us</a> © 2025 Wavecrest</footer>',
        '<aside><a href="/upgrade">Get more</a></aside>',
        '<span class="sr-only">opens in a new window</span>',
        '<input type="hidden" name="csrf" value="8Fj2">',
    ],
)
@pytest.mark.parametrize("before", [True, False])
def test_furniture_is_no_part_of_the_document(furniture, before):
    own = (
        "<h1>Terms</h1><p>You keep all the rights in the recordings that you upload to the service.</p>"
        "<h2>Fees</h2><p>We pay your share every month after we have deducted the fees that are shown.</p>"
        "<h2>Ending</h2><p>Either of us may end this agreement at any time with effect from the next day.</p>"
    )
    body = furniture + own if before else own + furniture
    assert read(body).clauses == read(own).clauses


def test_a_site_that_calls_its_text_a_sidebar_keeps_its_text():
    own = "<p>You keep all the rights in the recordings that you upload to the service.</p>" * 1
    assert read(f'<div class="sidebar menu">{own}</div>').clauses == read(own).clauses


def test_words_named_like_furniture_in_headings_stay():
    assert kinds('<h2 id="sharing">Sharing</h2><p>We share nothing.</p>')[0] == ("heading", "Sharing")


def test_contact_lines_beside_prose_stay():
    body = (
        "<h2>Contact</h2><p>Reach us in writing at any time, in any language that you speak well.</p>"
        '<p>Email: <a href="mailto:a@b.example">a@b.example</a></p>'
    )
    assert kinds(body)[-1] == ("paragraph", "Email: a@b.example")


def test_without_landmarks_the_bulk_of_the_text_is_found():
    own = "".join(
        f"<p>Sentence {i} says what you and we owe each other under this agreement.</p>" for i in range(9)
    )
    html = (
        "<body><div class=top><a href=/>Wavecrest</a><a href=/b>Browse</a></div>"
        f"<div><div><div>{own}</div><div><a href=/x>More</a> <a href=/y>News</a></div></div></div>"
        "<div>© 2025 <a href=/jobs>Jobs</a></div></body>"
    )
    assert [clause.text for clause in read_html(html.encode()).clauses] == [
        f"Sentence {i} says what you and we owe each other under this agreement." for i in range(9)
    ]


def test_a_table_that_lays_out_the_page_is_entered():
    own = "".join(
        f"<p>Sentence {i} says what you and we owe each other under this agreement.</p>" for i in range(9)
    )
    menu = "<td><a href=/1>One</a><br><a href=/2>Two</a><br><a href=/3>Three</a></td>"
    html = f"<table><tr>{menu}<td><h1>Terms</h1>{own}</td></tr></table>"
    assert [clause.kind for clause in read_html(html.encode()).clauses] == ["heading"] + ["paragraph"] * 9


def test_selectors_take_several_parts_in_page_order_and_leave_others_out():
    html = page("<div class=b>You keep it.</div><div class=a>We play it.<p class=x>Ad</p></div>").encode()
    text = read_html(html, select=(".a", ".b", ".a p"), remove=(".x",))
    assert [clause.text for clause in text.clauses] == ["You keep it.", "We play it."]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>Perché è così</p>".encode("latin-1"), "text/html; charset=iso-8859-1"),
        (b"\xef\xbb\xbf" + "<p>Perché è così</p>".encode(), "text/html; charset=iso-8859-1"),
        ('<meta charset="windows-1252"><p>Perché è così</p>'.encode("cp1252"), None),
        ("<p>Perché è così</p>".encode(), None),
        ("<p>Perché è così</p>".encode("utf-16"), None),
        ("<p>Perché è così</p>".encode("cp1252"), "text/html; charset=utf-8"),
        ("<p>Perché è così</p>".encode("cp1252"), None),
    ],
)
def test_the_charset_comes_from_mark_header_or_document(body, content_type):
    assert read_html(body, content_type=content_type).clauses[0].text == "Perché è così"


def test_one_broken_sign_does_not_spoil_the_others():
    assert (
        read_html("<p>Perché è così \xff.</p>".encode().replace(b"\xc3\xbf", b"\xff"))
        .clauses[0]
        .text.startswith("Perché è")
    )


def test_the_title_is_the_headline_or_the_named_part_of_the_page_title():
    assert read_html(page("<h1>Our terms</h1><p>You keep it all.</p>", "X | Y").encode()).title == "Our terms"
    assert (
        read_html(page("<p>You keep it all.</p>", "Wavecrest | Terms of Use").encode()).title
        == "Terms of Use"
    )
    assert (
        read_html(page("<p>Privacy policy</p><p>We keep nothing.</p>", "Wavecrest").encode()).title
        == "Privacy policy"
    )

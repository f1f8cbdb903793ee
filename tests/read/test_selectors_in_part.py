"""Several selectors of which some match nothing any more: what they used to find must not vanish unseen."""

from tests.read.made_up_terms import URL, document, fetched, page, terms_html
from watcher.model.source import Page
from watcher.model.version import HEALTHY, Doubt
from watcher.read import read_document

FEES = "".join(
    f"<p>For {what} we keep a share of what your members pay, as agreed in these terms.</p>"
    for what in ("songs", "albums", "concerts", "videos", "lessons")
)
ASKED = document(Page(URL, select=(".terms", ".fees")))


def _html(fees: str = FEES, name: str = "fees") -> str:
    return page(f"<div class=terms>{terms_html()}</div><div class={name}>{fees}</div>")


STANDING = read_document(ASKED, [fetched(_html())], None).text


def _verdict(html: str, standing=STANDING, asked=ASKED):
    return read_document(asked, [fetched(html)], standing).verdict


def test_a_part_that_went_with_its_selector_waits_and_names_the_selector():
    verdict = _verdict(page(f"<div class=terms>{terms_html()}</div>"))
    assert verdict.doubt is Doubt.SELECTORS
    assert ".fees" in verdict.detail
    assert ".terms" not in verdict.detail
    assert URL in verdict.detail
    assert verdict.waits


def test_a_part_that_is_still_shown_under_another_name_is_never_taken_for_removed():
    verdict = _verdict(_html(name="prices"))
    assert verdict.doubt is Doubt.SELECTORS
    assert ".fees" in verdict.detail
    assert not verdict.waits


def test_even_a_small_part_that_is_still_shown_is_missed():
    one = "<p>For songs and albums alike we keep a share of what your members pay.</p>"
    standing = read_document(ASKED, [fetched(_html(one))], None).text
    assert _verdict(_html(one, name="prices"), standing).doubt is Doubt.SELECTORS
    assert _verdict(_html("", name="prices"), standing) == HEALTHY


def test_alternatives_of_which_one_never_matches_are_well():
    asked = document(Page(URL, select=(".terms", "#legal-text", ".fees")))
    assert _verdict(_html(), None, asked) == HEALTHY
    assert _verdict(_html(), STANDING, asked) == HEALTHY
    added = _html(FEES + "<p>From today this applies to guests as well.</p>")
    assert _verdict(added, STANDING, asked) == HEALTHY


def test_an_alternative_that_takes_over_is_well():
    asked = document(Page(URL, select=(".terms", ".fees", ".prices")))
    assert _verdict(_html(name="prices"), STANDING, asked) == HEALTHY


def test_selectors_that_all_match_say_nothing_about_what_is_gone():
    asked = document(Page(URL, select=(".terms", ".fees")))
    assert (
        _verdict(_html("<p>For songs we keep a share of what your members pay.</p>"), STANDING, asked)
        == HEALTHY
    )


def test_a_selector_on_one_of_several_pages_counts_too():
    second = "https://wavecrest.example/legal/rules"
    rules = "".join(f"<p>Rule {i} of these terms binds every member of choir {i}.</p>" for i in range(8))
    asked = document(*ASKED.pages, Page(second))
    standing = read_document(asked, [fetched(_html()), fetched(page(rules), second)], None).text
    changed = [fetched(_html(name="prices")), fetched(page(rules), second)]
    assert read_document(asked, changed, standing).verdict.doubt is Doubt.SELECTORS

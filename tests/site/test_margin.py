"""What stands beside a clause: each thing once or told apart, and a way to the words, which are never cut away."""

import pytest

from tests.site.markup import Markup
from tests.site.sample import NOW, Archive, change, finding, room, stored, text
from watcher.diff import compare
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import VersionKind
from watcher.site import page
from watcher.site.apart import told_apart
from watcher.site.marking import Piece
from watcher.site.rows import Row, by_clause, table

DOCUMENT = Document("Wavecrest", "Terms", (Page("https://wavecrest.example/terms"),))
FIRST = "We may use your recordings to train AI."
SECOND = "We may also use your drawings to train AI."


def row(old: DocumentText, new: DocumentText, findings=(), before=()) -> Row:
    laid = table(compare(old, new), says=by_clause(findings), said=by_clause(before))
    (found,) = (block for block in laid.blocks if isinstance(block, Row))
    return found


def told(archive: Archive, old: str, new: str, changes, language: str = "en") -> Markup:
    archive.document(
        DOCUMENT,
        [(text(old), VersionKind.FIRST, NOW, {}), (text(new), VersionKind.CHANGED, NOW, {})],
        events=[(1, 2, changes)],
    )
    (event,) = archive.histories[-1].events
    with stored(archive) as store:
        return Markup(page(room(store), f"changes/{event.id}.html", language, NOW) or "")


def grant(quote: str, clause: str = "", cue: str = "train AI", **more):
    return finding("training_grant", quote, {cue: "training"}, clause=clause or quote, **more)


def test_a_change_leads_down_to_its_meaning_its_clauses_and_its_proof(pages):
    for path, words in (
        ("changes/", ["What it means", "Clause by clause", "Proof and citation"]),
        ("it/changes/", ["Che cosa significa", "Clausola per clausola", "Prove e citazione"]),
    ):
        html = next(html for name, html in pages.items() if name.startswith(path) and "#means" in html)
        page = Markup(html)
        ways = [e for e in page.all("a") if e.within[-1] == "nav" and e.attributes["href"].startswith("#")]
        assert [e.text for e in ways] == words
        assert {e.attributes["href"][1:] for e in ways} <= set(page.ids)
        names = [e.tag for e in page.elements]
        assert names.index("h1") < page.elements.index(ways[0]) < names.index("h2")


def test_two_versions_lead_down_to_their_proof(pages):
    html = next(html for name, html in pages.items() if name.startswith("documents/") and "-v2." in name)
    ways = [e.attributes["href"] for e in Markup(html).all("a") if e.within[-1] == "nav"]
    assert ways[-2:] == ["#comparison", "#proof"]


def test_two_changes_of_one_headline_are_told_apart_by_their_first_words(empty):
    page = told(
        empty,
        "Hello.",
        f"## Licence\n{FIRST}\n{SECOND}",
        [change("introduced", now=grant(FIRST)), change("introduced", now=grant(SECOND))],
    )
    (other,) = (e.text for e in page.all("li") if "worse for you" in e.text)
    assert "train AI" in other and "Licence" in other and "We may also use your drawings to …" in other


def test_what_even_begins_alike_is_numbered():
    long = "We may use everything that you upload here "
    assert told_apart([("a", long + "to train."), ("a", long + "to sell."), ("b", "Else.")]) == [
        "We may use everything that you upload … (1)",
        "We may use everything that you upload … (2)",
        "",
    ]


def test_a_margin_has_each_finding_once_and_those_of_a_kind_with_their_first_words():
    words = f"{FIRST} {SECOND}"
    twice = [grant(FIRST, words), grant(FIRST, words, rule="en-other"), grant(SECOND, words)]
    ban = finding("training_restriction", FIRST, {"train AI": "training"}, polarity="denied", clause=words)
    found = row(text("Hello."), text(f"Hello.\n{words}"), [*twice, ban])
    assert [(one.finding.category, one.opening) for one in found.remarks] == [
        ("training_grant", "We may use your recordings to train …"),
        ("training_grant", "We may also use your drawings to …"),
        ("training_restriction", ""),
    ]


def test_changes_of_one_clause_with_one_headline_are_told_apart_in_its_margin(empty):
    words = f"{FIRST} {SECOND}"
    both = [grant(FIRST, words), grant(SECOND, words)]
    page = told(empty, "Hello.", f"Hello.\n{words}", [change("introduced", now=one) for one in both])
    (clause,) = (e for e in page.all("div") if "noted" in e.attributes.get("class", ""))
    assert "We may use your recordings to train …" in clause.text
    assert "We may also use your drawings to …" in clause.text


@pytest.mark.parametrize("language", ["en", "it"])
def test_each_note_of_a_margin_leads_to_its_words(archive, language):
    page = told(
        archive,
        f"Hello.\n{FIRST}",
        f"Hello.\n{FIRST[:-1]} and to sell it.",
        [change("expanded", now=grant(FIRST[:-1] + " and to sell it."), before=grant(FIRST))],
        language,
    )
    ways = [e for e in page.all("a") if e.attributes.get("class", "") in ("to-one", "to-sides")]
    assert len(ways) == 2
    for way in ways:
        (mark,) = (e for e in page.elements if e.attributes.get("id") == way.attributes["href"][1:])
        assert (mark.tag, mark.text) == ("mark", "train AI")


def test_words_that_led_to_a_finding_are_never_cut_away_from_an_endless_clause():
    far = "water under bridges " * 3_000
    words = f"{far}{FIRST} {far}{SECOND} {far}".strip()
    found = row(text("Hello."), text(f"Hello.\n{words}"), [grant(FIRST, words), grant(SECOND, words)])
    shown = "".join(piece.text for piece in found.segments)
    assert [piece.text for piece in found.segments if piece.cue] == ["train AI", "train AI"]
    assert [piece.mark for piece in found.segments if piece.cue] == [1, 2]
    assert "bridges We may use your recordings to train AI. water" in shown
    assert shown.count(" […] ") == 2 and len(shown) < 20_100
    assert found.omitted == len(words) - (len(shown) - 2 * len(" […] "))
    assert not found.marked, "a sign of what is missing is no other wording"


def test_among_thousands_of_findings_their_words_stay_and_little_else():
    sentences = [f"We may use recording {n} to train AI. " + "water " * 40 for n in range(2_000)]
    words = "".join(sentences).strip()
    quotes = [f"We may use recording {n} to train AI." for n in range(2_000)]
    found = row(text("Hello."), text(f"Hello.\n{words}"), [grant(one, words) for one in quotes])
    assert sum(piece.cue for piece in found.segments) == 2_000
    assert sum(len(piece.text) for piece in found.segments) < 60_000


def test_an_endless_reworded_clause_keeps_its_findings_on_both_sides():
    far = " ".join(f"word{n}" for n in range(9_000))
    words = f"{far} new ending. {FIRST}"
    found = row(text(f"{far} old ending. {FIRST}"), text(words), [grant(FIRST, words)])
    for side in (found.old_side, found.new_side):
        assert "train AI" in "".join(piece.text for piece in side)
    assert Piece("equal", "train AI", True, 1) in found.segments


def test_a_finding_without_words_of_its_own_leads_nowhere():
    bare = finding("training_grant", FIRST, {}, clause=FIRST)
    found = row(text("Hello."), text(f"Hello.\n{FIRST}"), [bare])
    assert [one.mark for one in found.remarks] == [0]


def test_what_a_clause_said_until_it_left_is_marked_in_the_old_words():
    gone = grant(FIRST)
    found = row(text(f"Hello.\n{FIRST}"), text("Hello."), before=[gone])
    assert found.mark_of(change("removed", before=gone)) == 1
    assert found.clause == Clause("paragraph", FIRST, FIRST)

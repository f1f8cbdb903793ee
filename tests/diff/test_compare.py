"""Two texts, clause by clause."""

from hypothesis import given
from hypothesis import strategies as st

from watcher.diff import compare, mark
from watcher.model.text import Clause, DocumentText


def text(*paragraphs: str) -> DocumentText:
    return DocumentText("Terms", "en", tuple(Clause("paragraph", p, p) for p in paragraphs))


def kinds(old: DocumentText, new: DocumentText) -> list[tuple[str, str]]:
    return [(p.kind, (p.new or p.old).text) for p in compare(old, new).pairs]


LICENCE = "You grant us a licence to host and stream what you upload to Wavecrest."
CONTACT = "Write to us at our office in Ghent if you have questions about these terms."
FEES = "We keep twelve percent of each sale and pay the rest out every month."


def test_a_text_compared_with_itself_has_only_unchanged_clauses():
    assert [p.kind for p in compare(text(LICENCE, CONTACT), text(LICENCE, CONTACT)).pairs] == [
        "unchanged"
    ] * 2


def test_a_clause_that_only_moved_is_moved_and_nothing_is_added_or_removed():
    comparison = compare(text(LICENCE, CONTACT, FEES), text(CONTACT, FEES, LICENCE))
    assert [(p.kind, p.new.text) for p in comparison.pairs] == [
        ("unchanged", CONTACT),
        ("unchanged", FEES),
        ("moved", LICENCE),
    ]
    assert comparison.changed == ()


def test_numbering_punctuation_and_typographic_quotes_are_no_change():
    old = text("1. We don't sell your data.", "- You may leave at any time")
    new = text("2) We don’t sell your data", "• You may leave at any time.")
    assert [p.kind for p in compare(old, new).pairs] == ["unchanged", "unchanged"]


def test_a_reworded_clause_shows_its_changed_words_only():
    pair = compare(
        text(LICENCE, FEES), text(LICENCE.replace("host and stream", "host, stream and train AI with"), FEES)
    ).pairs[0]
    assert pair.kind == "reworded"
    assert (
        "".join(s.text for s in pair.segments if s.op == "insert").strip()
        == ", stream and train AI with".strip()
    )
    assert {s.op for s in pair.segments} == {"equal", "insert", "delete"}


def test_added_and_removed_clauses_stand_where_they_belong():
    assert kinds(text(LICENCE, CONTACT), text(LICENCE, FEES)) == [
        ("unchanged", LICENCE),
        ("removed", CONTACT),
        ("added", FEES),
    ]


def test_a_clause_reworded_and_moved_is_recognised():
    moved = FEES.replace("twelve", "fifteen")
    pairs = compare(text(FEES, LICENCE, CONTACT), text(LICENCE, CONTACT, moved)).pairs
    assert [(p.kind, p.moved) for p in pairs] == [
        ("unchanged", False),
        ("unchanged", False),
        ("reworded", True),
    ]


def test_a_repeated_clause_that_loses_one_copy_is_removed_once():
    assert sorted(p.kind for p in compare(text(FEES, LICENCE, FEES), text(FEES, LICENCE)).pairs) == [
        "removed",
        "unchanged",
        "unchanged",
    ]


def test_a_heading_is_never_taken_for_a_reworded_paragraph():
    old = DocumentText("T", "en", (Clause("heading", "Payments to artists", "Payments to artists", level=2),))
    new = DocumentText(
        "T", "en", (Clause("paragraph", "Payments to all artists", "Payments to all artists"),)
    )
    assert [p.kind for p in compare(old, new).pairs] == ["removed", "added"]


sentences = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=6).map(" ".join)
documents = st.lists(sentences, max_size=12).map(lambda clauses: text(*clauses))


@given(documents, documents)
def test_every_clause_of_both_sides_appears_exactly_once(old, new):
    pairs = compare(old, new).pairs
    assert sorted(p.old_at for p in pairs if p.old_at is not None) == list(range(len(old.clauses)))
    assert [p.new_at for p in pairs if p.new_at is not None] == list(range(len(new.clauses)))
    assert all(p.old is old.clauses[p.old_at] for p in pairs if p.old_at is not None)


@given(documents, st.randoms(use_true_random=False))
def test_shuffling_clauses_changes_nothing(old, random):
    shuffled = list(old.clauses)
    random.shuffle(shuffled)
    assert compare(old, DocumentText(old.title, old.language, tuple(shuffled))).changed == ()


@given(st.text(), st.text())
def test_marks_rebuild_both_sides_whatever_the_text(old, new):
    segments = mark(old, new)
    assert "".join(s.text for s in segments if s.op != "insert") == old
    assert "".join(s.text for s in segments if s.op != "delete") == new


def test_a_wall_of_text_is_marked_by_sentences():
    old = "".join(f"Sentence number {i} says something of its own. " for i in range(2_000))
    new = old.replace("number 700 says", "number 700 never says")
    changed = [s for s in mark(old, new) if s.op != "equal"]
    assert [s.text for s in changed] == [
        "Sentence number 700 says something of its own. ",
        "Sentence number 700 never says something of its own. ",
    ]


def test_a_document_written_anew_is_compared_without_comparing_each_with_each():
    old = text(*(f"Old clause {i} about matter{i} and thing{i} in our service" for i in range(1_500)))
    new = text(*(f"Fresh paragraph {i} regarding topic{i} plus item{i} for members" for i in range(1_500)))
    assert {p.kind for p in compare(old, new).pairs} <= {"added", "removed", "reworded"}

import pytest

from watcher.clauses import Judge
from watcher.clauses.enumerations import Piece, pieces
from watcher.clauses.explain import explain
from watcher.clauses.sentences import sentences
from watcher.diff import compare
from watcher.model.text import Clause, DocumentText

BAN = "You must not: {}; (b) sell your account; (c) use the service to train AI models; (d) {}."


def texts(text: str) -> list[str]:
    return [piece.text for piece in pieces(text)]


def test_the_items_of_a_list_in_a_sentence_keep_its_lead_in():
    lead = "You agree not to:"
    assert list(
        pieces(f"{lead} (i) copy it; (ii) sell it where (a) we or (b) you may; and (iii) mine it.")
    ) == [
        Piece(lead, opens=True),
        Piece("(i) copy it;", lead),
        Piece("(ii) sell it where (a) we or (b) you may; and", lead),
        Piece("(iii) mine it.", lead),
    ]


def test_a_list_goes_on_after_a_full_stop_within_an_item():
    text = "You must not: (i) copy it; (ii) sell it; (iii) mine it. Tests are fine;(iv) harm it. That is all."
    last, rest = list(pieces(text))[-2:]
    assert (last.text, last.lead) == ("(iv) harm it.", "You must not:")
    assert rest == Piece("That is all.")


@pytest.mark.parametrize(
    "text",
    [
        "We may (a) copy, (b) sell and (c) show it.",
        "Two things: (a) this and (b) that.",
        "See the rules: (b) and (c) and (d) apply.",
    ],
)
def test_what_is_no_long_list_after_a_colon_stays_whole(text: str):
    assert texts(text) == [text]


def test_a_change_to_one_item_is_no_change_to_another(judge: Judge):
    old, new = BAN.format("(a) copy it", "harm it"), BAN.format("(a) copy or show it", "harm or probe it")
    sides = [DocumentText("Terms", "en", (Clause("paragraph", text, text),)) for text in (old, new)]
    assert judge.judge(compare(*sides), service="Wavecrest").changes == ()


def test_an_item_is_judged_by_its_lead_in_and_quoted_alone(judge: Judge):
    found = judge.classify(BAN.format("(a) copy it", "harm it"), language="en").findings
    assert {(each.category, each.quote) for each in found} == {
        ("training_restriction", "(c) use the service to train AI models;")
    }


def test_what_is_explained_is_what_is_judged(judge: Judge):
    explained = explain(judge, BAN.format("(a) copy it", "harm it"), language="en")
    assert {(each.sentence, each.rules) for each in explained if each.rules} == {
        (
            "(c) use the service to train AI models;",
            ("ai-training-restriction", "ai-mining-restriction"),
        )
    }


def test_an_exception_in_a_lead_in_does_not_turn_the_list_round(judge: Judge):
    lead = "Unless we expressly agree, you must not use the Site (or permit, authorise or help others to use it):"
    (found,) = judge.classify(
        "to train any AI system with its content;", context=lead, language="en"
    ).findings
    assert found.category == "training_restriction"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "We train no AI models.5.3 Rights in the Services.",
            ["We train no AI models.", "5.3 Rights in the Services."],
        ),
        ("It is ours (the “Models”).You may look.", ["It is ours (the “Models”).", "You may look."]),
        ("Ces données sont à nous.Vous pouvez voir.", ["Ces données sont à nous.", "Vous pouvez voir."]),
        ("Read www.wavecrest.example/Terms.Html now.", ["Read www.wavecrest.example/Terms.Html now."]),
        ("Wavecrest.Com and the U.S.A. agree.", ["Wavecrest.Com and the U.S.A. agree."]),
    ],
)
def test_sentences_that_lost_the_blank_between_them_are_parted(text: str, parts: list[str]):
    assert sentences(text) == parts


def test_the_items_in_a_tables_cell_are_sentences_that_end_with_the_cell():
    row = "Improve AI | * In our interest to build models. * For safety | Your activity"
    assert sentences(row) == [
        "Improve AI |",
        "In our interest to build models.",
        "For safety",
        "Your activity",
    ]

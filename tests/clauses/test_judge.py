import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watcher.clauses import Judge
from watcher.diff import compare
from watcher.model.finding import Change, ChangeKind
from watcher.model.text import Clause, DocumentText

TRAIN = "We may use your recordings to train our AI models."
PROMISE = "We will not use your recordings to train AI models."


def document(*texts: str, language: str = "en") -> DocumentText:
    return DocumentText("Terms", language, tuple(Clause("paragraph", text, text) for text in texts))


def judged(judge: Judge, old: DocumentText, new: DocumentText, **options: object) -> tuple[Change, ...]:
    return judge.judge(compare(old, new), service="Wavecrest", **options).changes  # type: ignore[arg-type]


def kinds(changes: tuple[Change, ...]) -> dict[str, ChangeKind]:
    return {change.category: change.change for change in changes}


def test_a_new_permission_is_introduced_with_its_words(judge: Judge):
    (change,) = judged(judge, document("You may listen."), document("You may listen.", TRAIN))
    assert (change.category, change.change, change.severity) == ("training_grant", "introduced", "critical")
    assert change.quote == TRAIN
    assert change.now is not None
    assert {change.quote[cue.start : cue.end] for cue in change.now.cues} >= {"may", "train", "We"}


def test_a_promise_that_goes_is_removed(judge: Judge):
    (change,) = judged(judge, document("You may listen.", PROMISE), document("You may listen."))
    assert (change.category, change.change, change.severity) == ("training_commitment", "removed", "critical")


def test_a_moved_or_split_clause_changes_nothing(judge: Judge):
    old = document("Welcome to Wavecrest.", TRAIN, "Be kind to others.")
    assert judged(judge, old, document("Be kind to others.", TRAIN, "Welcome to Wavecrest.")) == ()
    joined = document("Welcome to Wavecrest.", f"{TRAIN} Be kind to others.")
    assert judged(judge, old, joined) == ()


def test_a_lost_opt_out_expands_and_says_why(judge: Judge):
    old = document("We may use your songs to train our AI models, unless you opt out in your settings.")
    new = document("We may use your songs to train our AI models.")
    changes = judged(judge, old, new)
    assert kinds(changes) == {"training_grant": "expanded", "training_choice": "removed"}
    assert "conditions-opt_out" in changes[0].reasons


def test_other_words_with_the_same_meaning_are_reworded(judge: Judge):
    new = document("We may use the recordings that you upload in order to train our AI models.")
    assert set(kinds(judged(judge, document(TRAIN), new)).values()) == {ChangeKind.REWORDED}


def test_what_stood_in_an_earlier_version_is_no_news(judge: Judge):
    old, new = document("You may listen."), document("You may listen.", TRAIN)
    assert judged(judge, old, new, known=lambda folded: "train our ai models" in folded) == ()


def test_a_list_item_is_read_with_its_lead_in(judge: Judge):
    item = "use any output to develop competing AI models;"
    new = DocumentText("Terms", "en", (Clause("item", item, item, lead_in=("You may not:",)),))
    assert kinds(judged(judge, document("You may listen."), new)) == {"training_restriction": "introduced"}


@pytest.mark.parametrize(("old", "new"), [("nl", "nl"), ("it", "en"), ("en", "und")])
def test_what_cannot_be_judged_is_said(judge: Judge, old: str, new: str):
    judgement = judge.judge(
        compare(document("a b c", language=old), document(TRAIN, language=new)), service="Wavecrest"
    )
    assert judgement.changes == ()
    assert judgement.unjudged
    assert judgement.rules == judge.packs.version


def test_a_language_without_a_pack_is_never_judged_by_another(judge: Judge):
    answer = judge.classify(TRAIN, language="nl")
    assert answer.findings == ()
    assert answer.unjudged == "no pack for nl"


@pytest.mark.parametrize(
    "text",
    [
        "We\u00a0may use **your** recordings to train our A\u00adI models.",
        "• We may use your recordings to “train” our AI models 🎵.",
        "We may use [your recordings](https://wavecrest.example/r) to train our AI models.",
        "We may use your recordings to train our AI models. \u202bשלום\u202c",
    ],
)
def test_noise_does_not_hide_a_permission(judge: Judge, text: str):
    assert {f.category for f in judge.classify(text, language="en").findings} >= {"training_grant"}


def test_a_text_without_end_gives_an_answer(judge: Judge):
    text = "we may train AI on your songs and " * 15_000
    assert judge.classify(text, language="en").findings


@given(st.text(max_size=400), st.sampled_from(["en", "it", "fr", "de", "es"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_judged_and_cues_lie_within_the_quote(judge: Judge, text: str, language: str):
    for finding in judge.classify(f"{text} AI training {text}", context=text, language=language).findings:
        assert all(0 <= cue.start < cue.end <= len(finding.quote) for cue in finding.cues)


def test_a_whole_text_says_what_all_its_clauses_say_each_with_its_place(judge: Judge):
    text = document("Welcome to Wavecrest.", TRAIN, "Be kind to others.", PROMISE)
    says = judge.says(text, service="Wavecrest")
    assert [finding.category for finding in says.findings] == ["training_grant", "training_commitment"]
    assert [finding.clause for finding in says.findings] == [text.clauses[1].key, text.clauses[3].key]
    assert (says.rules, says.unjudged) == (judge.packs.version, "")


def test_a_whole_text_in_a_language_without_rules_says_why_it_is_not_read(judge: Judge):
    says = judge.says(document("Wij trainen AI met uw werk.", language="nl"), service="Wavecrest")
    assert says.findings == () and says.unjudged == "no pack for nl"

import pytest

from watcher.clauses import Judge
from watcher.diff import compare
from watcher.model.finding import Change
from watcher.model.text import Clause, DocumentText


def added(judge: Judge, text: str, language: str, kind: str) -> set[str]:
    """The categories that a document gains with one clause."""
    start = Clause("paragraph", "Wavecrest 2026", "Wavecrest 2026")
    clause = Clause("heading" if kind == "heading" else "paragraph", text, text)
    old, new = DocumentText("", language, (start,)), DocumentText("", language, (start, clause))
    changes: tuple[Change, ...] = judge.judge(compare(old, new), service="Wavecrest").changes
    return {change.category for change in changes}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "AI features, training and your uploads"),
        ("en", "AI training"),
        ("it", "Addestramento dell'IA"),
        ("it", "Strumenti di IA, addestramento e i tuoi brani"),
        ("fr", "Entraînement de l'IA"),
        ("de", "KI-Training"),
        ("es", "Entrenamiento de la IA"),
    ],
)
def test_a_heading_that_names_a_topic_announces_nothing(judge: Judge, language: str, text: str):
    assert added(judge, text, language, "heading") == set()


@pytest.mark.parametrize(
    ("language", "text", "category"),
    [
        ("en", "How we use your uploads for AI training", "training_grant"),
        ("en", "Developing and improving our AI models", "training_grant"),
        ("en", "Opting out of AI training", "training_choice"),
        ("it", "Usiamo i tuoi brani per addestrare l'IA", "training_grant"),
    ],
)
def test_a_heading_that_announces_something_is_judged(judge: Judge, language: str, text: str, category: str):
    assert category in added(judge, text, language, "heading")


def test_a_table_row_without_a_verb_is_still_a_purpose(judge: Judge):
    assert added(judge, "Model training and service quality", "en", "row") == {"training_grant"}

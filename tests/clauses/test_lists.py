import pytest

from watcher.clauses import Judge
from watcher.clauses.lists import inserted
from watcher.diff import compare
from watcher.model.finding import Change
from watcher.model.text import Clause, DocumentText


def judged(judge: Judge, old: str, new: str, language: str = "en") -> dict[str, Change]:
    sides = [DocumentText("Terms", language, (Clause("paragraph", text, text),)) for text in (old, new)]
    return {change.category: change for change in judge.judge(compare(*sides), service="Wavecrest").changes}


EXCEPT = "We do not use your recordings to train our AI models, except when you use {} or send us feedback."


def test_a_longer_exception_weakens_the_promise_and_widens_the_permission(judge: Judge):
    old = EXCEPT.format("the free plan or the Pro plan")
    new = EXCEPT.format("the free plan, the Pro plan or the Teams plan")
    changes = judged(judge, old, new)
    assert {name: change.change for name, change in changes.items()} == {
        "training_commitment": "narrowed",
        "training_grant": "expanded",
    }
    assert changes["training_grant"].reasons == ("covers+list",)
    back = judged(judge, new, old)
    assert {name: change.change for name, change in back.items()} == {
        "training_commitment": "expanded",
        "training_grant": "narrowed",
    }


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        (
            "en",
            "We may use your songs and lyrics to train our AI models.",
            "We may use your songs, lyrics and covers to train our AI models.",
        ),
        (
            "it",
            "Possiamo usare i tuoi brani e testi per addestrare i nostri modelli di IA.",
            "Possiamo usare i tuoi brani, testi e disegni per addestrare i nostri modelli di IA.",
        ),
        (
            "fr",
            "Nous pouvons utiliser vos chansons et textes pour entraîner nos modèles d'IA.",
            "Nous pouvons utiliser vos chansons, textes et images pour entraîner nos modèles d'IA.",
        ),
        (
            "de",
            "Wir können deine Lieder und Texte nutzen, um unsere KI-Modelle zu trainieren.",
            "Wir können deine Lieder, Texte und Bilder nutzen, um unsere KI-Modelle zu trainieren.",
        ),
        (
            "es",
            "Podemos usar tus canciones y letras para entrenar nuestros modelos de IA.",
            "Podemos usar tus canciones, letras y dibujos para entrenar nuestros modelos de IA.",
        ),
    ],
)
def test_one_thing_more_in_a_permission_widens_it(judge: Judge, language: str, old: str, new: str):
    assert judged(judge, old, new, language)["training_grant"].change == "expanded"
    assert judged(judge, new, old, language)["training_grant"].change == "narrowed"


def test_a_longer_promise_is_a_stronger_one(judge: Judge):
    old = "We will not use your songs or lyrics to train AI models."
    new = "We will not use your songs, lyrics or covers to train AI models."
    assert judged(judge, old, new)["training_commitment"].change == "expanded"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("the free plan or the Pro plan", "the free plan or the Plus plan"),  # renamed
        ("the free plan or the Pro plan", "the Pro plan or the free plan"),  # in other order
        ("the free plan or the Pro plan", "the free plan, or the Pro plan,"),  # other commas
        ("the free plan or the Pro plan", "the free plan or, at present, the Plus plan"),
        ("the free plan", "the entirely free plan"),  # no list
        ("the free plan or the Pro plan", "the free plan, but not the trial, or the Pro plan"),
    ],
)
def test_other_words_are_no_longer_list(old: str, new: str):
    assert inserted(EXCEPT.format(old), EXCEPT.format(new)) == ()


def test_a_choice_is_not_measured_by_the_lists_around_it(judge: Judge):
    old = "Unless you opt out, we may use your songs and lyrics to train our AI models."
    new = "Unless you opt out, we may use your songs, lyrics and covers to train our AI models."
    assert judged(judge, old, new)["training_choice"].change == "reworded"


def test_a_longer_list_of_topics_before_the_statement_changes_nothing(judge: Judge):
    old = "For the mixer and the player, we may use your songs to train our AI models."
    new = "For the mixer, the player and the editor, we may use your songs to train our AI models."
    assert judged(judge, old, new)["training_grant"].change == "reworded"

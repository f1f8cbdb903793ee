import pytest

from watcher.clauses import Judge


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your recordings may serve as input to training artificial intelligence."),
        ("en", "We may use your recordings as inputs to train our AI models."),
        ("it", "Possiamo usare i tuoi brani come input per addestrare i nostri modelli di IA."),
        ("fr", "Vos enregistrements peuvent servir d'entrées pour entraîner nos modèles d'IA."),
        ("de", "Ihre Aufnahmen können als Eingaben für das Training unserer KI-Modelle dienen."),
        ("es", "Podemos usar tus canciones como entradas para entrenar nuestros modelos de IA."),
    ],
)
def test_what_serves_as_input_is_the_object_and_not_the_input(judge: Judge, language: str, text: str):
    (finding,) = (
        f for f in judge.classify(text, language=language).findings if f.rule == "ai-training-grant"
    )
    assert finding.objects == ("content",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We may use your inputs and prompts to train our AI models."),
        ("it", "Possiamo usare i tuoi input per addestrare i nostri modelli di IA."),
        ("de", "Wir können Ihre Eingaben für das Training unserer KI-Modelle verwenden."),
    ],
)
def test_inputs_that_are_trained_on_are_still_told(judge: Judge, language: str, text: str):
    (finding,) = (
        f for f in judge.classify(text, language=language).findings if f.rule == "ai-training-grant"
    )
    assert finding.objects == ("inputs",)

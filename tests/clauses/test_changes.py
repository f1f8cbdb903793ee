"""What a new version does to one category: every case is invented."""

import pytest

from watcher.clauses import Judge
from watcher.diff import compare
from watcher.model.finding import Change
from watcher.model.text import Clause, DocumentText


def judged(judge: Judge, old: list[str], new: list[str], language: str = "en") -> list[Change]:
    sides = [
        DocumentText("Terms", language, tuple(Clause("paragraph", text, text) for text in texts))
        for texts in (old, new)
    ]
    return list(judge.judge(compare(*sides), service="Open Chat").changes)


def net(changes: list[Change], category: str) -> tuple[set[str], set[str]]:
    """The kinds that matter, and the reasons, of one category."""
    mine = [change for change in changes if change.category == category and change.change.matters]
    return {change.change.value for change in mine}, {reason for change in mine for reason in change.reasons}


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        (
            "en",
            "We will not use your songs to train AI.",
            "We will not use your songs to train AI without your consent.",
        ),
        (
            "it",
            "Non useremo i tuoi contenuti per addestrare l'IA.",
            "Non useremo i tuoi contenuti per addestrare l'IA senza il tuo consenso.",
        ),
        (
            "fr",
            "Nous n'utiliserons pas vos titres pour entraîner une IA.",
            "Nous n'utiliserons pas vos titres pour entraîner une IA sans votre consentement.",
        ),
        (
            "de",
            "Wir verwenden deine Titel nicht, um KI zu trainieren.",
            "Wir verwenden deine Titel nicht ohne deine Einwilligung, um KI zu trainieren.",
        ),
        (
            "es",
            "No usaremos tus canciones para entrenar IA.",
            "No usaremos tus canciones para entrenar IA sin tu consentimiento.",
        ),
    ],
)
def test_a_promise_that_gains_a_condition_is_smaller(judge: Judge, language: str, old: str, new: str):
    there = net(judged(judge, [old], [new], language), "training_commitment")
    assert there == ({"narrowed"}, {"conditions+consent"})
    back = net(judged(judge, [new], [old], language), "training_commitment")
    assert back == ({"expanded"}, {"conditions-consent"})


@pytest.mark.parametrize(
    ("language", "narrow", "broad"),
    [
        (
            "en",
            "You may not use the Service to train generative AI models.",
            "You may not use the Service to train AI models.",
        ),
        (
            "en",
            "You may not use our content to develop competing AI models.",
            "You may not use our content to develop any AI models, directly or indirectly.",
        ),
        (
            "it",
            "Non puoi usare il servizio per addestrare modelli di IA generativa.",
            "Non puoi usare il servizio per addestrare qualsiasi modello di IA.",
        ),
        (
            "fr",
            "Il est interdit d'utiliser le service pour entraîner certains modèles d'IA.",
            "Il est interdit d'utiliser le service pour entraîner tout modèle d'IA.",
        ),
        (
            "de",
            "Du darfst den Dienst nicht nutzen, um andere KI-Modelle zu trainieren.",
            "Du darfst den Dienst nicht nutzen, um KI-Modelle zu trainieren.",
        ),
        (
            "es",
            "No puedes usar el servicio para entrenar otros modelos de IA.",
            "No puedes usar el servicio para entrenar cualquier modelo de IA.",
        ),
    ],
)
def test_broader_words_make_a_ban_wider(judge: Judge, language: str, narrow: str, broad: str):
    wider = net(judged(judge, [narrow], [broad], language), "training_restriction")
    assert wider == ({"expanded"}, {"covers+words"})
    narrower = net(judged(judge, [broad], [narrow], language), "training_restriction")
    assert narrower == ({"narrowed"}, {"covers-words"})


def test_broader_words_far_from_what_was_found_tell_nothing(judge: Judge):
    start = "You may not use the Service to train AI models, and you agree that "
    end = "our moderators read what is reported to them before they decide on accounts"
    tail = ", and that they answer within a week whoever wrote"
    old, new = (f"{start}{end}{tail} {which} message to us." for which in ("a", "any"))
    assert net(judged(judge, [old], [new]), "training_restriction") == (set(), set())


def test_the_wording_of_a_way_to_refuse_is_no_condition_of_its_own(judge: Judge):
    old = ["We may use your songs to train our AI models, unless you choose to opt out of such training."]
    new = ["We may use your songs to train our AI models unless you opt out."]
    assert not any(change.change.matters for change in judged(judge, old, new))


def test_an_exception_beside_a_consent_still_counts(judge: Judge):
    old = ["We will not use your prompts to train AI models without your consent."]
    new = ["We will not use your prompts to train AI models without your consent, except for security."]
    assert net(judged(judge, old, new), "training_commitment") == ({"narrowed"}, {"conditions+exception"})


def test_what_went_to_another_sentence_is_no_news(judge: Judge):
    old = ["We may use your uploads and your prompts to train our AI models."]
    new = [
        "We may use your uploads to train our AI models.",
        "We may also use your prompts to train our AI models.",
    ]
    assert net(judged(judge, old, new), "training_grant") == (set(), set())
    assert net(judged(judge, new, old), "training_grant") == (set(), set())


def test_one_more_promise_beside_another_is_told(judge: Judge):
    old = ["We will not train AI on your uploads."]
    new = [
        "We won't train AI on your uploads.",
        "Suppliers do not use recordings that labels deliver in order to teach their models.",
    ]
    kinds, reasons = net(judged(judge, old, new), "training_commitment")
    assert kinds == {"expanded"}
    assert reasons
    kinds, reasons = net(judged(judge, new, old), "training_commitment")
    assert kinds == {"narrowed"}
    assert reasons


def test_a_named_purpose_is_no_wider_than_any_purpose(judge: Judge):
    old = ["We use your data to train our AI models."]
    new = ["We use your data to train our AI models, for example to detect fraud."]
    assert net(judged(judge, old, new), "training_grant") == (set(), set())


def test_private_messages_in_a_list_of_what_is_used_are_used(judge: Judge):
    old = ["We may use your uploads to train our AI models."]
    new = ["We may use your uploads and your private messages to train our AI models."]
    assert net(judged(judge, old, new), "training_grant")[0] == {"expanded"}


def test_a_pointing_word_loses_no_object(judge: Judge):
    old = ["We use your prompts to train our AI models, in some countries."]
    new = ["In some countries, we use it to train our AI models."]
    assert net(judged(judge, old, new), "training_grant") == (set(), set())


def test_all_that_is_left_being_bound_makes_a_permission_smaller(judge: Judge):
    old = [
        "Improve our AI technologies with everything on the platform.",
        "Your videos help to train our tools and AI.",
    ]
    new = ["What you share with Mira is used to improve our AI unless you have objected."]
    assert net(judged(judge, old, new), "training_grant") == ({"narrowed"}, {"conditions+opt_out"})


def test_the_platforms_own_name_is_no_object(judge: Judge):
    old = ["We may use your songs to train our AI models on Open Chat Pro."]
    new = ["We may use your songs to train our AI models on Vela Pro."]
    assert net(judged(judge, old, new), "training_grant") == (set(), set())


def test_blanks_that_a_page_lost_change_nothing(judge: Judge):
    old = ["We may use your recordings to train our AI models and predictive algorithms."]
    new = ["We may use your recordingsto train our AI models and predictivealgorithms."]
    assert judged(judge, old, new) == []

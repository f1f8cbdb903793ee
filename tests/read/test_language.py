"""Short clauses are told apart in the languages that are judged."""

import pytest

from watcher.read import detect_language

SAYINGS = """
en|We train AI.
en|You may not use the service to train models.
en|No training on private messages
en|AI
fr|Nous entraînons nos modèles.
fr|Vous pouvez vous y opposer à tout moment.
fr|Aucune donnée n'est utilisée pour l'entraînement.
it|Non addestriamo modelli con i tuoi brani.
it|Puoi rinunciare in qualsiasi momento.
it|Contenuti dell'utente
de|Wir trainieren KI-Modelle.
de|Ihre Inhalte werden nicht zum Training verwendet.
de|Datenschutzerklärung
es|Usted puede oponerse en cualquier momento.
es|Podemos utilizar su contenido para entrenar modelos.
nl|Wij gebruiken uw gegevens niet om modellen te trainen.
pt|Você pode se opor a qualquer momento.
"""


@pytest.mark.parametrize("saying", SAYINGS.strip().splitlines())
def test_a_short_clause_has_its_language(saying):
    language, text = saying.split("|")
    assert detect_language(text) == ("und" if text == "AI" else language)


@pytest.mark.parametrize("text", ["", "  ", "12 %", "§ 4", "OK"])
def test_too_little_text_has_none(text):
    assert detect_language(text) == "und"


def test_a_long_text_is_not_taken_for_the_language_of_its_menu():
    menu = "Home Musik Bilder Anmelden "
    assert detect_language(menu + "You keep all the rights in what you upload to the service. " * 400) == "en"

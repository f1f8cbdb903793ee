"""Everything that rule packs, grammars and signals can name has words in every language."""

import pytest

from watcher.clauses import load_packs
from watcher.clauses.schema import ACTORS
from watcher.resources import shipped
from watcher.signals.lists import shipped_lists
from watcher.voice import Voice
from watcher.voice.names import CATEGORIES

PACKS = load_packs((shipped("rules"),))
CONCEPTS = {
    name for pack in PACKS.packs for language in pack.languages.values() for name in language.lexicon.concepts
}
MARKS = {name for grammar in PACKS.grammars.values() for name in grammar.marks}
MADE = {f"{role} {actor}" for role in ("actor", "speaker") for actor in (*ACTORS, "unknown")}
CONDITIONS = {name.removeprefix("condition_") for name in MARKS}
LABELS = sorted({*CONCEPTS, *MARKS, *MADE, *CONDITIONS, "crawler", "signal"})


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_a_cue_has_words_in_every_language(label):
    en, it = (Voice.of(language).cue(label.replace("_", " ")) for language in ("en", "it"))
    raw = label.replace("_", " ")
    assert raw not in (en, it)
    assert en != it


def test_the_categories_are_those_that_something_makes_each_with_a_name_of_its_own():
    made = {rule.category for pack in PACKS.packs for rule in pack.file.rules}
    made |= {rule.category for rule in shipped_lists().rules.values()}
    assert set(CATEGORIES) == made
    for language in ("en", "it"):
        names = [Voice.of(language).category(name) for name in CATEGORIES]
        assert len(set(names)) == len(names)

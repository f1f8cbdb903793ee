"""Every sentence that people read has an Italian translation with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from watcher.resources import shipped
from watcher.voice.catalogue import LANGUAGES, LOCALE

PACKAGE = Path(__file__).parents[2] / "watcher"
KEYWORDS = {"msg": None, "text": None, "plural": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
JINJA = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

Sentence = str | tuple[str, ...]


def sentences() -> list[tuple[Sentence, str]]:
    found = []
    for folder in (
        PACKAGE / "voice",
        PACKAGE / "alerts",
        PACKAGE / "channels",
        PACKAGE / "site",
        PACKAGE / "web",
        PACKAGE / "cli",
        shipped("templates"),
    ):
        kinds = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2"), ("**.jinja", "jinja2")]
        options = {pattern: JINJA for pattern, method in kinds if method == "jinja2"}
        for file, line, sentence, _, _ in extract_from_dir(folder, kinds, options, KEYWORDS):
            found.append((sentence, f"{folder.name}/{file}:{line}"))
    return found


def translated(language: str) -> dict[str, Sentence]:
    known: dict[str, Sentence] = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as source:
            catalogue: Catalog = read_po(source, abort_invalid=True)
        for message in catalogue:
            if message.id and not message.fuzzy:
                key = message.id if isinstance(message.id, str) else message.id[0]
                known[key] = message.string
    return known


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_sentence_of_code_and_templates_is_translated(language):
    known = translated(language)
    asked = sentences()
    assert len(asked) > 150
    missing = []
    for sentence, where in asked:
        forms = known.get(sentence if isinstance(sentence, str) else sentence[0], "")
        whole = (forms,) if isinstance(forms, str) else forms
        if not all(form.strip() for form in whole):
            missing.append(f"{where}: {sentence}")
    assert missing == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_translation_uses_only_placeholders_that_its_sentence_has(language):
    asked = {
        one if isinstance(one, str) else one[0]: " ".join((one,) if isinstance(one, str) else one)
        for one, _ in sentences()
    }
    for sentence, forms in translated(language).items():
        for form in (forms,) if isinstance(forms, str) else forms:
            assert set(PLACEHOLDER.findall(form)) <= set(PLACEHOLDER.findall(asked[sentence])), sentence


def test_no_translation_is_left_of_a_sentence_that_is_gone():
    asked = {sentence if isinstance(sentence, str) else sentence[0] for sentence, _ in sentences()}
    assert sorted(set(translated("it")) - asked) == []


def test_the_site_has_one_italian_word_for_a_change_and_one_for_terms():
    """«Novità» is good news, «modifica» any change; what platforms publish are «condizioni»."""
    for name in ("site", "search", "pages", "reading", "api", "web", "compare"):
        words = (LOCALE / "it" / "LC_MESSAGES" / f"{name}.po").read_text("utf-8").lower()
        for other in ("cambiament", "novità", "termini"):
            assert other not in words, f"{name}.po: {other}"


def test_italian_is_written_with_one_kind_of_apostrophe():
    for path in (LOCALE / "it" / "LC_MESSAGES").glob("*.po"):
        assert "\u2019" not in path.read_text("utf-8"), path.name

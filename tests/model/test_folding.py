"""What counts as the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.model.folding import digest, fold, tidy, undated
from watcher.model.source import slug
from watcher.model.text import Clause, DocumentText


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We don't sell it", "We don’t sell it."),
        ("1. Your content", "2) Your content"),
        ("(a) you upload", "• you upload"),
        ("state-of-the-art", "state–of–the–art"),
        ("soft\u00adhyphen and no\u200bspace", "softhyphen and nospace"),
        ("“quoted”", '"quoted"'),
        ("Ｆｕｌｌ width", "full width"),
    ],
)
def test_looks_do_not_count(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("12 months", "6 months"), ("we may", "we may not"), ("10 % fee", "10 fee"), ("section 2", "section 3")],
)
def test_words_and_figures_do_count(one, other):
    assert undated(fold(one)) != undated(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Last updated: March 3, 2026", "Last updated: November 21st, 2026"),
        ("Effective 3rd of March 2026", "Effective 12 Dec 2025"),
        ("Ultimo aggiornamento: 3 marzo 2026", "Ultimo aggiornamento: 21 novembre 2026"),
        ("Stand: 3. März 2026", "Stand: 21. Oktober 2026"),
        ("Dernière mise à jour : 1er août 2025", "Dernière mise à jour : 12 février 2026"),
        ("Actualizado el 3 de enero de 2026", "Actualizado el 14 de diciembre de 2025"),
        ("Version 2026-03-01", "Version 2026-11-23"),
        ("Version 01/03/2026", "Version 23/11/2026"),
    ],
)
def test_a_date_is_a_date_in_five_languages(one, other):
    assert undated(fold(one)) == undated(fold(other))


def test_texts_that_differ_in_a_date_only_are_alike_but_not_the_same():
    def dated(day: str) -> DocumentText:
        line = f"Last updated {day} March 2026"
        return DocumentText("T", "en", (Clause("paragraph", line, line),))

    assert dated("3").loose_digest == dated("4").loose_digest
    assert dated("3").digest != dated("4").digest


@given(st.text())
def test_folding_is_settled_after_one_tidying(text):
    assert tidy(tidy(text)) == tidy(text)
    assert fold(tidy(text)) == fold(text) or "\n" in text or text != text.strip()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Amazon Music", "amazon-music"),
        ("Condizioni d’uso", "condizioni-d-uso"),
        ("Condizioni d'uso", "condizioni-d-uso"),
        ("Straßenklang", "strassenklang"),
        ("Città", "citta"),
        ("音楽", "name-" + digest("音楽")[:10]),
    ],
)
def test_a_name_has_one_lasting_key_whatever_its_apostrophe(name, expected):
    assert slug(name) == expected

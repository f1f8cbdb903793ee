import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from watcher.clauses import Packs, load_packs
from watcher.errors import PackError

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped packs to break."""
    shutil.copytree(RULES, tmp_path / "rules")
    return tmp_path / "rules"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def problems(folder: Path) -> str:
    with pytest.raises(PackError) as caught:
        load_packs([folder])
    return str(caught.value)


def test_the_shipped_packs_judge_five_languages(packs: Packs):
    assert packs.languages == {"de", "en", "es", "fr", "it"}


def test_loading_packs_and_importing_the_room_never_imports_spacy():
    code = (
        "import sys; from pathlib import Path; from watcher.clauses import Judge, load_packs;"
        f"judge = Judge(load_packs([Path({str(RULES)!r})]));"
        "judge.classify('We may change the price of your subscription.', language='en');"
        "assert 'spacy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=RULES.parent)


def test_texts_exist_in_english_and_italian_and_fall_back_to_english(packs: Packs):
    for rule in packs.rules:
        english, italian = (packs.explain(rule.rule.id, language) for language in ("en", "it"))
        assert english.language == "en"
        assert italian.language == "it"
        assert english.meaning != italian.meaning
        assert packs.explain(rule.rule.id, "nl").language == "en"
        assert packs.explain(rule.rule.id, "it-CH").language == "it"


def test_the_version_is_stable_and_changes_with_any_content(folder: Path, packs: Packs):
    assert load_packs([folder]).version == packs.version
    change(folder / "languages" / "it.yaml", "noi,", "noi, noialtri,")
    assert load_packs([folder]).version != packs.version


def test_a_pack_of_ones_own_stands_beside_the_shipped_ones(tmp_path: Path):
    own = tmp_path / "own" / "arbitration"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(
        """
id: arbitration
version: 1
title: Giving up the courts
acts:
  arbitration:
    - {first: [arbitration], second: [dispute], gap: 20}
rules:
  - id: arbitration-binding
    category: arbitration
    status: stable
    act: [arbitration]
    when:
      - {polarity: [permitted, required]}
    severity: {default: medium}
    text:
      en: {title: Disputes go to arbitration, meaning: You may not go to court., advice: Look for a way to opt out.}
      it: {title: Le liti vanno in arbitrato, meaning: Non puoi andare in tribunale., advice: Cerca come rifiutare.}
""",
        "utf-8",
    )
    (own / "en.yaml").write_text(
        """
language: en
gate: arbitrat*
concepts:
  arbitration: arbitration, arbitrate, arbitrated
  dispute: dispute, disputes, claim, claims
examples:
  arbitration-binding:
    yes: [Any dispute must be resolved by binding arbitration.]
    no: [We do not require arbitration of disputes.]
""",
        "utf-8",
    )
    packs = load_packs([RULES, tmp_path / "own"])
    assert "arbitration-binding" in {rule.rule.id for rule in packs.rules}


def test_an_unknown_key_names_file_line_and_key(folder: Path):
    change(folder / "ai" / "pack.yaml", "    status: stable\n", "    status: stable\n    sverity: high\n")
    assert "pack.yaml:" in (told := problems(folder))
    assert "sverity" in told


def test_all_problems_of_all_files_are_told_at_once(folder: Path):
    change(folder / "ai" / "it.yaml", "  clone: ", "  clone: (a|b, ")
    change(folder / "licence" / "pack.yaml", "licence-perpetual", "licence-irrevocable")
    change(folder / "languages" / "fr.yaml", "  passive: ", "  pasive: ")
    told = problems(folder)
    assert "it.yaml" in told
    assert "clone" in told
    assert "licence-irrevocable" in told
    assert "pasive" in told
    assert "passive" in told


def test_a_rule_without_examples_in_a_language_is_refused(folder: Path):
    change(folder / "licence" / "de.yaml", "licence-perpetual:", "licence-forever:")
    told = problems(folder)
    assert "licence-perpetual" in told
    assert "licence-forever" in told


def test_a_concept_that_nothing_uses_is_refused(folder: Path):
    change(folder / "ai" / "es.yaml", "concepts:\n", "concepts:\n  weather: lluvia, sol\n")
    assert "concepts.weather" in problems(folder)


def test_broken_yaml_and_an_empty_folder_are_told(tmp_path: Path, folder: Path):
    (folder / "ai" / "en.yaml").write_text("language: [en", "utf-8")
    assert "en.yaml:" in problems(folder)
    (tmp_path / "nothing").mkdir()
    assert "holds no pack" in problems(tmp_path / "nothing")

"""What is wrong with packs although each file alone is well formed. Everything is collected before failing once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from watcher.clauses.phrases import PhraseError, phrases, verify
from watcher.clauses.schema import GRAMMAR, OPTIONAL, Grammar, PackFile
from watcher.errors import Problem
from watcher.yamlfile import YamlFile

if TYPE_CHECKING:
    from watcher.clauses.packs import Pack, PackLanguage

BUILT_IN = ("condition_", "object_", "owner_", "purpose_", "recipient_")
"""Concepts whose names begin so fill the attributes of a finding."""


class Checker:
    """Adds what it finds to `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def everything(self, grammars: Mapping[str, tuple[Grammar, YamlFile]], packs: list[Pack]) -> None:
        """Check all files against one another."""
        for grammar, file in grammars.values():
            self.grammar(grammar, file)
        ids: dict[str, str] = {}
        for pack in packs:
            self.pack(pack, ids)
            for code, language in pack.languages.items():
                self.language(pack, language, set(grammars[code][0].marks) if code in grammars else set())
                if code not in grammars:
                    self._say(language.file, ["language"], f"there is no grammar languages/{code}.yaml")

    def grammar(self, grammar: Grammar, file: YamlFile) -> None:
        """All marks that the engine knows, no others, each with readable phrases."""
        for name in GRAMMAR:
            if name not in grammar.marks and name not in OPTIONAL:
                self._say(file, ["marks"], f"the mark {name} is missing", GRAMMAR[name])
        for name, written in grammar.marks.items():
            if name not in GRAMMAR and not name.startswith(BUILT_IN):
                self._say(file, ["marks", name], "is not a mark that the engine knows")
            self._phrases(file, ["marks", name], written)

    def pack(self, pack: Pack, ids: dict[str, str]) -> None:
        """Ids stand once, texts are there in English and Italian, acts and concepts that rules name exist."""
        for at, rule in enumerate(pack.file.rules):
            place: list[str | int] = ["rules", at]
            if rule.id in ids:
                self._say(pack.source, [*place, "id"], f"rule {rule.id} stands in {ids[rule.id]} as well")
            ids[rule.id] = pack.source.place([*place, "id"])
            for code in ("en", "it"):
                if code not in rule.text:
                    self._say(pack.source, [*place, "text"], f"rule {rule.id} has no text in {code}")
            if "default" not in rule.severity:
                self._say(pack.source, [*place, "severity"], f"rule {rule.id} has no default severity")
            for act in rule.act:
                if act not in pack.file.acts:
                    self._say(pack.source, [*place, "act"], f"rule {rule.id} names the unknown act {act}")

    def language(self, pack: Pack, language: PackLanguage, marks: set[str]) -> None:
        """Concepts that the pack names are there, none is idle, every rule has examples of both kinds."""
        lexicon, file = language.lexicon, language.file
        named = set(concepts_named(pack.file))
        acts = {f"act_{name}" for name in pack.file.acts}
        for name in sorted(named - set(lexicon.concepts) - set(GRAMMAR) - marks - acts):
            self._say(file, ["concepts"], f"the concept {name} is missing", "pack.yaml names it")
        for name, written in lexicon.concepts.items():
            if name not in named and name not in GRAMMAR and not name.startswith(BUILT_IN):
                self._say(
                    file,
                    ["concepts", name],
                    "nothing uses this concept",
                    "remove it, or name it in pack.yaml",
                )
            self._phrases(file, ["concepts", name], written)
        self._phrases(file, ["gate"], lexicon.gate)
        self._phrases(file, ["follow"], lexicon.follow)
        rules = {rule.id: rule for rule in pack.file.rules}
        for name, rule in rules.items():
            examples = lexicon.examples.get(name)
            for kind, given in (("yes", examples and examples.yes), ("no", examples and examples.no)):
                if not given and rule.status == "stable":
                    self._say(file, ["examples", name], f"rule {name} has no example under `{kind}`")
        for name in lexicon.examples:
            if name not in rules:
                self._say(file, ["examples", name], f"there is no rule {name} in this pack")

    def _phrases(self, file: YamlFile, place: list[str | int], written: str) -> None:
        for phrase in phrases(written):
            try:
                verify(phrase)
            except PhraseError as error:
                self._say(file, place, f"the phrase {phrase!r} {error}")

    def _say(self, file: YamlFile, place: list[str | int], what: str, remedy: str = "") -> None:
        self.problems.append(Problem(file.place(place), what, remedy))


def concepts_named(pack: PackFile) -> Iterator[str]:
    """Every concept that acts and rules of a pack look for."""
    for links in pack.acts.values():
        for link in links:
            for names in (link.first, link.second, link.barrier, link.needs, link.unless):
                yield from names
    for rule in pack.rules:
        for when in rule.when:
            yield from when.has
            yield from when.lacks

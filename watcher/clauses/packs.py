"""Rule packs as loaded from files, without spaCy: grammars, lexicons, rules, and what they say to people."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from watcher import yamlfile
from watcher.clauses.check import Checker
from watcher.clauses.gate import Gate
from watcher.clauses.phrases import Word, expand, phrases, words
from watcher.clauses.schema import Examples, Grammar, Lexicon, PackFile, RuleFile
from watcher.errors import PackError, Problem, ProblemsError
from watcher.model.finding import RuleText
from watcher.yamlfile import YamlFile

M = TypeVar("M", bound=BaseModel)

LANGUAGES = "languages"
"""The folder of grammars beside the packs."""


@dataclass(frozen=True)
class PackLanguage:
    """A pack's words in one language."""

    lexicon: Lexicon
    file: YamlFile = field(repr=False, compare=False)

    @cached_property
    def gate(self) -> Gate:
        """Passes what may be relevant."""
        return Gate(_words(self.lexicon.gate))

    @cached_property
    def follow(self) -> Gate:
        """Passes what may be relevant after a sentence that passed `gate`."""
        return Gate(_words(self.lexicon.follow))


@dataclass(frozen=True)
class Pack:
    """A rule pack with all its languages. `version` changes with the content of any of its files."""

    file: PackFile
    languages: Mapping[str, PackLanguage]
    version: str
    source: YamlFile = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The lasting name, as the folder is called."""
        return self.file.id

    @property
    def label(self) -> str:
        """Name and written version, as findings carry it: "ai 3"."""
        return f"{self.file.id} {self.file.version}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in its pack, for listing."""

    pack: str
    rule: RuleFile
    languages: frozenset[str]
    examples: Mapping[str, Examples]


@dataclass(frozen=True)
class Packs:
    """All packs together. `version` is a stable string that changes whenever the content of any file does."""

    grammars: Mapping[str, Grammar]
    packs: tuple[Pack, ...]
    version: str

    @cached_property
    def languages(self) -> frozenset[str]:
        """Languages that at least one pack can judge."""
        return frozenset(code for pack in self.packs for code in pack.languages)

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule in the order of the files."""
        return tuple(
            Rule(
                pack.id,
                rule,
                frozenset(pack.languages),
                {
                    code: each.lexicon.examples.get(rule.id, Examples())
                    for code, each in pack.languages.items()
                },
            )
            for pack in self.packs
            for rule in pack.file.rules
        )

    @cached_property
    def _by_id(self) -> dict[str, RuleFile]:
        return {rule.rule.id: rule.rule for rule in self.rules}

    def rule(self, rule_id: str) -> RuleFile:
        """A rule as written. KeyError for an unknown one."""
        return self._by_id[rule_id]

    def explain(self, rule_id: str, language: str) -> RuleText:
        """What a rule says to people, in English where the language is missing. KeyError for an unknown rule."""
        rule = self._by_id[rule_id]
        code = language.split("-", maxsplit=1)[0].casefold()
        code = code if code in rule.text else "en"
        words = rule.text[code]
        return RuleText(rule_id, words.title, words.meaning, words.advice, code)


def load_packs(folders: Sequence[Path]) -> Packs:
    """Read every grammar and pack of the folders; later folders add to the earlier.

    Raises PackError with all problems of all files, each with file, line, rule and key.
    """
    problems: list[Problem] = []
    grammars: dict[str, tuple[Grammar, YamlFile]] = {}
    packs: list[Pack] = []
    for folder in folders:
        if not folder.is_dir():
            problems.append(Problem(str(folder), "is not a folder of rule packs", "name an existing folder"))
            continue
        for path in sorted((folder / LANGUAGES).glob("*.yaml")):
            grammar, file = _read(path, Grammar, problems)
            if grammar is not None and file is not None:
                grammars[grammar.language] = (grammar, file)
        for path in sorted(folder.glob("*/pack.yaml")):
            pack = _read_pack(path, problems)
            if pack is not None:
                packs.append(pack)
    Checker(problems).everything(grammars, packs)
    if not packs and not problems:
        problems.append(
            Problem(", ".join(map(str, folders)), "holds no pack", "a pack is a folder with pack.yaml")
        )
    if problems:
        raise PackError("the rule packs cannot be used", problems)
    versions = sorted(pack.version for pack in packs) + sorted(
        repr(g.model_dump()) for g, _ in grammars.values()
    )
    return Packs(
        {code: grammar for code, (grammar, _) in sorted(grammars.items())},
        tuple(packs),
        _short("\n".join(versions)),
    )


def _read_pack(path: Path, problems: list[Problem]) -> Pack | None:
    content, source = _read(path, PackFile, problems)
    languages: dict[str, PackLanguage] = {}
    for each in sorted(path.parent.glob("*.yaml")):
        if each != path:
            lexicon, file = _read(each, Lexicon, problems)
            if lexicon is not None and file is not None:
                languages[lexicon.language] = PackLanguage(lexicon, file)
    if content is None or source is None:
        return None
    text = "\n".join([repr(source.data), *(repr(each.file.data) for _, each in sorted(languages.items()))])
    return Pack(content, languages, _short(text), source)


def _read(path: Path, model: type[M], problems: list[Problem]) -> tuple[M | None, YamlFile | None]:
    try:
        file = yamlfile.load(path)
    except ProblemsError as error:
        problems.extend(error.problems)
        return None, None
    found, wrong = yamlfile.validate(model, file)
    problems.extend(wrong)
    return found, file


def _words(written: str) -> list[tuple[Word, ...]]:
    return [words(each) for phrase in phrases(written) for each in expand(phrase)]


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]

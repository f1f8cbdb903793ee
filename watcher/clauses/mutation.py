"""Are the examples any good? Takes one part of the packs away at a time and sees whether an example notices.

After mutation testing (DeMillo, Lipton, Sayward: Hints on test data selection, 1978). What no example would miss is
either not proved, or does nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from watcher.clauses.examples import Case, cases, failed
from watcher.clauses.judge import Judge
from watcher.clauses.packs import LANGUAGES, Pack
from watcher.clauses.sentences import plain


@dataclass(frozen=True, slots=True)
class Unproved:
    """A part of the packs that no example would miss. `where` names file and key, and the line where it is known."""

    where: str

    def __str__(self) -> str:
        return f"{self.where}: no example would miss it"


def unproved_lists(judge: Judge, language: str) -> Iterator[Unproved]:
    """Lists of words of a language that no example would miss: marks of its grammar, concepts and gates of packs."""
    packs = [pack for pack in judge.packs.packs if language in pack.languages]
    shared = judge.packs.grammars[language].marks
    noticed: set[str] = set()
    for pack in packs:
        heard = _heard(judge, pack, language)
        lexicon = pack.languages[language]
        for name in (*shared, *(each for each in lexicon.lexicon.concepts if each not in shared)):
            if name in noticed:
                continue
            told = [case for case, names in heard if name in names]
            if _noticed(judge, pack, language, name, told):
                noticed.add(name)
            elif name not in shared:
                yield Unproved(lexicon.file.place(["concepts", name]))
        for key in ("gate", "follow"):
            if getattr(lexicon.lexicon, key) and not _gate_noticed(judge, pack, language, key, heard):
                yield Unproved(lexicon.file.place([key]))
    for name in shared:
        if name not in noticed:
            yield Unproved(f"{LANGUAGES}/{language}.yaml: marks.{name}")


def unproved_rules(judge: Judge, pack: Pack) -> Iterator[Unproved]:
    """Links of acts and alternatives of rules that no example of any language would miss."""
    told = list(cases(judge, packs=frozenset({pack.id})))
    for name, links in pack.file.acts.items():
        using = {rule.id for rule in pack.file.rules if name in rule.act}
        for at in range(len(links)):
            acts = {**pack.file.acts, name: [*links[:at], *links[at + 1 :]]}
            changed = replace(pack, file=pack.file.model_copy(update={"acts": acts}))
            if not _fails(judge.trying(changed), _first(told, using)):
                yield Unproved(pack.source.place(["acts", name, at]))
    for number, rule in enumerate(pack.file.rules):
        for at in range(len(rule.when)):
            fewer = rule.model_copy(update={"when": [*rule.when[:at], *rule.when[at + 1 :]]})
            rules = [*pack.file.rules[:number], fewer, *pack.file.rules[number + 1 :]]
            changed = replace(pack, file=pack.file.model_copy(update={"rules": rules}))
            own = [case for case in told if case.rule == rule.id]
            if not _fails(judge.trying(changed), own):
                yield Unproved(f"{pack.source.place(['rules', number, 'when', at])} ({rule.id})")


def _heard(judge: Judge, pack: Pack, language: str) -> list[tuple[Case, frozenset[str]]]:
    """The examples of a pack in a language, each with all lists that could have a say in it."""
    matching = judge.reader(pack, language).matching
    told = cases(judge, languages=frozenset({language}), packs=frozenset({pack.id}))
    return [
        (case, matching.names(f"{plain(case.example.context)}\n{plain(case.example.text)}")) for case in told
    ]


def _noticed(judge: Judge, pack: Pack, language: str, name: str, told: Sequence[Case]) -> bool:
    reader = judge.reader(pack, language)
    reader.know(lambda concept, _: concept != name)
    try:
        return _fails(judge, told)
    finally:
        reader.know(None)


def _gate_noticed(
    judge: Judge, pack: Pack, language: str, key: str, heard: Iterable[tuple[Case, frozenset[str]]]
) -> bool:
    words = pack.languages[language]
    shut = replace(words, lexicon=words.lexicon.model_copy(update={key: ""}))
    without = replace(pack, languages={**pack.languages, language: shut})
    return _fails(judge.trying(without), [case for case, _ in heard])


def _fails(judge: Judge, told: Iterable[Case]) -> bool:
    return any(failed(judge, case) is not None for case in told)


def _first(told: Sequence[Case], rules: set[str]) -> list[Case]:
    """Examples of some rules before the others, because they are the likeliest to notice."""
    return sorted(told, key=lambda case: case.rule not in rules)

"""Runs the examples beside the rules: what each must find, must leave alone, and is known to miss."""

from collections.abc import Iterator
from dataclasses import dataclass

from watcher.clauses.judge import Judge
from watcher.clauses.schema import ExampleFile, Says
from watcher.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Case:
    """An example and what it stands for. `where` names the file, line and key; `kind` is `yes`, `no` or `misses`."""

    where: str
    pack: str
    language: str
    rule: str
    kind: str
    example: ExampleFile


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not do what it says. `where` names the file, line and key."""

    where: str
    rule: str
    language: str
    kind: str
    text: str
    found: tuple[str, ...]

    def __str__(self) -> str:
        wanted = {
            "yes": f"should be {self.rule}",
            "no": f"should not be {self.rule}",
            "misses": f"is {self.rule} now: move it to `yes`",
        }[self.kind]
        return f"{self.where}: {self.text!r} {wanted}; found {', '.join(self.found) or 'nothing'}"


@dataclass(frozen=True, slots=True)
class Run:
    """How the examples went. `counts` are examples by language."""

    failures: tuple[Failure, ...]
    counts: dict[str, int]


def run(judge: Judge, *, languages: frozenset[str] | None = None, packs: frozenset[str] | None = None) -> Run:
    """Judge the examples of every rule, or of some languages and packs only."""
    counts: dict[str, int] = {}
    failures: list[Failure] = []
    for case in cases(judge, languages=languages, packs=packs):
        counts[case.language] = counts.get(case.language, 0) + 1
        if (failure := failed(judge, case)) is not None:
            failures.append(failure)
    return Run(tuple(failures), dict(sorted(counts.items())))


def cases(
    judge: Judge, *, languages: frozenset[str] | None = None, packs: frozenset[str] | None = None
) -> Iterator[Case]:
    """Every example of every rule, or of some languages and packs only, in the order of the files."""
    for pack in judge.packs.packs:
        if packs is not None and pack.id not in packs:
            continue
        for code, words in pack.languages.items():
            if languages is not None and code not in languages:
                continue
            for rule, examples in words.lexicon.examples.items():
                for kind, given in (("yes", examples.yes), ("no", examples.no), ("misses", examples.misses)):
                    for at, each in enumerate(given):
                        example = each if isinstance(each, ExampleFile) else ExampleFile(text=each)
                        where = words.file.place(["examples", rule, kind, at])
                        yield Case(where, pack.id, code, rule, kind, example)


def failed(judge: Judge, case: Case) -> Failure | None:
    """How an example fails, None when it is judged as it says."""
    example = case.example
    found = judge.classify(
        example.text, context=example.context, language=case.language, service=example.service
    ).findings
    hit = any(finding.rule == case.rule and _says(finding, example.says) for finding in found)
    if hit == (case.kind == "yes"):
        return None
    names = tuple(finding.rule for finding in found)
    return Failure(case.where, case.rule, case.language, case.kind, example.text, names)


def _says(finding: Finding, wanted: Says | None) -> bool:
    if wanted is None:
        return True
    return (
        wanted.actor in (None, finding.actor)
        and wanted.polarity in (None, finding.polarity)
        and set(wanted.conditions) <= set(finding.conditions)
        and set(wanted.objects) <= set(finding.objects)
        and set(wanted.purposes) <= set(finding.purposes)
        and set(wanted.recipients) <= set(finding.recipients)
    )

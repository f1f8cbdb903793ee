"""Looks for what is well formed and yet does nothing: dead phrases, and examples that the gate would never let in."""

from collections.abc import Iterator

from watcher.clauses.judge import Judge, opening
from watcher.clauses.packs import Pack, PackLanguage
from watcher.clauses.phrases import expand, phrases
from watcher.clauses.schema import ExampleFile
from watcher.clauses.sentences import plain
from watcher.errors import Problem

_STAND_IN = "x"


def lint(judge: Judge) -> list[Problem]:
    """Every doubt about the loaded packs. What is plainly wrong was already refused when loading them."""
    found: list[Problem] = []
    for pack in judge.packs.packs:
        for code, words in pack.languages.items():
            found.extend(_dead(judge, pack, code, words))
            found.extend(_shut_out(judge, pack, code, words))
    return found


def _dead(judge: Judge, pack: Pack, code: str, words: PackLanguage) -> Iterator[Problem]:
    """Phrases that do not find themselves: the tokenizer cuts them otherwise, or a longer phrase always wins."""
    matching = judge.reader(pack, code).matching
    for name, written in words.lexicon.concepts.items():
        for phrase in phrases(written):
            samples = [sample.replace("~", "").replace("=", "") for sample in expand(phrase)]
            if not any(
                name in matching.read(sample.replace("*", _STAND_IN)).everything for sample in samples
            ):
                yield Problem(
                    words.file.place(["concepts", name]),
                    f"the phrase {phrase!r} never matches",
                    "another concept holds the same words in a longer phrase, or the tokenizer cuts it otherwise",
                )


def _shut_out(judge: Judge, pack: Pack, code: str, words: PackLanguage) -> Iterator[Problem]:
    """Examples that are judged rightly only when the gate is held open."""
    for rule, examples in words.lexicon.examples.items():
        for at, each in enumerate(examples.yes):
            example = each if isinstance(each, ExampleFile) else ExampleFile(text=each)
            if not judge.relevant(pack, code, plain(example.text), *opening(plain(example.context))):
                yield Problem(
                    words.file.place(["examples", rule, "yes", at]),
                    f"the gate lets nothing of {example.text!r} in",
                    "add one of its words to `gate`",
                )

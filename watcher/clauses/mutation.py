"""Are the examples any good? Goes blind for one concept at a time and sees whether an example notices."""

from collections.abc import Iterator

from watcher.clauses.examples import run
from watcher.clauses.judge import Judge


def survivors(judge: Judge, language: str) -> list[str]:
    """Concepts and cue lists of a language that no example would miss, as "pack: name"."""
    return [f"{pack}: {name}" for pack, name, failures in _each(judge, language) if not failures]


def _each(judge: Judge, language: str) -> Iterator[tuple[str, str, int]]:
    grammar = judge.packs.grammars[language]
    shared = dict.fromkeys(grammar.marks, 0)
    for pack in judge.packs.packs:
        if language not in pack.languages:
            continue
        reader = judge.reader(pack, language)
        own = [name for name in pack.languages[language].lexicon.concepts if name not in grammar.marks]
        for name in [*grammar.marks, *own]:
            reader.blind(frozenset({name}))
            failures = len(run(judge, languages=frozenset({language}), packs=frozenset({pack.id})).failures)
            if name in shared:
                shared[name] += failures
            else:
                yield pack.id, name, failures
        reader.blind(frozenset())
    for name, failures in shared.items():
        yield "languages", name, failures

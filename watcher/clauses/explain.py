"""Shows how a text was read: concepts, acts, cues and what they led to. This is how a rule is debugged."""

from collections.abc import Iterator
from dataclasses import dataclass

from watcher.clauses.judge import Judge, base, in_order, names_of, opening
from watcher.clauses.sentences import plain


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a sentence, characters `start` to `end`, and what it was taken for."""

    start: int
    end: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownAct:
    """An act with what holds of it. `cues` decided; a cue in the lead-in has negative places."""

    name: str
    start: int
    end: int
    polarity: str
    actor: str
    owner: str
    strict: bool
    conditions: tuple[str, ...]
    cues: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence as one pack reads it. `gate` says whether it was looked at without being asked to explain."""

    pack: str
    sentence: str
    gate: bool
    concepts: tuple[Shown, ...]
    acts: tuple[ShownAct, ...]
    rules: tuple[str, ...]


def explain(
    judge: Judge, text: str, *, context: str = "", language: str, service: str = ""
) -> Iterator[Explained]:
    """Every sentence of a text, as every pack of its language reads it. Nothing for a language without a pack."""
    code = base(language)
    if judge.unjudged(code) is not None:
        return
    grammar = judge.packs.grammars[code]
    lead, before = opening(plain(context))
    words = grammar.abbreviations.replace(",", " ").split()
    for sentence, *around in in_order(plain(text), lead, before, words):
        for pack in judge.packs.packs:
            if code in pack.languages:
                yield _explained(judge, pack.id, sentence, (around[0], around[1]), code, service)


def _explained(
    judge: Judge, pack_id: str, sentence: str, around: tuple[str, str], code: str, service: str
) -> Explained:
    pack = next(pack for pack in judge.packs.packs if pack.id == pack_id)
    reader = judge.reader(pack, code)
    frame = judge.frame(sentence, *around, names_of(service), "")
    reading, acts = reader.read(sentence, frame)
    return Explained(
        pack=pack.label,
        sentence=sentence,
        gate=judge.relevant(pack, code, sentence, *around),
        concepts=tuple(
            Shown(*reading.span(mark), tuple(sorted(mark.labels)))
            for mark in reading.marks
            if mark.start >= reading.begin
        ),
        acts=tuple(
            ShownAct(
                act.name,
                *_place(reading.span(act.head), reading.span(act.other) if act.other else None),
                held.polarity,
                held.actor,
                held.owner,
                held.forbidden,
                held.conditions,
                tuple(Shown(*reading.span(mark), (label,)) for mark, label in held.cues),
            )
            for act, held in acts
        ),
        rules=tuple(finding.rule for finding in reader.findings(sentence, frame)),
    )


def _place(head: tuple[int, int], other: tuple[int, int] | None) -> tuple[int, int]:
    if other is None:
        return head
    return min(head[0], other[0]), max(head[1], other[1])

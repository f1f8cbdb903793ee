"""A pack's rules over the acts of a sentence: what becomes a finding, and with which words it is explained."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from watcher.clauses.acts import Act, find
from watcher.clauses.context import stance
from watcher.clauses.matching import Mark, Matching, Reading
from watcher.clauses.packs import Pack
from watcher.clauses.schema import Grammar, RuleFile, When
from watcher.clauses.stance import Stance
from watcher.clauses.topics import announces
from watcher.model.finding import Cue, Finding

_GUESSED_ACTOR = 0.9
_FROM_LEAD = 0.95
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before a sentence: `lead` runs on into it, `before` only tells what "this" means.

    `names` are the platform's own names.
    """

    lead: str = ""
    before: str = ""
    names: tuple[str, ...] = ()
    clause: str = ""
    heading: bool = False


class PackReader:
    """One pack in one language, compiled."""

    def __init__(self, pack: Pack, grammar: Grammar) -> None:
        self.pack = pack
        self.language = grammar.language
        self.words = pack.languages[grammar.language]
        concepts: dict[str, list[str]] = {name: [text] for name, text in grammar.marks.items()}
        for name, text in self.words.lexicon.concepts.items():
            concepts.setdefault(name, []).append(text)
        self.matching = Matching(grammar, concepts)
        self._before = lru_cache(maxsize=2048)(self._labels_of)

    def playing(self, pack: Pack) -> "PackReader":
        """A reader with the acts and rules of another state of the pack; its words stay as they were compiled."""
        other = copy(self)
        other.pack = pack
        other._before = lru_cache(maxsize=2048)(other._labels_of)
        return other

    def know(self, known: Callable[[str, str], bool] | None) -> None:
        """Overlook from now on what is not known, by concept and words in the text; None knows everything again."""
        self.matching.knows = known
        self._before.cache_clear()

    def read(self, sentence: str, frame: Frame) -> tuple[Reading, list[tuple[Act, Stance]]]:
        """The concepts of a sentence and its acts with what holds of them."""
        reading = self.matching.read(sentence, frame.lead, {"provider": frame.names} if frame.names else None)
        before = self._before(frame.before) if frame.before else frozenset()
        acts = find(reading, self.pack.file.acts, before)
        held = [(act, stance(reading, act)) for act in acts]
        for act, its in held:
            its.announced = announces(reading, act, its, heading=frame.heading)
        return reading, held

    def findings(self, sentence: str, frame: Frame) -> Iterator[Finding]:
        """What a sentence says, one finding for each rule."""
        reading, acts = self.read(sentence, frame)
        told: set[str] = set()
        for rule in self.pack.file.rules:
            if rule.status == "deprecated":
                continue
            for act, held in acts:
                if (
                    act.name in rule.act
                    and rule.id not in told
                    and _holds(rule.when, act, held, reading, acts)
                ):
                    told.add(rule.id)
                    yield self._finding(rule, act, held, reading, sentence, frame)

    def _labels_of(self, text: str) -> frozenset[str]:
        """Concepts of what stands before, with `act_` and the name of every act in it."""
        reading = self.matching.read(text)
        acts = find(reading, self.pack.file.acts, frozenset())
        return reading.labels | {f"act_{act.name}" for act in acts}

    def _finding(
        self, rule: RuleFile, act: Act, held: Stance, reading: Reading, sentence: str, frame: Frame
    ) -> Finding:
        certainty = act.certainty * (_GUESSED_ACTOR if held.actor == "unknown" else 1.0)
        if any(mark.start < reading.begin for mark, _ in held.cues):
            certainty *= _FROM_LEAD
        return Finding(
            category=rule.category,
            rule=rule.id,
            pack=self.pack.label,
            severity=rule.severity["default"],
            quote=sentence,
            language=self.language,
            cues=tuple(_cues(act, held, reading)),
            context=frame.lead or frame.before,
            clause=frame.clause,
            actor="third_party" if held.polarity == "denied" and _passed_on(reading, act) else held.actor,
            polarity=held.polarity if held.polarity != "choice" else "permitted",
            conditions=held.conditions,
            objects=_named(reading, "object_", act) or ("unspecified",),
            purposes=_named(reading, "purpose_", act),
            recipients=_named(reading, "recipient_", act),
            certainty=round(certainty, 2),
        )


def _holds(
    alternatives: Sequence[When], act: Act, held: Stance, reading: Reading, acts: Sequence[tuple[Act, Stance]]
) -> bool:
    return any(_fits(when, act, held, reading, acts) for when in alternatives)


def _fits(when: When, act: Act, held: Stance, reading: Reading, acts: Sequence[tuple[Act, Stance]]) -> bool:
    return (
        (not when.polarity or held.polarity in when.polarity)
        and (not when.actor or held.actor in when.actor)
        and (not when.owner or held.owner in when.owner)
        and (when.strict is None or held.forbidden == when.strict)
        and (when.direct is None or held.direct == when.direct)
        and (when.announced is None or held.announced == when.announced)
        and (not when.conditions or not set(when.conditions).isdisjoint(held.conditions))
        and set(when.without).isdisjoint(held.conditions)
        and (
            not when.after
            or any(
                other.name in when.after and other.end <= act.start and its.polarity == "permitted"
                for other, its in acts
            )
        )
        and (not when.has or not reading.everything.isdisjoint(when.has))
        and reading.labels.isdisjoint(when.lacks)
    )


def _named(reading: Reading, prefix: str, act: Act) -> tuple[str, ...]:
    """What an attribute is said to be near the act; long table rows speak of much else."""
    near = (
        mark
        for mark in reading.attributes
        if mark.end > reading.begin and mark.start - act.end <= _NEAR and act.start - mark.end <= _NEAR
    )
    labels = {label for mark in near for label in mark.labels if label.startswith(prefix)}
    if prefix == "recipient_" and any("supplier" in mark.labels for mark in reading.marks):
        labels.add("recipient_supplier")
    return tuple(sorted(label.removeprefix(prefix) for label in labels))


def _passed_on(reading: Reading, act: Act) -> bool:
    """Whether others would do it with what is handed to them: "we do not share songs with partners for training"."""
    handed = [m for m in reading.marks if reading.begin <= m.start and m.end <= act.head.start]
    at = next((i for i in reversed(range(len(handed))) if "recipient_third_party" in handed[i].labels), None)
    if at is None or any("joint" in mark.labels for mark in handed[at:]):
        return False
    verb = next((i for i in reversed(range(at)) if "share" in handed[i].labels), None)
    # "use or share": what the platform itself must not do is more than not to hand it on.
    return verb is not None and (verb == 0 or "joint" not in handed[verb - 1].labels)


def _cues(act: Act, held: Stance, reading: Reading) -> Iterator[Cue]:
    marks: list[tuple[Mark, str]] = [(act.head, sorted(act.head.labels)[-1].replace("_", " "))]
    if act.other is not None:
        marks.append((act.other, sorted(act.other.labels)[0].replace("_", " ")))
    marks += held.cues
    yield from _spans(marks, reading)


def _spans(marks: Iterable[tuple[Mark, str]], reading: Reading) -> list[Cue]:
    seen: dict[tuple[int, int], str] = {}
    for mark, label in marks:
        if mark.start >= reading.begin:
            seen.setdefault(reading.span(mark), label)
    return [Cue(start, end, label) for (start, end), label in sorted(seen.items())]

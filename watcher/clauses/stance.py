"""What holds of one act, and the words that cues and actors are told by."""

from dataclasses import dataclass, field

from watcher.clauses.matching import Mark, Reading
from watcher.clauses.schema import ACTORS

SUBJECTS = frozenset(ACTORS)
MENTIONS = SUBJECTS | {"provider_object", "user_object"}
FORWARD = frozenset({"deny", "exclude", "forbid", "disallow", "permit", "grant", "require", "opt_out"})
BACKWARD = frozenset({"deny_back", "forbid_back", "opt_out_back"})
THINGS = frozenset({"model", "models"})

NEXT_WORDS = 6
NEAR_VERB = 4
CHAIN = 15
"""Tokens within which words still belong to the same phrase, to the same verb, to the same clause."""


@dataclass(slots=True)
class Stance:
    """What holds of one act. `cues` are the marks that decided, with what each was taken for."""

    polarity: str = "permitted"
    actor: str = "unknown"
    owner: str = "unknown"
    forbidden: bool = False
    direct: bool = False
    announced: bool = True
    conditions: tuple[str, ...] = ()
    excepted: bool = False
    cues: list[tuple[Mark, str]] = field(default_factory=list)


def listed(reading: Reading, start: int, end: int) -> bool:
    """Whether a list runs between two places: "(a) ...; (b) ..."."""
    return any(reading.doc[at].text in {";", "("} for at in range(start, end))


def parted(reading: Reading, start: int, end: int) -> bool:
    """Whether a clause ends between two places."""
    return any(reading.doc[at].text in {",", ";", ":"} for at in range(start, end))


def is_object(reading: Reading, mark: Mark) -> bool:
    """An actor after a preposition or before a possessive is no subject."""
    before = reading.at.get(mark.start - 1)
    after = reading.at.get(mark.end)
    if before is not None and "preposition" in before.labels:
        return True
    if after is not None and after.labels & THINGS and reading.doc[mark.end - 1].text[:1].isupper():
        # "the Mira AI models": a name that says whose models they are acts no more than they do.
        return True
    if before is not None and "joint" in before.labels:
        # "in the interests of users and third parties": what is joined to an object is one.
        first = reading.at.get(before.start - 1)
        if first is not None and first.labels & SUBJECTS and is_object(reading, first):
            return True
    return after is not None and "possessive" in after.labels


def actor_of(reading: Reading, mark: Mark) -> str:
    """Whom a mark names, by the first that fits."""
    return next(
        (name for name in ("provider", "user", "supplier", "third_party") if name in mark.labels), "unknown"
    )

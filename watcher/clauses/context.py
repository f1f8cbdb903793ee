"""Who acts, and whether it is allowed: directed cues with a scope, after ConText.

Chapman, Chu, Dowling: ConText: an algorithm for identifying contextual features from clinical text (BioNLP 2007).
Longest cue wins (in `matching`), the nearest cue wins within a sentence, pseudo cues swallow what only looks like one,
terminators end a scope.
"""

from dataclasses import dataclass, field

from watcher.clauses.acts import Act
from watcher.clauses.conditions import named
from watcher.clauses.matching import Mark, Reading
from watcher.clauses.schema import ACTORS

_SUBJECTS = frozenset(ACTORS)
_MENTIONS = _SUBJECTS | {"provider_object", "user_object"}
_FORWARD = frozenset({"deny", "exclude", "forbid", "disallow", "permit", "grant", "require", "opt_out"})
_BACKWARD = frozenset({"deny_back", "forbid_back", "permit_back"})
_THINGS = frozenset({"model", "models"})
_DENIALS = frozenset({"deny", "forbid", "disallow", "deny_back", "forbid_back"})

FAR = 60
"""Tokens over which a plain negation reaches; a prohibition reaches to the end of its sentence, as lists need."""
NEAR_SUBJECT = 40
NEXT_WORDS = 6
BACK = 30
REFUSED = 8
"""Tokens over which a negation reaches a verb of permission: "will never, in any country, allow"."""
JOINED = 30
"""Tokens over which a prohibition reaches a verb that is joined to the one it stands with."""
LEAD_END = 3
"""Tokens at the end of a lead-in from where an exception rules the list: "..., except:"."""


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


def stance(reading: Reading, act: Act) -> Stance:
    """Resolve polarity, actor, owner and conditions of an act."""
    found = Stance()
    cue, cut = _governing(reading, act, found)
    back = _backward(reading, act)
    if back is not None and (cue is None or "permit" in cue.labels or _is_plain(reading, cue, act)):
        _apply(found, back)
        if cue is not None and cue.labels & {"deny", "forbid", "disallow", "grant", "permit"}:
            cue = None if "permit" in cue.labels else cue
        _agent(reading, act, act, found)
    elif cue is not None:
        _apply(found, cue)
    if found.excepted and found.polarity in ("permitted", "denied"):
        found.polarity = "denied" if found.polarity == "permitted" else "permitted"
    if found.actor == "unknown" and act.head.labels & _SUBJECTS and found.polarity != "choice":
        found.actor = _actor(reading, act.head)
    if found.actor == "unknown":
        _who(reading, act, cue, cut, found)
    _owned(reading, act, found)
    conditions = tuple(named(reading, act, found.cues))
    asked = "only" in conditions and ("consent" in conditions or "opt_in" in conditions)
    found.conditions = (*conditions, "only_with_consent") if asked else conditions
    return found


def _is_plain(reading: Reading, cue: Mark, act: Act) -> bool:
    """Whether a cue is so far off that what stands right behind the act decides."""
    return act.start - cue.end > 25


def _governing(reading: Reading, act: Act, found: Stance) -> tuple[Mark | None, int]:
    """The nearest cue to the left, and the token before which nothing counts any more."""
    marks = reading.marks
    past = -1
    for mark in reversed([each for each in marks if each.end <= act.head.start or each.end <= act.start]):
        labels = mark.labels
        if mark.start >= past >= 0:
            continue
        if "opt_out" in labels and (spared := _spared(reading, mark)) is not None:
            past = spared.start
            continue
        if "exception" in labels and not labels & _FORWARD:
            if mark.end < reading.begin - LEAD_END:
                # "You must not, unless we agree: ..." makes an exception of the rule, not of the list.
                continue
            found.excepted = not found.excepted
            found.cues.append((mark, "exception"))
            continue
        if "terminator" in labels:
            return None, mark.end
        if labels & _SUBJECTS and _new_subject(reading, mark) and not labels & _FORWARD:
            follower = _cue_after(reading, mark, act)
            if follower is None:
                return None, mark.start
        if labels & _FORWARD:
            distance = act.start - mark.end
            if "deny" in labels and distance > FAR and not _listed(reading, mark.end, act.start):
                continue
            if ("opt_out" in labels and distance > 20) or ("exclude" in labels and distance > NEXT_WORDS):
                continue
            return _refused(reading, mark), 0
    return None, 0


def _spared(reading: Reading, refusal: Mark) -> Mark | None:
    """The exception that a way to refuse belongs to: "unless you object, ..." binds the act, it does not rule it."""
    near = (
        m for m in reading.marks if "exception" in m.labels and refusal.start - 6 <= m.start < refusal.start
    )
    return next(near, None)


def _refused(reading: Reading, cue: Mark) -> Mark:
    """A denied permission is none ("n'utilisons pas"), a denied grant is a refusal ("will never license")."""
    if "permit" in cue.labels:
        before = reading.at.get(cue.start - 1)
        if before is not None and before.labels & {"deny", "forbid"} and not before.labels & {"permit"}:
            return Mark(before.start, cue.end, before.labels | (cue.labels & _SUBJECTS))
        return cue
    if "grant" not in cue.labels:
        return cue
    joined, turned = _is_joined(reading, cue), False
    for before in reversed([mark for mark in reading.marks if cue.start - JOINED <= mark.end <= cue.start]):
        far = cue.start - before.end > REFUSED
        if far and (not joined or turned):
            break
        if before.labels & {"deny", "forbid"}:
            return Mark(before.start, cue.end, frozenset({"disallow"}))
        turned = turned or "terminator" in before.labels
        if "grant" in before.labels and not before.labels & _SUBJECTS and joined:
            continue
        if before.labels & (_SUBJECTS | _FORWARD):
            break
    return cue


def _is_joined(reading: Reading, cue: Mark) -> bool:
    """Whether a verb is one of several: "must not use it (or permit, authorise or help others to use it)"."""
    before = reading.at.get(cue.start - 1)
    if before is None:
        return cue.start > 0 and reading.doc[cue.start - 1].text == "," and not cue.labels & _SUBJECTS
    return "joint" in before.labels and "terminator" not in before.labels


def _cue_after(reading: Reading, subject: Mark, act: Act) -> Mark | None:
    """A cue between a subject and the act would have been met first; kept for subjects that follow theirs."""
    before = [
        m for m in reading.marks if m.end <= subject.start and m.labels & {"disallow", "grant", "require"}
    ]
    return before[-1] if before and subject.start - before[-1].end <= 2 else None


def _new_subject(reading: Reading, mark: Mark) -> bool:
    """Whether an actor begins a clause of its own: after a comma, semicolon or joint, or at the very start."""
    if mark.start <= 0:
        return True
    if not mark.labels & {"provider", "user"} or _is_object(reading, mark):
        return False
    before = reading.doc[mark.start - 1]
    joint = reading.at.get(mark.start - 1)
    return before.text in {",", ";", ":", "("} or (joint is not None and "joint" in joint.labels)


def _listed(reading: Reading, start: int, end: int) -> bool:
    return any(reading.doc[at].text in {";", "("} for at in range(start, end))


def _backward(reading: Reading, act: Act) -> Mark | None:
    """A cue that looks back at the act: "... is prohibited"."""
    for mark in reading.marks:
        if mark.start < act.end:
            continue
        if mark.start - act.end > BACK or mark.labels & {"terminator", "exception"} - mark.labels & _BACKWARD:
            return None
        if mark.labels & _BACKWARD:
            return mark
        if mark.labels & {"provider", "user"} and mark.labels & _SUBJECTS and not _is_object(reading, mark):
            return None
    return None


def _apply(found: Stance, cue: Mark) -> None:
    labels = cue.labels
    for name, polarity in (
        ("opt_out", "choice"),
        ("forbid", "denied"),
        ("disallow", "denied"),
        ("exclude", "denied"),
        ("deny", "denied"),
        ("forbid_back", "denied"),
        ("deny_back", "denied"),
        ("require", "required"),
        ("grant", "permitted"),
        ("permit", "permitted"),
        ("permit_back", "permitted"),
    ):
        if name in labels:
            found.polarity = polarity
            found.forbidden = name in ("forbid", "forbid_back", "disallow")
            found.cues.append((cue, name))
            break
    if "exclude" in labels:
        found.actor = "provider"
    for actor in ACTORS:
        if actor in labels and not labels & {"grant", "disallow"}:
            found.actor = actor


def _who(reading: Reading, act: Act, cue: Mark | None, cut: int, found: Stance) -> None:
    """The actor: an agent after "by", the nearest subject before the cue, or whom a grant names."""
    if cue is not None and cue.labels & {"disallow", "grant"}:
        _granted(reading, act, cue, found)
        return
    place = cue.start if cue is not None else act.start
    if cue is not None and _agent(reading, cue, act, found):
        return
    passive = cue is not None and _passive(reading, cue)
    subject = _subject(reading, place, cut) if not passive else None
    if cue is not None and not passive and _named_before(reading, cue):
        found.actor = "provider"
        return
    if cue is None and subject is not None and "provider" not in subject.labels:
        before = reading.at.get(subject.start - 1)
        reach = 30 if before is not None and "joint" in before.labels else 8
        subject = subject if place - subject.end <= reach else None
    if subject is not None:
        found.actor = _actor(reading, subject)
        found.direct = cue is None and place - subject.end <= 2
        found.cues.append((subject, f"actor {found.actor}"))
    if found.actor == "unknown" and found.polarity != "choice" and not found.forbidden:
        ours = _between(reading, "ours", act.start - 2, act.end)
        if ours is not None:
            found.actor = "provider"
            found.cues.append((ours, "actor provider"))


def _granted(reading: Reading, act: Act, cue: Mark, found: Stance) -> None:
    """Who may is not who speaks: "you grant us", "we do not allow others", "you allow the platform"."""
    subject = cue if cue.labels & _SUBJECTS else _subject(reading, cue.start, 0)
    leaning = reading.at.get(cue.start - 1)
    if leaning is not None and leaning.labels & _MENTIONS:
        # "ti concediamo", "vous nous accordez": whom it is for stands right before the verb.
        first = reading.at.get(leaning.start - 1)
        subject = (
            subject
            if subject is cue
            else first
            if first is not None and first.labels & _SUBJECTS
            else subject
        )
        leaning = leaning if subject is not leaning else None
    else:
        leaning = None
    speaker = _actor(reading, subject) if subject is not None else "unknown"
    named = next(
        (
            m
            for m in reading.marks
            if m.labels & _MENTIONS and cue.end <= m.start <= cue.end + 6 and m.start < act.end
        ),
        None,
    )
    named = leaning or named
    receiver = "unknown"
    if named is not None:
        receiver = _whom(reading, named)
        found.cues.append((named, f"actor {receiver}"))
    if subject is not None:
        found.cues.append((subject, f"speaker {speaker}"))
    if "disallow" in cue.labels:
        found.actor = speaker if speaker == "user" else receiver if receiver != "unknown" else "unknown"
        return
    if receiver == "unknown":
        receiver = {"user": "provider", "provider": "unknown"}.get(speaker, "unknown")
    if speaker == "user" and receiver == "user":
        receiver = "provider"
    found.actor = receiver


def _whom(reading: Reading, mark: Mark) -> str:
    if "provider_object" in mark.labels:
        return "provider"
    return "user" if "user_object" in mark.labels else _actor(reading, mark)


def _subject(reading: Reading, place: int, cut: int) -> Mark | None:
    """The nearest actor before a token that can be its subject, preferring the first of a chain ("we and others")."""
    chain: Mark | None = None
    for mark in reversed(reading.marks):
        if mark.end > place or mark.start < cut:
            continue
        if place - mark.end > NEAR_SUBJECT and not _listed(reading, mark.end, place):
            break
        if not mark.labels & _SUBJECTS or _is_object(reading, mark):
            continue
        if chain is None:
            chain = mark
            if mark.labels & {"provider", "user"}:
                return chain
            continue
        if chain.start - mark.end <= 3 and _joined(reading, mark.end, chain.start):
            chain = mark
            continue
        break
    return chain


def _named_before(reading: Reading, cue: Mark) -> bool:
    """Whether an unknown name stands right before a cue: terms that call their platform by its name."""
    at = cue.start - 1
    if at < reading.begin or at in reading.at or reading.capital_nouns:
        return False
    word = reading.doc[at].text
    inner = any(sign.isupper() for sign in word[1:]) and any(sign.islower() for sign in word)
    return inner or (word[:1].isupper() and word.isalpha())


def _joined(reading: Reading, start: int, end: int) -> bool:
    return any(
        reading.doc[at].text == "," or "joint" in (reading.at[at].labels if at in reading.at else ())
        for at in range(start, end)
    )


def _is_object(reading: Reading, mark: Mark) -> bool:
    """An actor after a preposition or before a possessive is no subject."""
    before = reading.at.get(mark.start - 1)
    after = reading.at.get(mark.end)
    if before is not None and "preposition" in before.labels:
        return True
    if after is not None and after.labels & _THINGS and reading.doc[mark.end - 1].text[:1].isupper():
        # "the Mira AI models": a name that says whose models they are acts no more than they do.
        return True
    if before is not None and "joint" in before.labels:
        # "in the interests of users and third parties": what is joined to an object is one.
        first = reading.at.get(before.start - 1)
        if first is not None and first.labels & _SUBJECTS and _is_object(reading, first):
            return True
    return after is not None and "possessive" in after.labels


def _actor(reading: Reading, mark: Mark) -> str:
    return next(
        (name for name in ("provider", "user", "supplier", "third_party") if name in mark.labels), "unknown"
    )


def _passive(reading: Reading, cue: Mark) -> bool:
    after = (reading.at.get(at) for at in range(cue.end, cue.end + 3))
    return "passive" in cue.labels or any(mark is not None and "passive" in mark.labels for mark in after)


def _agent(reading: Reading, start: Mark | Act, act: Act, found: Stance) -> bool:
    """Who acts in the passive: "may be used by us"."""
    for mark in reading.marks:
        if "agent" not in mark.labels or not start.start <= mark.start <= act.end + 8:
            continue
        named = next(
            (m for m in reading.marks if m.labels & _MENTIONS and mark.end <= m.start <= mark.end + 3), None
        )
        if named is not None:
            found.actor = _whom(reading, named)
            found.cues.append((named, f"actor {found.actor}"))
            return True
    return False


def _between(reading: Reading, label: str, start: int, end: int) -> Mark | None:
    return next((m for m in reading.marks if label in m.labels and start <= m.start < end), None)


def _owned(reading: Reading, act: Act, found: Stance) -> None:
    """Whose is what the act uses: the user's when anything is called hers, else the platform's."""
    labels = reading.labels
    if "yours" in labels or "owner_user" in labels or _possessed(reading):
        found.owner = "user"
    elif "owner_provider" in labels:
        found.owner = "provider"


def _possessed(reading: Reading) -> bool:
    """Whether anything is called a user's: "an artist's recordings"."""
    return any(
        "user" in mark.labels
        and mark.start >= reading.begin
        and (after := reading.at.get(mark.end)) is not None
        and "possessive" in after.labels
        for mark in reading.marks
    )

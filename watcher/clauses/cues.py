"""Which cue rules an act: the nearest to its left, unless it belongs elsewhere, or one that looks back at it."""

from watcher.clauses.acts import Act
from watcher.clauses.matching import Mark, Reading
from watcher.clauses.schema import ACTORS
from watcher.clauses.stance import (
    BACKWARD,
    CHAIN,
    FORWARD,
    NEAR_VERB,
    NEXT_WORDS,
    SUBJECTS,
    Stance,
    is_object,
    listed,
    parted,
)

FAR = 60
"""Tokens over which a plain negation reaches; a prohibition reaches to the end of its sentence, as lists need."""
BACK = 30
"""Tokens over which a cue looks back."""
NEAR_DENIAL = 15
"""Tokens within which a negation follows the verb that it denies."""
CONDITION = 10
"""Tokens between "if" and a negation that belongs to it."""
REFUSAL = 20
"""Tokens over which a way to refuse reaches."""
REFUSED = 8
"""Tokens over which a negation reaches a verb of permission: "will never, in any country, allow"."""
JOINED = 30
"""Tokens over which a prohibition reaches a verb that is joined to the one it stands with."""
LEAD_END = 3
"""Tokens at the end of a lead-in from where an exception rules the list: "..., except:"."""


def governing(reading: Reading, act: Act, found: Stance) -> tuple[Mark | None, int]:  # noqa: PLR0912 - one branch per cue
    """The nearest cue to the left, and the token before which nothing counts any more."""
    past = -1
    for mark in reversed([each for each in reading.marks if each.end <= act.head.start]):
        labels = mark.labels
        if mark.start >= past >= 0:
            continue
        if "opt_out" in labels and (spared := _spared(reading, mark)) is not None:
            past = spared.start
            continue
        if "opt_out_back" in labels:
            continue
        if "exception" in labels and not labels & FORWARD:
            # "You must not, unless we agree: ..." makes an exception of the rule, not of the list.
            if mark.end >= reading.begin - LEAD_END:
                found.excepted = not found.excepted
                found.cues.append((mark, "exception"))
            continue
        if "terminator" in labels:
            return None, mark.end
        if labels & SUBJECTS and _new_subject(reading, mark) and not labels & FORWARD:
            follower = _cue_after(reading, mark, act)
            if follower is None:
                return None, mark.start
        if labels & FORWARD:
            distance = act.start - mark.end
            if "deny" in labels and distance > FAR and not listed(reading, mark.end, act.start):
                continue
            if labels & {"deny", "forbid", "permit"} and _in_condition(reading, mark, act):
                continue
            if ("opt_out" in labels and distance > REFUSAL) or (
                "exclude" in labels and distance > NEXT_WORDS
            ):
                continue
            return _refused(reading, mark), 0
    return None, 0


def _in_condition(reading: Reading, cue: Mark, act: Act) -> bool:
    """Whether a negation belongs to a condition that ends before the act: "unless we use it, ..."."""
    if not any(reading.doc[at].text == "," for at in range(cue.end, act.start)):
        return False
    for at in range(cue.start - 1, max(cue.start - CONDITION, reading.begin) - 1, -1):
        if reading.doc[at].text in {",", ";", ":"}:
            return False
        mark = reading.at.get(at)
        if mark is not None and "condition" in mark.labels:
            return True
    return False


def _spared(reading: Reading, refusal: Mark) -> Mark | None:
    """The exception that a way to refuse belongs to: "unless you object, ..." binds the act, it does not rule it."""
    if "exception" in refusal.labels:
        return refusal
    near = (
        m for m in reading.marks if "exception" in m.labels and refusal.start - 6 <= m.start < refusal.start
    )
    return next(near, None)


def _refused(reading: Reading, cue: Mark) -> Mark:
    """A denied permission is none ("n'utilisons pas"), a denied grant is a refusal ("will never license")."""
    if "permit" in cue.labels:
        before = reading.at.get(cue.start - 1)
        if before is not None and before.labels & {"deny", "forbid"} and not before.labels & {"permit"}:
            return Mark(before.start, cue.end, before.labels | (cue.labels & SUBJECTS))
        if before is not None and "joint" in before.labels:
            verb = reading.at.get(before.start - 1)
            if verb is not None and "grant" in verb.labels and not verb.labels & SUBJECTS:
                # "must not (permit, authorise or help others to ...)": help is given as permission is.
                return _refused(reading, verb)
        return _none_of(reading, cue) or _given(reading, cue) or cue
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
        if "grant" in before.labels and not before.labels & SUBJECTS and joined:
            continue
        if before.labels & (SUBJECTS | FORWARD):
            break
    return cue


def _is_joined(reading: Reading, cue: Mark) -> bool:
    """Whether a verb is one of several: "must not use it (or permit, authorise or help others to use it)"."""
    before = reading.at.get(cue.start - 1)
    if before is None:
        return cue.start > 0 and reading.doc[cue.start - 1].text == "," and not cue.labels & SUBJECTS
    return "joint" in before.labels and "terminator" not in before.labels


def _none_of(reading: Reading, cue: Mark) -> Mark | None:
    """The negation in the subject of a permission: "none of your tracks will ...", "kein Titel kann ..."."""
    reach = CHAIN * 2 if reading.verb_last else CHAIN
    for at in range(cue.start - 1, max(cue.start - reach, 0) - 1, -1):
        mark = reading.at.get(at)
        if reading.doc[at].text in {",", ";", ":", "("}:
            return None
        if mark is None:
            continue
        if "deny" in mark.labels:
            return mark
        if "forbid" in mark.labels and (reading.verb_last or cue.start - mark.end <= NEAR_VERB):
            return mark
        if mark.labels & {"joint", "terminator", "exception", "provider", *FORWARD}:
            return None
    return None


def _given(reading: Reading, cue: Mark) -> Mark | None:
    """The grant that a permission stands in: "you grant us and our sublicensees the right to ..."."""
    for at in range(cue.start - 1, max(cue.start - CHAIN, reading.begin) - 1, -1):
        mark = reading.at.get(at)
        if reading.doc[at].text in {";", ":"}:
            return None
        if mark is not None and "grant" in mark.labels:
            return mark
        if mark is not None and mark.labels & (FORWARD | {"terminator"}):
            return None
    return None


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
    if not mark.labels & {"provider", "user"} or is_object(reading, mark):
        return False
    before = reading.doc[mark.start - 1]
    joint = reading.at.get(mark.start - 1)
    return before.text in {",", ";", ":", "("} or (joint is not None and "joint" in joint.labels)


def backward(reading: Reading, act: Act) -> Mark | None:
    """A cue that looks back at the act: "... is prohibited"."""
    end = act.end
    for mark in reading.marks:
        if mark.start < end:
            continue
        if mark.start - end > BACK or mark.labels & {"terminator", "exception"} - mark.labels & BACKWARD:
            return None
        refusal = "opt_out_back" in mark.labels or (reading.verb_last and "opt_out" in mark.labels)
        if refusal and parted(reading, end, mark.start):
            return None
        if refusal or mark.labels & BACKWARD:
            return mark
        if mark.labels & {"provider", "user"} and mark.labels & SUBJECTS and not is_object(reading, mark):
            return None
    return None


def denied_behind(reading: Reading, act: Act, found: Stance) -> None:
    """A negation behind the verb it denies, where verbs stand second: "wir trainieren unsere KI nicht mit ..."."""
    if not reading.verb_last:
        return
    before = reading.at.get(act.head.start - 1)
    after = reading.at.get(act.head.end)
    if not any(m is not None and m.labels & SUBJECTS for m in (before, after, act.head)):
        return
    for mark in reading.marks:
        if mark.start < act.head.end:
            continue
        if reading.doc[mark.start - 1].text in {",", ";"} or mark.start - act.head.end > NEAR_DENIAL:
            return
        if "deny" in mark.labels:
            apply(found, mark)
            return


def apply(found: Stance, cue: Mark) -> None:
    """Note what a cue decides."""
    labels = cue.labels
    for name, polarity in (
        ("opt_out", "choice"),
        ("opt_out_back", "choice"),
        ("forbid", "denied"),
        ("disallow", "denied"),
        ("exclude", "denied"),
        ("deny", "denied"),
        ("forbid_back", "denied"),
        ("deny_back", "denied"),
        ("require", "required"),
        ("grant", "permitted"),
        ("permit", "permitted"),
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

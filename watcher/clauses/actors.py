"""Who acts: an agent after "by", whom a grant names, whom a relative takes up, or the nearest subject."""

from watcher.clauses.acts import Act
from watcher.clauses.matching import Mark, Reading
from watcher.clauses.stance import (
    MENTIONS,
    NEAR_VERB,
    NEXT_WORDS,
    SUBJECTS,
    Stance,
    actor_of,
    is_object,
    listed,
    parted,
)

OTHERS = frozenset({"third_party", "supplier", "recipient_third_party"})
NEAR_SUBJECT = 40
"""Tokens over which a verb may be off its subject; lists may be longer."""


def who(reading: Reading, act: Act, cue: Mark | None, cut: int, found: Stance) -> None:
    """The actor: an agent after "by", the nearest subject before the cue, or whom a grant names."""
    if cue is not None and cue.labels & {"disallow", "grant"}:
        _granted(reading, act, cue, found)
        return
    place = cue.start if cue is not None else act.start
    if cue is not None and agent(reading, cue, act, found):
        return
    if (turned := _turned(reading, cue or act.head)) is not None:
        found.actor = actor_of(reading, turned)
        found.direct = cue is None
        found.cues.append((turned, f"actor {found.actor}"))
        return
    if (named := _taken_up(reading, place)) is not None:
        found.actor = "supplier" if "supplier" in named.labels else "third_party"
        found.cues.append((named, f"actor {found.actor}"))
        return
    passive = _passive(reading, cue) if cue is not None else reading.verb_last and _undergone(reading, act)
    subject = _subject(reading, place, cut) if not passive else None
    if cue is not None and not passive and _named_before(reading, cue):
        found.actor = "provider"
        return
    if cue is None and subject is not None and "provider" not in subject.labels:
        before = reading.at.get(subject.start - 1)
        reach = 30 if before is not None and "joint" in before.labels else 8
        subject = subject if place - subject.end <= reach else None
    if subject is not None:
        found.actor = actor_of(reading, subject)
        found.direct = cue is None
        found.cues.append((subject, f"actor {found.actor}"))
    if found.actor == "unknown" and found.polarity != "choice" and not found.forbidden:
        ours = _between(reading, "ours", act.start - 2, act.end)
        if ours is not None:
            found.actor = "provider"
            found.cues.append((ours, "actor provider"))


def _turned(reading: Reading, verb: Mark) -> Mark | None:
    """The subject right behind its verb, where verbs stand second: "deine Titel nutzen wir zum Training"."""
    if not reading.verb_last:
        return None
    mark = reading.at.get(verb.end)
    return mark if mark is not None and mark.labels & SUBJECTS and not is_object(reading, mark) else None


def _taken_up(reading: Reading, place: int) -> Mark | None:
    """Whom a relative right before a verb takes up: "to companies, which may ...", "an Dritte, die damit ..."."""
    for at in range(place - 1, max(place - NEXT_WORDS, 0), -1):
        mark = reading.at.get(at)
        if mark is not None and mark.labels & {*MENTIONS, "terminator"}:
            return None
        if mark is None or "relative" not in mark.labels:
            continue
        before = mark.start - 2 if reading.doc[mark.start - 1].text == "," else mark.start - 1
        named = reading.at.get(before)
        return named if named is not None and named.labels & OTHERS else None
    return None


def _granted(reading: Reading, act: Act, cue: Mark, found: Stance) -> None:
    """Who may is not who speaks: "you grant us", "we do not allow others", "you allow the platform"."""
    subject = cue if cue.labels & SUBJECTS else _subject(reading, cue.start, 0)
    leaning = reading.at.get(cue.start - 1)
    if leaning is not None and leaning.labels & MENTIONS:
        # "ti concediamo", "vous nous accordez": whom it is for stands right before the verb.
        first = reading.at.get(leaning.start - 1)
        subject = (
            subject if subject is cue else first if first is not None and first.labels & SUBJECTS else subject
        )
        leaning = leaning if subject is not leaning else None
    else:
        leaning = None
    speaker = actor_of(reading, subject) if subject is not None else "unknown"
    named = next(
        (
            m
            for m in reading.marks
            if m.labels & MENTIONS and cue.end <= m.start <= cue.end + 6 and m.start < act.end
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
    return "user" if "user_object" in mark.labels else actor_of(reading, mark)


def _subject(reading: Reading, place: int, cut: int) -> Mark | None:
    """The nearest actor before a token that can be its subject, preferring the first of a chain ("we and others")."""
    chain: Mark | None = None
    for mark in reversed(reading.marks):
        if mark.end > place or mark.start < cut:
            continue
        if place - mark.end > NEAR_SUBJECT and not listed(reading, mark.end, place):
            break
        if not mark.labels & SUBJECTS or is_object(reading, mark) or _agrees(reading, mark, place):
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


def _agrees(reading: Reading, mark: Mark, place: int) -> bool:
    """Whether a user acts in a clause of her own only: "content that you upload", "for which you gave permission"."""
    before = reading.at.get(mark.start - 1)
    if before is None or not before.labels & {"relative", "joint", "condition"} or "user" not in mark.labels:
        return False
    closed = place - mark.end > NEAR_VERB or parted(reading, mark.end, place)
    if before.labels & {"relative", "condition"} and closed:
        return True
    return any(
        "consent" in m.labels and mark.end <= m.start <= min(mark.end + NEXT_WORDS, place)
        for m in reading.marks
    )


def _named_before(reading: Reading, cue: Mark) -> bool:
    """Whether an unknown name stands right before a cue: terms that call their platform by its name."""
    at = cue.start - 1
    if at < reading.begin or at in reading.at or reading.capital_nouns:
        return False
    before = reading.at.get(at - 1)
    if before is not None and "preposition" in before.labels:
        return False
    word = reading.doc[at].text
    inner = any(sign.isupper() for sign in word[1:]) and any(sign.islower() for sign in word)
    return inner or (word[:1].isupper() and word.isalpha())


def _joined(reading: Reading, start: int, end: int) -> bool:
    return any(
        reading.doc[at].text == "," or "joint" in (reading.at[at].labels if at in reading.at else ())
        for at in range(start, end)
    )


def _passive(reading: Reading, cue: Mark) -> bool:
    after = (reading.at.get(at) for at in range(cue.end, cue.end + 3))
    return "passive" in cue.labels or any(mark is not None and "passive" in mark.labels for mark in after)


def _undergone(reading: Reading, act: Act) -> bool:
    """Whether the clause of an act is passive where the verb comes last: "diese werden zum Training ... verwendet"."""
    for at in range(act.start - 1, max(act.start - NEXT_WORDS, reading.begin) - 1, -1):
        mark = reading.at.get(at)
        if reading.doc[at].text in {",", ";", ":"} or (mark is not None and mark.labels & SUBJECTS):
            return False
        if mark is not None and "passive" in mark.labels:
            return True
    return False


def agent(reading: Reading, start: Mark | Act, act: Act, found: Stance) -> bool:
    """Who acts in the passive: "may be used by us"."""
    for mark in reading.marks:
        if "agent" not in mark.labels or not start.start <= mark.start <= act.end + 8:
            continue
        named = next(
            (m for m in reading.marks if m.labels & MENTIONS and mark.end <= m.start <= mark.end + 3), None
        )
        if named is not None and not (reading.verb_last and "user_object" in named.labels):
            found.actor = _whom(reading, named)
            found.cues.append((named, f"actor {found.actor}"))
            return True
    return False


def _between(reading: Reading, label: str, start: int, end: int) -> Mark | None:
    return next((m for m in reading.marks if label in m.labels and start <= m.start < end), None)

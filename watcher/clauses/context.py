"""Who acts, and whether it is allowed: directed cues with a scope, after ConText.

Chapman, Chu, Dowling: ConText: an algorithm for identifying contextual features from clinical text (BioNLP 2007).
Longest cue wins (in `matching`), the nearest cue wins within a sentence, pseudo cues swallow what only looks like one,
terminators end a scope.
"""

from watcher.clauses import conditions
from watcher.clauses.actors import agent, who
from watcher.clauses.acts import Act
from watcher.clauses.cues import apply, backward, denied_behind, governing
from watcher.clauses.matching import Mark, Reading
from watcher.clauses.stance import SUBJECTS, Stance, actor_of


def stance(reading: Reading, act: Act) -> Stance:
    """Resolve polarity, actor, owner and conditions of an act."""
    found = Stance()
    cue, cut = governing(reading, act, found)
    back = backward(reading, act)
    if back is not None and (
        cue is None or "permit" in cue.labels or "opt_out_back" in back.labels or _is_plain(reading, cue, act)
    ):
        apply(found, back)
        if cue is not None and "permit" in cue.labels:
            cue = None
        agent(reading, act, act, found)
    elif cue is not None:
        apply(found, cue)
    if cue is None and back is None and "deny" in act.head.labels:
        apply(found, act.head)
    elif cue is None and back is None:
        denied_behind(reading, act, found)
    if found.excepted and found.polarity in ("permitted", "denied"):
        found.polarity = "denied" if found.polarity == "permitted" else "permitted"
    if found.actor == "unknown" and act.head.labels & SUBJECTS and found.polarity != "choice":
        found.actor = actor_of(reading, act.head)
        found.direct = cue is None
    if found.actor == "unknown":
        who(reading, act, cue, cut, found)
    _owned(reading, act, found)
    named = tuple(conditions.named(reading, act, found.cues))
    asked = "only" in named and ("consent" in named or "opt_in" in named)
    found.conditions = (*named, "only_with_consent") if asked else named
    return found


def _is_plain(reading: Reading, cue: Mark, act: Act) -> bool:
    """Whether a cue is so far off that what stands right behind the act decides."""
    return act.start - cue.end > 25


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

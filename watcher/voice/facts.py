"""What a change consists of, as words that choose a sentence."""

from watcher.model.finding import Change, ChangeKind, Finding

# For each kind of change rows of (fact, sentence): the first whose fact is there wins; an empty fact always fits.
Rows = dict[ChangeKind, tuple[tuple[str, str], ...]]


def chosen(rows: tuple[tuple[str, str], ...], change: Change) -> str:
    """The sentence that says most about the change."""
    there = facts(change)
    return next(sentence for fact, sentence in rows if not fact or fact in there)


def told(change: Change) -> Finding | None:
    """The finding that a sentence is about: as it now stands, or as it stood when it is gone."""
    if change.change is ChangeKind.REMOVED:
        return change.before or change.now
    return change.now or change.before


def facts(change: Change) -> frozenset[str]:
    """What is known of a change.

    The reasons ("conditions-opt_out", and "objects+" for any gained object) and what the finding says
    ("actor=user", "polarity=denied", "conditions=consent", "purposes=generative", "recipients=third_party",
    "excepts=minors" where a permission leaves them out), and "previous" where the words stood before in another form.
    """
    words = set(change.reasons)
    if change.previous is not None:
        words.add("previous")
    for reason in change.reasons:
        for sign in "+-":
            attribute, found, _ = reason.partition(sign)
            if found:
                words.add(attribute + sign)
    if finding := told(change):
        words |= {f"actor={finding.actor}", f"polarity={finding.polarity}"}
        for attribute in ("conditions", "objects", "purposes", "recipients"):
            words |= {f"{attribute}={word}" for word in getattr(finding, attribute)}
        if finding.polarity == "permitted" and "exception" in finding.conditions:
            words |= {f"excepts={word}" for word in finding.conditions}
    return frozenset(words)

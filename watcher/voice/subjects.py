"""Subjects of mails: the platform, then what happened, short."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from watcher.model.finding import Category, Change, ChangeKind
from watcher.voice import sentences, signals
from watcher.voice.facts import Rows, chosen
from watcher.voice.msg import msg
from watcher.voice.ranking import ranked

if TYPE_CHECKING:
    from watcher.voice.voice import Voice

_NEW, _WIDER, _NARROWER = ChangeKind.INTRODUCED, ChangeKind.EXPANDED, ChangeKind.NARROWED
_MIXED, _GONE, _SAME = ChangeKind.MIXED, ChangeKind.REMOVED, ChangeKind.REWORDED

_LIMIT = 60
_LONGEST = 120
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+")

SUBJECTS: dict[Category, Rows] = {
    Category.TRAINING_GRANT: {
        _NEW: (
            ("objects=content", msg("new permission to train AI on uploads")),
            ("", msg("new permission to train AI")),
        ),
        _WIDER: (
            ("recipients+third_party", msg("others may now train AI too")),
            ("conditions-consent", msg("AI training without your consent")),
            ("conditions-opt_in", msg("AI training without your consent")),
            ("conditions-opt_out", msg("opt-out from AI training is gone")),
            ("", msg("wider permission to train AI")),
        ),
        _NARROWER: (("", msg("narrower permission to train AI")),),
        _MIXED: (("", msg("changed permission to train AI")),),
        _GONE: (("", msg("permission to train AI is gone")),),
        _SAME: (("", msg("AI training reworded, same meaning")),),
    },
    Category.THIRD_PARTY_TRAINING: {
        _NEW: (("", msg("others may now train AI")),),
        _WIDER: (("", msg("others may train AI with more")),),
        _NARROWER: (("", msg("others may train AI with less")),),
        _MIXED: (("", msg("AI training by others changes")),),
        _GONE: (("", msg("permission for others to train AI is gone")),),
        _SAME: (("", msg("AI training by others reworded, same meaning")),),
    },
    Category.TRAINING_COMMITMENT: {
        _NEW: (
            ("conditions=consent", msg("promises to ask before AI training")),
            ("conditions=opt_in", msg("promises to ask before AI training")),
            ("", msg("new promise about AI training")),
        ),
        _WIDER: (("", msg("stronger promise about AI training")),),
        _NARROWER: (("", msg("weaker promise about AI training")),),
        _MIXED: (("", msg("changed promise about AI training")),),
        _GONE: (
            ("conditions=consent", msg("promise to ask before AI training is gone")),
            ("conditions=opt_in", msg("promise to ask before AI training is gone")),
            ("conditions=minors", msg("promise to leave minors out of AI is gone")),
            ("", msg("promise not to train AI is gone")),
        ),
        _SAME: (("", msg("AI promise reworded, same meaning")),),
    },
    Category.TRAINING_CHOICE: {
        _NEW: (
            ("conditions=opt_in", msg("AI training only if you opt in")),
            ("", msg("you can now opt out of AI training")),
        ),
        _WIDER: (("", msg("more choice about AI training")),),
        _NARROWER: (("", msg("less choice about AI training")),),
        _MIXED: (("", msg("changed choice about AI training")),),
        _GONE: (
            ("conditions=opt_in", msg("AI training without your opt-in")),
            ("", msg("opt-out from AI training is gone")),
        ),
        _SAME: (("", msg("AI choice reworded, same meaning")),),
    },
    Category.TRAINING_RESTRICTION: {
        _NEW: (("", msg("new ban on AI training by others")),),
        _WIDER: (("", msg("wider ban on AI training by others")),),
        _NARROWER: (("", msg("narrower ban on AI training by others")),),
        _MIXED: (("", msg("changed ban on AI training by others")),),
        _GONE: (("", msg("ban on AI training by others is gone")),),
        _SAME: (("", msg("AI training ban reworded, same meaning")),),
    },
    Category.VOICE_LIKENESS: {
        _NEW: (("", msg("new rule on AI voices and likenesses")),),
        _WIDER: (("", msg("wider rule on AI voices and likenesses")),),
        _NARROWER: (("", msg("narrower rule on AI voices and likenesses")),),
        _MIXED: (("", msg("changed rule on AI voices and likenesses")),),
        _GONE: (("", msg("rule on AI voices and likenesses is gone")),),
        _SAME: (("", msg("AI voice rule reworded, same meaning")),),
    },
    Category.AI_GENERATED_CONTENT: {
        _NEW: (("", msg("new rule on AI-generated content")),),
        _WIDER: (("", msg("wider rule on AI-generated content")),),
        _NARROWER: (("", msg("narrower rule on AI-generated content")),),
        _MIXED: (("", msg("changed rule on AI-generated content")),),
        _GONE: (("", msg("rule on AI-generated content is gone")),),
        _SAME: (("", msg("AI content rule reworded, same meaning")),),
    },
    Category.AI_REMUNERATION: {
        _NEW: (("", msg("new rule on payment for AI use")),),
        _WIDER: (("", msg("wider rule on payment for AI use")),),
        _NARROWER: (("", msg("narrower rule on payment for AI use")),),
        _MIXED: (("", msg("changed rule on payment for AI use")),),
        _GONE: (("", msg("rule on payment for AI use is gone")),),
        _SAME: (("", msg("AI payment rule reworded, same meaning")),),
    },
}

OTHER: dict[ChangeKind, str] = {
    _NEW: msg("new: %(topic)s"),
    _WIDER: msg("wider: %(topic)s"),
    _NARROWER: msg("narrower: %(topic)s"),
    _MIXED: msg("changed: %(topic)s"),
    _GONE: msg("gone: %(topic)s"),
    _SAME: msg("reworded, same meaning: %(topic)s"),
}


def subject(voice: "Voice", service: str, changes: Iterable[Change], documents: int = 1) -> str:
    """Of the change told first; in how many documents it stands, or how many more there are, where it fits."""
    first, *others = ranked(changes)
    if first.rule in signals.SUBJECTS and first.change in (_NEW, _GONE):
        new, gone = signals.SUBJECTS[first.rule]
        what = voice.text(new if first.change is _NEW else gone, names=sentences.names(voice, first))
    elif first.rule == "hub-document":
        what = voice.text(signals.MOVED, names=sentences.names(voice, first))
    elif first.category in {str(category) for category in Category}:
        what = voice.text(chosen(SUBJECTS[Category(first.category)][first.change], first))
    else:
        what = voice.text(OTHER[first.change], topic=voice.category(first.category))
    line = one_line(f"{service}: {what}")
    if documents > 1:
        longer = voice.plural(
            "%(line)s, in %(count)s document", "%(line)s, in %(count)s documents", documents, line=line
        )
        line = longer if len(longer) <= _LIMIT else line
    if others:
        longer = voice.plural(
            "%(line)s, and %(count)s more", "%(line)s, and %(count)s more", len(others), line=line
        )
        line = longer if len(longer) <= _LIMIT else line
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def one_line(text: str) -> str:
    """Safe in a mail header: no line breaks, no control or direction characters (RFC 5322, section 2.2)."""
    return " ".join(_CONTROL.sub(" ", text).split())

"""One change as mails and pages tell it: everything the templates show, already in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass

from watcher.model.comparison import Comparison
from watcher.model.finding import Change, ChangeKind, Finding, RuleText, Tone
from watcher.model.source import Document
from watcher.voice.passage import Mark, Passage, cue_words, harmless, passage
from watcher.voice.voice import Sign, Voice

Explain = Callable[[str, str], RuleText]


@dataclass(frozen=True, slots=True)
class Card:
    """A change, told. `same_words_as` is the number (from 1) of an earlier card that shows the same clause."""

    tone: Tone
    sign: Sign
    category: str
    change: str
    severity: str
    headline: str
    reasons: tuple[str, ...]
    meaning: str
    advice: str
    rule: RuleText
    pack: str
    cues: tuple[str, ...]
    certainty: str
    path: tuple[str, ...]
    passage: Passage
    gone: bool
    language: str
    same_words_as: int | None = None


def cards(
    document: Document,
    changes: tuple[Change, ...],
    *,
    voice: Voice,
    explain: Explain,
    mark: Mark,
    comparison: Comparison | None,
) -> tuple[Card, ...]:
    """One card for each change, in the order given."""
    seen: dict[tuple[str, str | None], int] = {}
    told = []
    for number, change in enumerate(changes, start=1):
        first = seen.setdefault((change.quote, change.previous), number)
        same = first if first < number else None
        told.append(
            _card(document, change, voice=voice, explain=explain, mark=mark, comparison=comparison, same=same)
        )
    return tuple(told)


def _card(
    document: Document,
    change: Change,
    *,
    voice: Voice,
    explain: Explain,
    mark: Mark,
    comparison: Comparison | None,
    same: int | None,
) -> Card:
    gone = change.change is ChangeKind.REMOVED
    finding = (change.before if gone else change.now) or change.now or change.before
    rule = explain(change.rule, voice.language)
    return Card(
        tone=change.tone,
        sign=voice.tone(change.tone),
        category=voice.category(change.category),
        change=voice.change(change.change),
        severity=voice.severity(change.severity),
        headline=harmless(voice.headline(document, change)),
        reasons=tuple(voice.reason(word) for word in change.reasons),
        meaning=_meaning(voice, change, rule),
        advice=_advice(voice, document, change, rule),
        rule=rule,
        pack=finding.pack if finding else "",
        cues=_cues(voice, finding),
        certainty=voice.certainty(finding.certainty) if finding else "",
        path=tuple(harmless(heading) for heading in _path(finding, comparison, gone=gone)),
        passage=passage(change, mark),
        gone=gone,
        language=change.language,
        same_words_as=same,
    )


def _meaning(voice: Voice, change: Change, rule: RuleText) -> str:
    """A rule says what a clause means while it stands, so one that is gone is told in the past."""
    if change.change is not ChangeKind.REMOVED:
        return rule.meaning
    return voice.text("These words are gone. While they stood, they meant: %(meaning)s", meaning=rule.meaning)


def _advice(voice: Voice, document: Document, change: Change, rule: RuleText) -> str:
    if change.change is not ChangeKind.REMOVED:
        return rule.advice
    if change.tone is Tone.HARM:
        return voice.text(
            "Ask %(service)s in writing whether it still keeps to what it said, keep the old wording below, and think "
            "about what you leave there.",
            service=harmless(document.service),
        )
    if change.tone is Tone.PROTECTION:
        return voice.text("You need not do anything. What happened while the clause stood is not undone.")
    return voice.text("You need not do anything at once. Read the old wording below and decide for yourself.")


def _cues(voice: Voice, finding: Finding | None) -> tuple[str, ...]:
    pairs = cue_words(finding) if finding else ()
    return tuple(f"{voice.quote(words)} ({voice.cue(label)})" for words, label in pairs)


def _path(finding: Finding | None, comparison: Comparison | None, *, gone: bool) -> tuple[str, ...]:
    """The headings above the clause, outermost first."""
    if finding is None or comparison is None:
        return ()
    for clause in (comparison.old if gone else comparison.new).clauses:
        if clause.key == finding.clause:
            return clause.path
    return ()

"""One change as mails and pages tell it: everything the templates show, already in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from watcher.model.comparison import Comparison, Pair
from watcher.model.finding import Change, ChangeKind, Finding, RuleText, Tone
from watcher.model.source import Document
from watcher.voice.passage import Mark, Passage, cue_words, harmless, is_gone, passage
from watcher.voice.voice import Sign, Voice

Explain = Callable[[str, str], RuleText]


@dataclass(frozen=True, slots=True)
class Card:
    """A change, told.

    `same_words_as` is the number (from 1) of an earlier card that shows the same clause; `repeats` says that an
    earlier card gave the same meaning and advice.
    """

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
    repeats: bool = False


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
    said: set[tuple[str, str]] = set()
    told = []
    for number, change in enumerate(changes, start=1):
        first = seen.setdefault((change.quote, change.previous), number)
        same = first if first < number else None
        card = _card(
            document, change, voice=voice, explain=explain, mark=mark, comparison=comparison, same=same
        )
        told.append(replace(card, repeats=(card.meaning, card.advice) in said))
        said.add((card.meaning, card.advice))
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
    gone = is_gone(change)
    finding = (change.before if gone else change.now) or change.now or change.before
    rule = _about(document, explain(change.rule, voice.language))
    pair = _pair(finding, comparison, gone=gone)
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
        path=_path(pair, gone=gone),
        passage=passage(change, mark, pair),
        gone=gone,
        language=change.language,
        same_words_as=same,
    )


def _about(document: Document, rule: RuleText) -> RuleText:
    """A rule speaks of `{service}`; nothing else of it is a placeholder."""
    name = harmless(document.service)
    return replace(
        rule,
        title=rule.title.replace("{service}", name),
        meaning=rule.meaning.replace("{service}", name),
        advice=rule.advice.replace("{service}", name),
    )


def _meaning(voice: Voice, change: Change, rule: RuleText) -> str:
    """A rule says what a clause means while it stands, so one that is gone is told in the past."""
    if change.change is not ChangeKind.REMOVED or not rule.meaning:
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


def _pair(finding: Finding | None, comparison: Comparison | None, *, gone: bool) -> Pair | None:
    """The clause that the finding stands in, on both sides."""
    if finding is None or comparison is None or not finding.clause:
        return None
    for pair in comparison.pairs:
        clause = pair.old if gone else pair.new
        if clause is not None and clause.key == finding.clause:
            return pair
    return None


def _path(pair: Pair | None, *, gone: bool) -> tuple[str, ...]:
    """The headings above the clause, outermost first."""
    clause = (pair.old if gone else pair.new) if pair else None
    return tuple(harmless(heading) for heading in clause.path) if clause else ()

"""One change as mails and pages tell it: everything the templates show, already in the reader's language."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from watcher.model.comparison import Comparison, Pair
from watcher.model.finding import Category, Change, ChangeKind, Finding, RuleText, Tone
from watcher.model.source import Document
from watcher.voice.passage import Mark, Passage, clipped, cue_words, harmless, is_gone, passage
from watcher.voice.voice import Sign, Voice

Explain = Callable[[str, str], RuleText]

_LINK = re.compile(r"\[[^\]]*\]\((https?://[^\s()<>\"]{1,400})\)")
_WAYS_OUT = frozenset({"opt_out", "opt_in", "choice", "consent"})


@dataclass(frozen=True, slots=True)
class Case:
    """A change of a document; `comparison` adds the headings above the clause and the links in it."""

    document: Document
    change: Change
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A change, told.

    `same_words_as` is the number (from 1) of an earlier card that shows the same clause; `repeats` says that an
    earlier card gave the same meaning and advice. `doors` are web addresses that a clause about a choice itself names.
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
    doors: tuple[str, ...] = ()
    same_words_as: int | None = None
    repeats: bool = False

    def within(self, most: int) -> "Card":
        """The same for where room is short: no text in it has more than `most` characters."""
        return replace(
            self,
            headline=clipped(self.headline, most),
            reasons=_all(self.reasons, "; ", most),
            meaning=clipped(self.meaning, most),
            advice=clipped(self.advice, most),
            rule=replace(self.rule, title=clipped(self.rule.title, most)),
            cues=_all(self.cues, ", ", most),
            path=_all(self.path, " › ", most),
            passage=self.passage.within(most),
        )


def cards(
    document: Document,
    changes: tuple[Change, ...],
    *,
    voice: Voice,
    explain: Explain,
    mark: Mark,
    comparison: Comparison | None,
) -> tuple[Card, ...]:
    """One card for each change of one document, in the order given."""
    return told(
        (Case(document, change, comparison) for change in changes), voice=voice, explain=explain, mark=mark
    )


def told(cases: Iterable[Case], *, voice: Voice, explain: Explain, mark: Mark) -> tuple[Card, ...]:
    """One card for each case, in the order given."""
    seen: dict[tuple[str, str | None], int] = {}
    said: set[tuple[str, str]] = set()
    made = []
    for number, case in enumerate(cases, start=1):
        first = seen.setdefault((case.change.quote, case.change.previous), number)
        card = _card(case, voice, explain, mark)
        made.append(
            replace(
                card,
                same_words_as=first if first < number else None,
                repeats=(card.meaning, card.advice) in said,
            )
        )
        said.add((card.meaning, card.advice))
    return tuple(made)


def _card(case: Case, voice: Voice, explain: Explain, mark: Mark) -> Card:
    document, change = case.document, case.change
    gone = is_gone(change)
    finding = (change.before if gone else change.now) or change.now or change.before
    rule = _about(document, explain(change.rule, voice.language))
    pair = _pair(finding, case.comparison, gone=gone)
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
        doors=_doors(finding, pair, gone=gone),
    )


def _doors(finding: Finding | None, pair: Pair | None, *, gone: bool) -> tuple[str, ...]:
    """Addresses of a clause that gives a choice while it stands: where one can opt out, or change a setting."""
    if gone or finding is None or pair is None or pair.new is None:
        return ()
    if finding.category != Category.TRAINING_CHOICE and not _WAYS_OUT & set(finding.conditions):
        return ()
    links = (url for url in _LINK.findall(pair.new.markdown[:20_000]) if harmless(url) == url)
    return tuple(dict.fromkeys(links))[:3]


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


def _all(texts: tuple[str, ...], between: str, most: int) -> tuple[str, ...]:
    """Texts that are shown joined, as one where together they are too long."""
    whole = between.join(texts)
    return texts if len(whole) <= most else (clipped(whole, most),)

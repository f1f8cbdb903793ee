"""The words of a change as mails and pages show them: few, marked, and harmless."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from watcher.model.comparison import Pair, Segment
from watcher.model.finding import Change, ChangeKind, Finding
from watcher.voice.excerpt import excerpt, joined

Mark = Callable[[str, str], Sequence[Segment]]

_FEW, _MANY = 40, 300  # words
_LONGEST_TEXT = 40_000  # characters of a clause; what lies beyond cannot be shown in a mail anyway
_AROUND = 2_000
_SPACE = re.compile(r"\s+")
_ENDLESS = re.compile(r"(\S{160})\S+")
# Control characters, and those that turn the direction of what follows (Unicode TR 9): left out, never shown.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a clause: `plain`, `insert`, `delete`, or `cue` (words that led to the finding)."""

    kind: Literal["plain", "insert", "delete", "cue"]
    text: str


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a change.

    `now` and `before` are at most 40 words each, empty where there is none. `whole` is the clause with all marks,
    empty when `now` and `before` show it all; `shortened` says that even that is not everything. `alone` says that
    the clause stands on one side only, so that all of it is new or gone.
    """

    now: Spans = ()
    before: Spans = ()
    whole: Spans = ()
    shortened: bool = False
    alone: bool = False

    def within(self, most: int) -> "Passage":
        """The same, with at most `most` characters on each side, and the whole clause only where it has no more."""
        now, before, whole = (_cut(spans, most) for spans in (self.now, self.before, self.whole))
        cut = (now, before, whole) != (self.now, self.before, self.whole)
        kept = self.whole if whole == self.whole else ()
        return replace(self, now=now, before=before, whole=kept, shortened=self.shortened or cut)


def is_gone(change: Change) -> bool:
    """The words stood only in the old text, whatever became of the category."""
    return change.change is ChangeKind.REMOVED or (change.now is None and change.before is not None)


def passage(change: Change, mark: Mark, pair: Pair | None = None) -> Passage:
    """The words old and new, marked by `mark`.

    `pair` is the clause that the words stand in. When neither the change nor the pair has another wording to compare
    with, the words that led to the finding are marked instead.
    """
    gone = is_gone(change)
    if change.previous is not None and not gone:
        return _marked(change.previous, change.quote, "", mark, gone=False)
    if pair is not None and pair.kind == "reworded" and pair.old is not None and pair.new is not None:
        return _marked(pair.old.text, pair.new.text, change.quote, mark, gone=gone)
    return _alone(change, gone)


def _marked(was: str, now: str, about: str, mark: Mark, *, gone: bool) -> Passage:
    """Both sides; the excerpt is taken from the sentence `about`, if given."""
    old, new = _bounded(was, now)
    segments = _chopped(mark(old, new))
    few = excerpt(_within(segments, about, "insert" if gone else "delete"), _FEW)
    # A cut-out stretch in which one side only repeats the other says nothing; the whole clause stands below.
    cut = few != segments
    return Passage(
        now=() if cut and not _has(few, "insert") else _side(few, "delete"),
        before=() if cut and not _has(few, "delete") else _side(few, "insert"),
        whole=_spans(excerpt(segments, _MANY)) if cut else (),
        shortened=_words(segments) > _MANY or len(new) < len(now),
    )


def harmless(text: str) -> str:
    """The same words on one line, without characters that steer a terminal or turn the reading direction."""
    return " ".join(_UNSAFE.sub("", text).split())


def clipped(text: str, most: int) -> str:
    """At most so many characters, with an ellipsis where more followed."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def cue_words(finding: Finding) -> tuple[tuple[str, str], ...]:
    """The words that led to a finding with what they were taken for, each once, in reading order."""
    pairs = (
        (harmless(finding.quote[c.start : c.end]), c.label)
        for c in sorted(finding.cues, key=lambda c: c.start)
    )
    return tuple(dict.fromkeys((_ENDLESS.sub(r"\1…", words), label) for words, label in pairs if words))


def _within(segments: tuple[Segment, ...], about: str, other: str) -> tuple[Segment, ...]:
    """The stretch in which `about` stands; `other` are the segments of the side that it does not stand on."""
    side = "".join(s.text for s in segments if s.op != other)
    wanted = _UNSAFE.sub("", about)
    start = side.find(wanted) if wanted else -1
    if start < 0:
        return segments
    end, at, kept = start + len(wanted), 0, []
    for segment in segments:
        if segment.op == other:
            if start <= at < end:
                kept.append(segment)
            continue
        text = segment.text[max(0, start - at) : max(0, end - at)]
        at += len(segment.text)
        if text:
            kept.append(Segment(segment.op, text))
    before, after = [Segment("equal", "… ")] * (start > 0), [Segment("equal", " …")] * (end < len(side))
    return joined([*before, *kept, *after])


def _alone(change: Change, gone: bool) -> Passage:
    """One side only: the cues are marked, and the excerpt is taken where they stand closest."""
    finding = change.before if gone else change.now
    text = change.quote
    segments = _chopped(_cues(text[:_LONGEST_TEXT], finding))
    few = excerpt(segments, _FEW)
    shown = tuple(Span("cue" if s.kind == "insert" else s.kind, s.text) for s in _spans(few))
    whole = tuple(
        Span("cue" if s.kind == "insert" else s.kind, s.text) for s in _spans(excerpt(segments, _MANY))
    )
    return Passage(
        now=() if gone else shown,
        before=shown if gone else (),
        whole=whole if few != segments else (),
        shortened=_words(segments) > _MANY or len(text) > _LONGEST_TEXT,
        alone=True,
    )


def _cues(text: str, finding: Finding | None) -> tuple[Segment, ...]:
    """The clause with the words that led to the finding as `insert`."""
    start = text.find(finding.quote) if finding else -1
    if finding is None or start < 0:
        return (Segment("equal", text),)
    parts, at = [], 0
    for cue in sorted(finding.cues, key=lambda cue: cue.start):
        first, last = max(at, start + cue.start), min(len(text), start + cue.end)
        if first < last:
            parts += [Segment("equal", text[at:first]), Segment("insert", text[first:last])]
            at = last
    parts.append(Segment("equal", text[at:]))
    return joined([part for part in parts if part.text])


def _bounded(old: str, new: str) -> tuple[str, str]:
    """Both sides cut to the stretch that differs when they are too long to compare and show."""
    if len(old) + len(new) <= _LONGEST_TEXT:
        return old, new
    differ = (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    head = max(0, next(differ, min(len(old), len(new))) - _AROUND)
    return old[head : head + _LONGEST_TEXT // 2], new[head : head + _LONGEST_TEXT // 2]


def _chopped(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Harmless, and no word longer than a line or two."""
    clean = (Segment(s.op, _ENDLESS.sub(r"\1…", _UNSAFE.sub("", s.text))) for s in segments)
    return joined([segment for segment in clean if segment.text])


def _has(segments: Iterable[Segment], op: str) -> bool:
    return any(segment.op == op for segment in segments)


def _words(segments: Iterable[Segment]) -> int:
    return sum(len(segment.text.split()) for segment in segments)


def _side(segments: Iterable[Segment], other: str) -> Spans:
    """One side's words; none when it has none."""
    spans = _spans(s for s in segments if s.op != other)
    return spans if any(span.text.strip() for span in spans) else ()


def _cut(spans: Spans, most: int) -> Spans:
    """The first `most` characters, with an ellipsis where more followed."""
    out: list[Span] = []
    for span in spans:
        if len(span.text) > most:
            return (*out, Span(span.kind, span.text[:most]), Span("plain", " …"))
        most -= len(span.text)
        out.append(span)
    return tuple(out)


def _spans(segments: Iterable[Segment]) -> Spans:
    """Blanks at the ends of a marked stretch stand outside the mark, so that marks hug their words."""
    spans: list[Span] = []
    for segment in joined(list(segments)):
        text = _SPACE.sub(" ", segment.text)
        if segment.op == "equal":
            spans.append(Span("plain", text))
            continue
        words = text.strip()
        before, _, after = text.partition(words) if words else (text, "", "")
        spans += [Span("plain", before), Span(segment.op, words), Span("plain", after)]
    return _merged(span for span in spans if span.text)


def _merged(spans: Iterable[Span]) -> Spans:
    """Neighbouring plain spans as one, with one blank where two met."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].kind == span.kind == "plain":
            out[-1] = Span("plain", _SPACE.sub(" ", out[-1].text + span.text))
        else:
            out.append(span)
    return tuple(out)

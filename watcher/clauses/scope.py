"""Whether a sentence was made broader by a few words: "generative AI models" and then "AI models", "any use"."""

import re
from difflib import SequenceMatcher

from watcher.model.finding import Category, ChangeKind, Finding

_WORD = re.compile(r"[^\W_]+")
_LIMITS = re.compile(
    "other|certain|some|similar|specific|particular|generative|compet(?:e|es|ing|itive)|internal"
    "|altr[aoei]|alcun[ei]|cert[aoei]|simil[ei]|specific[aoehi]+|generativ[aoei]|concorrent[ei]"
    "|ander(?:e|en|er|es)|bestimmten?|gewissen?|ähnlichen?|generativen?|konkurrierenden?"
    "|autres?|certaine?s?|similaires?|spécifiques?|générati(?:f|fs|ve|ves)|concurrente?s?"
    "|otr[oa]s?|ciert[oa]s?|algun[oa]s?|similares|específic[oa]s?|generativ[oa]s?|competidor(?:es|as?)?"
)
"""Words that make what follows smaller: without them more is meant."""
_WIDENS = re.compile(
    "any|all|every|anyone|any(?:thing|body)|whatsoever|indirectly|otherwise"
    "|qualsiasi|qualunque|ogni|tutt[eio]|chiunque|indirettamente|altrimenti"
    "|jede[mnrs]?|alle[nrs]?|jegliche[mnrs]?|beliebigen?|indirekt|anderweitig"
    "|tout|toutes?|tous|quelconques?|quiconque|indirectement|autrement"
    "|cualquiera?|cualesquiera|tod[oa]s?|indirectamente"
)
"""Words that make what they stand with larger."""
_LISTS = frozenset({*Category}) - {Category.TRAINING_CHOICE}
_NEAR = 100
"""Characters around the words that led to a finding."""
_ALIKE = 0.75
"""The share of the shorter sentence that stands in the other: in a rewritten one such words tell nothing."""


def breadth(was: Finding, now: Finding) -> tuple[str, ChangeKind] | None:
    """What broader or narrower words do to a finding: "covers+words" makes it wider. None when they disagree."""
    permits = now.category in (Category.TRAINING_GRANT, Category.THIRD_PARTY_TRAINING)
    if was.polarity != now.polarity or now.category not in _LISTS or (permits and now.polarity == "denied"):
        return None
    before, after = _words(was), _words(now)
    matcher = SequenceMatcher(None, [w for w, _ in before], [w for w, _ in after], autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    if shared < _ALIKE * min(len(before), len(after)):
        return None
    gone: list[str] = []
    come: list[str] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind != "equal":
            gone += [word for word, near in before[i1:i2] if near]
            come += [word for word, near in after[j1:j2] if near]
    broader = _count(_LIMITS, gone) - _count(_LIMITS, come) + _count(_WIDENS, come) - _count(_WIDENS, gone)
    if broader == 0:
        return None
    return ("covers+words", ChangeKind.EXPANDED) if broader > 0 else ("covers-words", ChangeKind.NARROWED)


def _words(finding: Finding) -> list[tuple[str, bool]]:
    """The words of a sentence, and whether each stands where the finding was made: long sentences say much else."""
    start = min((cue.start for cue in finding.cues), default=0) - _NEAR
    end = max((cue.end for cue in finding.cues), default=len(finding.quote)) + _NEAR
    return [(word[0].casefold(), start <= word.start() <= end) for word in _WORD.finditer(finding.quote)]


def _count(words: re.Pattern[str], run: list[str]) -> int:
    return sum(bool(words.fullmatch(each)) for each in run)

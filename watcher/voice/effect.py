"""When a text says that it takes effect."""

import re

from watcher.model.text import DocumentText
from watcher.voice.passage import harmless

_LONGEST = 240
_SENTENCE = re.compile(r"(?<=[^\d][.!?;])\s+(?=[^\W\d_a-zà-ÿ])")
# English, Italian, German, French, Spanish. "Last updated" says nothing of when a text holds.
_HOLDS = re.compile(
    r"\b(?:effective|takes? effect|taking effect|come[s]? into (?:force|effect)|in (?:force|effect)|appl(?:y|ies) from"
    r"|in vigore|efficac[ei]|con effetto|decorrenza|valid[oiae] d(?:al|a partire)"
    r"|in kraft|gültig (?:ab|seit)|wirksam|gelten ab|gilt ab"
    r"|en vigueur|prend(?:ra|ront|nent)? effet|applicables? (?:à compter|à partir|depuis|dès)"
    r"|en vigor|entrarán? en vigor|vigentes? (?:desde|a partir)|surt(?:e|en|irán?) efecto"
    r"|efectiv[oa]s? (?:desde|a partir|el))",
    re.I,
)
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec gen mag giu lug ago set ott dic janv fév fev avr mai juin juil "
    "août aout déc ene abr mär maer okt dez"
)
_DATE = re.compile(
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\b"
    rf"|\b(?:{'|'.join(_MONTHS.split())})\w*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|°|º|er|\.)?\s+(?:de\s+)?(?:{'|'.join(_MONTHS.split())})\w*\.?,?\s+(?:de\s+|del\s+)?\d{{4}}\b",
    re.I,
)


def takes_effect(now: DocumentText, before: DocumentText) -> str:
    """The sentence of `now` that says from which date it holds, when `before` did not say the same; else empty.

    It is quoted and not understood: a date read wrongly would be worse than none.
    """
    known = "\n".join(harmless(clause.text) for clause in before.clauses)
    for clause in now.clauses:
        if len(clause.text) > 20_000 or not (_HOLDS.search(clause.text) and _DATE.search(clause.text)):
            continue
        for sentence in _SENTENCE.split(harmless(clause.text)):
            says = _HOLDS.search(sentence) and _DATE.search(sentence)
            if says and len(sentence) <= _LONGEST and sentence not in known:
                return sentence
    return ""

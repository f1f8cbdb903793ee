"""Text made plain for reading, and cut into sentences as legal texts need it.

A sentence ends at a full stop that is followed by a capital, never inside "e.g.", "Art. 4" or "U.S. law", and at
line breaks and bullets. Semicolons and "(a) ...; (b) ..." stay together: the words before a list decide its items.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from watcher.model.folding import tidy

MAX_SENTENCE = 3000
"""Characters after which a text without a full stop is cut at a blank, so that reading it takes bounded time."""

_LINK = re.compile(r"\[([^\[\]]{0,500})\]\((?:[^()\s]{0,1000})(?:\s\"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(r"\*{2,3}|(?<!\w)_{2}|_{2}(?!\w)|`|\\(?=[\[\]()*_#.\-])")
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_GLUED = (
    r"(?<=[a-zß-öø-ÿ)\"”’]{3})([.!?])([\"”’)]?)"
    r"(?=[\"“]?(?:\d{1,2}(?:\.\d{1,2})*\.?\s?|_)?[\"“]?[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]|\s))"
)
"""A full stop that a lost line break left without its blank: "... our models.5.3 Rights in the service."."""
_ADDRESS = re.compile(r"[/@]|www|\.(?:Com|Net|Org|Fm|Ai|Io|Tv|Js)\b")
_BULLET = re.compile(r"\s+[•‣◦▪●·]\s*|(?<=[;:.])[•‣◦▪●]\s*|\s+\*\s+")
_END = re.compile(r"([.!?…。]+)([\"'”’»)\]]*)\s+(?=[\"'“‘«(\[]*[A-ZÀ-ÖØ-Þ0-9¿¡])|" + _GLUED)
_LAST_WORD = re.compile(r"[^\s(\[\"'“«]+$")
_INITIAL = re.compile(r"(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z])$")
_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,4})$")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u2007", " "),
    }
)


def plain(text: str) -> str:
    """Tidy text without Markdown remains; line breaks and bullets stay as line breaks."""
    text = _LINK.sub(r"\1", text) if "](" in text else text
    text = _EMPHASIS.sub("", text) if "*" in text or "_" in text or "`" in text or "\\" in text else text
    if "\n" not in text and "\r" not in text:
        return tidy(text)
    return "\n".join(line for line in map(tidy, _BREAK.split(text)) if line)


def signs(text: str) -> str:
    """Quotation marks, dashes and blanks in one shape each; every character keeps its place."""
    return text.translate(_SIGNS)


@lru_cache(maxsize=64)
def _abbreviations(listed: frozenset[str]) -> frozenset[str]:
    return frozenset(word.casefold().rstrip(".") for word in listed)


def sentences(text: str, abbreviations: Iterable[str] = ()) -> list[str]:
    """The sentences of plain text, in order; nothing but white space is lost."""
    known = _abbreviations(frozenset(abbreviations))
    found: list[str] = []
    for line in text.split("\n"):
        for at, block in enumerate(_BULLET.split(line)):
            # An item of a list in a table's cell ends with the cell.
            for part in block.split(" | ") if at else (block,):
                found.extend(_in_block(part, known))
    return [short for sentence in found for short in _cut(sentence) if short]


def _in_block(block: str, known: frozenset[str]) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(block):
        glued = end[1] is None
        if (glued and _in_address(block, end.start())) or (
            block[end.start()] == "." and _keeps_going(block[start : end.start()], known)
        ):
            continue
        found.append(block[start : end.end(4 if glued else 2)].strip())
        start = end.end()
    found.append(block[start:].strip())
    return found


def _in_address(block: str, at: int) -> bool:
    """Whether a full stop stands within an address or a name such as "Wavecrest.Com"."""
    start = block.rfind(" ", 0, at) + 1
    end = block.find(" ", at)
    return bool(_ADDRESS.search(block[start : end if end > 0 else len(block)]))


def _keeps_going(before: str, known: frozenset[str]) -> bool:
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last[0]
    return word.casefold() in known or bool(_INITIAL.fullmatch(word) or _NUMBER.fullmatch(before))


def _cut(sentence: str) -> list[str]:
    pieces = []
    while len(sentence) > MAX_SENTENCE:
        at = max(sentence.rfind("; ", 0, MAX_SENTENCE), sentence.rfind(". ", 0, MAX_SENTENCE)) + 1
        at = at if at > MAX_SENTENCE // 2 else sentence.rfind(" ", 0, MAX_SENTENCE)
        at = at if at > 0 else MAX_SENTENCE
        pieces.append(sentence[:at].strip())
        sentence = sentence[at:].strip()
    return [*pieces, sentence]

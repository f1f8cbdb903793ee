"""Texts folded until only what matters is left, so that cosmetic differences compare equal."""

import hashlib
import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_GLYPHS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_NUMBERING = re.compile(r"^\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxl]{1,6})[.):]|[-*•·‣◦▪–—])\s+", re.I)
_MONTH = (
    "jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|février|mar(?:ch|s|zo)?|märz|apr(?:il|ile)?|avril|ma[iy]|maggio|mayo"
    "|ju(?:ne|ni|in|nio|ly|li|illet|lio)|giugno|luglio|aug(?:ust)?|août|agosto|sep(?:t|tember|tembre|tiembre)?|settembre"
    "|o[ck]t(?:ober|obre|ubre)?|octobre|ottobre|nov(?:ember|embre|iembre)?|de[cz](?:ember)?|décembre|dicembre|diciembre"
    "|gennaio|febbraio|enero|febrero|abril"
)
_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th|er|º)?)"
_DATES = re.compile(
    rf"\b(?:{_DAY} (?:of |de |du )?(?:{_MONTH}) (?:de |del )?(?:19|20)\d\d"
    rf"|(?:{_MONTH}) {_DAY} (?:19|20)\d\d|(?:{_MONTH}) (?:19|20)\d\d"
    r"|(?:19|20)\d\d [01]\d [0-3]\d|[0-3]?\d [0-3]?\d (?:19|20)\d\d)\b"
)
_NOT_WORD = re.compile(r"[^\w%€$£]+")


def tidy(text: str) -> str:
    """NFC, invisible characters dropped, every run of white space one blank, ends stripped."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def fold(text: str) -> str:
    """The words alone: no case, punctuation, glyph variants or list numbering. "1. We’ll  Train" is "we ll train"."""
    plain = unicodedata.normalize("NFKC", text).translate(_GLYPHS)
    return _NOT_WORD.sub(" ", _NUMBERING.sub("", plain)).strip().casefold()


def undated(folded: str) -> str:
    """Folded words with every date made equal, in the five languages that are judged: "3 march 2026" is "date"."""
    return _DATES.sub("date", folded)


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text as 64 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

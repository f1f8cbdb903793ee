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


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 text as 64 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

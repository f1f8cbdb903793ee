"""Bytes to text: BOM, header, the document's own word, else a guess."""

import re

from bs4.dammit import EncodingDetector

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_HEAD = 4096
_NO_PAGE_ENCODINGS = frozenset(
    ["unicode-escape", "raw-unicode-escape", "idna", "punycode", "utf-7", "undefined"]
)
"""Codecs that Python has and no page is written in; some of them warn or run code paths meant for source text."""


def charset_of(content_type: str | None) -> str | None:
    """The charset parameter of a Content-Type header (RFC 9110, section 8.3), or None."""
    found = _CHARSET.search(content_type or "")
    return found[1].lower() if found else None


def media_type(content_type: str | None) -> str:
    """The media type alone in lower case, empty when the header is missing."""
    return (content_type or "").split(";", 1)[0].strip().lower()


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page in the order of the HTML standard: BOM, header, `<meta>`, then a guess. Never raises."""
    marked, encoding = EncodingDetector.strip_byte_order_mark(body)
    if encoding:
        return marked.decode(encoding, "replace")
    told = (
        charset_of(content_type),
        EncodingDetector.find_declared_encoding(body[:_HEAD], is_html=True),
        "utf-8",
    )
    for name in told:
        if name:
            try:
                return body.decode(_web_name(name))
            except (LookupError, ValueError):
                continue
    # Neither told nor valid UTF-8: broken UTF-8 when most of its signs are whole, else the web's old default.
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(not char.isascii() for char in text) - broken
    return text if whole >= broken else body.decode("windows-1252", "replace")


def _web_name(name: str) -> str:
    plain = name.lower().replace("_", "-")
    if plain in _NO_PAGE_ENCODINGS:
        return "utf-8"
    # The web reads Latin-1 and ASCII as windows-1252 (Encoding Standard, section 4.2).
    return "windows-1252" if plain in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii") else name

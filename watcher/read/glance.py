"""The cheap look: a digest of what a page shows, to know without a full reading that nothing changed."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from watcher.model.fetched import Fetched
from watcher.model.folding import digest
from watcher.read.charset import decode
from watcher.read.junk import BANNER_NAMES, FURNITURE_NAMES
from watcher.read.links import decode_email
from watcher.read.tree import UNSEEN

_TAG = re.compile(r'<([a-z][^\s>/]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)+)\s*/?>')
_ATTRIBUTE = re.compile(
    r"\s(class|id|role|hidden|style|start|type|value|href|datetime|data-cfemail"
    r'|aria-(?:hidden|expanded|level|haspopup|labelledby))(?:="([^"]*)")?'
)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-weight\s*:\s*(?:bold|[6-9]00)"
    r"|list-style-type\s*:\s*none",
    re.I,
)
_WORDY = re.compile(r"[a-z]+(?:[-_]{1,2}[a-z]+)*")
_SPACES = re.compile(r"\s{2,}|[\t\n\r\f\v\u00a0]")
_BLOCK = r"</?(?:html|head|body|div|p|ul|ol|li|h[1-6]|section|article|main|nav|header|footer|aside|table|tr|td|th)\b"
_BEFORE_BLOCK = re.compile(rf" (?={_BLOCK})")
_AFTER_BLOCK = re.compile(rf"({_BLOCK}[^>]*>) ")
_DROPPED = [tag for tag in UNSEEN if tag != "head"] + ["input"]


def glance(fetched: Fetched) -> str:
    """A digest of a page's visible text, its structure and the attributes that decide how it is read.

    Scripts, styles, media, hidden inputs, nonces, link targets and generated names do not count. Equal digests mean
    equal document text (as long as no selector names a generated class); what is no HTML is taken byte by byte.
    """
    body = fetched.body
    if body[:1024].lstrip().startswith(b"%PDF-") or b"\x00" in body[:1024]:
        return fetched.sha256
    tree = LexborHTMLParser(decode(body, fetched.header("content-type")).replace("\x00", ""))
    title = tree.css_first("title")
    kept = title.text() if title is not None else ""
    refresh = tree.css_first("meta[http-equiv]") is not None
    tree.strip_tags(_DROPPED)
    html = tree.html or ""
    reduced = _SPACES.sub(" ", _TAG.sub(_reduced, _COMMENT.sub("", html)))
    seen = _AFTER_BLOCK.sub(r"\1", _BEFORE_BLOCK.sub("", reduced))
    return digest(f"{kept}\n{refresh}\n{fetched.final_url.partition('?')[0]}\n{seen}")


def _reduced(match: re.Match[str]) -> str:
    name, attributes = match.groups()
    return _reduced_tag(name, attributes)


@lru_cache(maxsize=16384)
def _reduced_tag(name: str, attributes: str) -> str:
    kept: list[str] = []
    for key, value in _ATTRIBUTE.findall(attributes):
        if key in ("class", "id", "aria-labelledby"):
            kept.extend(word for word in value.split() if _is_telling(word))
        elif key == "href":
            # In-page links make tables of contents; other targets do not change the words.
            kept.append("#" if value.startswith("#") else "")
        elif key == "style":
            kept.extend(_HIDING.findall(value))
        elif key == "data-cfemail":
            kept.append(decode_email(value))
        elif key not in ("type", "value", "start") or name in ("ol", "li"):
            kept.append(f"{key}={value}")
    return f"<{' '.join(filter(None, (name, *kept)))}>"


def _is_telling(name: str) -> bool:
    """Whether a class or id is one that a person chose, or names furniture; generated ones change with every build."""
    return bool(_WORDY.fullmatch(name) or FURNITURE_NAMES.search(name) or BANNER_NAMES.search(name))

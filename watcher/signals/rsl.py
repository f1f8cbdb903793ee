"""Really Simple Licensing 1.0 (rslstandard.org/rsl): what the XML permits, prohibits, and asks for."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from watcher.errors import ReadError
from watcher.model.signal import Signal
from watcher.model.text import Clause
from watcher.signals.clause import clause, unclear

NAMESPACE = "https://rslstandard.org/rsl"
_FORBIDS, _PAYS, _FREE = "signal-rsl-forbids", "signal-rsl-pays", "signal-rsl-free"

_ELEMENTS = frozenset(
    {
        "rsl", "content", "license", "permits", "prohibits", "payment", "standard", "custom", "amount", "accepts",
        "reporting", "legal", "schema", "alternate", "copyright", "terms",
    }
)  # fmt: skip
_TRAINING = frozenset({"all", "ai-all", "ai-train"})
_USES = _TRAINING | {"ai-input", "ai-index", "search"}
_PAYMENTS = frozenset(
    {"purchase", "subscription", "training", "crawl", "use", "contribution", "attribution", "free"}
)


def read(body: bytes | str, under: str) -> Iterator[Clause]:
    """A statement for each licence of each content. `under` names the document in the text.

    Raises ReadError when it is broken XML, no RSL, or holds elements that RSL 1.0 does not know (section 3).
    """
    root = _parsed(body)
    contents = [root] if _name(root) == "content" else [e for e in root.iter() if _name(e) == "content"]
    if not contents or (_name(root) not in ("rsl", "content") and root.tag not in ("rss", "feed")):
        raise ReadError("the XML is no RSL document (no content in the RSL namespace)")
    strange = next((e for e in root.iter() if _name(e) and _name(e) not in _ELEMENTS), None)
    if strange is not None:
        raise ReadError(f"RSL 1.0 knows no element {_name(strange)!r}")
    for content in contents:
        licences = [one for one in content if _name(one) == "license"]
        if content.get("url") is None or not licences:
            raise ReadError("a content of the RSL document has no url, or no license")
        for licence in licences:
            yield from _licence(content, licence, under)


def _parsed(body: bytes | str) -> Element:
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        what = str(error) or type(error).__name__
        raise ReadError(f"the XML is broken or unsafe ({what})") from None
    assert isinstance(root, Element)
    return root


def _licence(content: Element, licence: Element, under: str) -> Iterator[Clause]:
    permits, prohibits = _uses(licence, "permits"), _uses(licence, "prohibits")
    payments = [_payment(one) for one in licence if _name(one) == "payment"]
    where = (content.get("url") or "/",)
    parts = [f"content: {where[0]}", *_said(licence)]
    kinds = [kind for kind, _ in payments]
    unknown = sorted({*(permits or ()), *(prohibits or ())} - _USES) + sorted(set(kinds) - _PAYMENTS)
    if unknown:
        yield unclear("rsl", f"RSL 1.0 knows no {', '.join(unknown)}", *parts, under=under)
        return
    if (prohibits or set()) & _TRAINING or (permits is not None and not permits & _TRAINING):
        rule = _FORBIDS
    else:
        rule = _PAYS if any(kind != "free" for kind in kinds) else _FREE
    # Licences of one content are offers beside each other; what they ask for tells them apart.
    asks = "; ".join(text for _, text in payments)
    limits = any(_name(e) in ("permits", "prohibits") and e.get("type") in ("user", "geo") for e in licence)
    yield clause(Signal("ai-train", rule, where=where, partly=limits, detail=asks), *parts, under=under)


def _uses(licence: Element, name: str) -> set[str] | None:
    """The uses that `permits` or `prohibits` names, None when there is no such element (a closed list, section 3.4)."""
    found = [e for e in licence if _name(e) == name and e.get("type", "usage") == "usage"]
    return {word for e in found for word in _words(e)} if found else None


def _payment(element: Element) -> tuple[str, str]:
    kind = element.get("type", "free")
    amounts = [
        f"{(e.text or '').strip()} {e.get('currency', '')}".strip() for e in element if _name(e) == "amount"
    ]
    terms = [(e.text or "").strip() for e in element if _name(e) in ("standard", "custom")]
    return kind, " ".join([kind, *amounts, *terms])


def _said(licence: Element) -> Iterator[str]:
    """The licence in its own words, in one order."""
    for name in ("permits", "prohibits"):
        lines = [
            f"{name} {e.get('type', 'usage')}: {' '.join(sorted(_words(e)))}"
            for e in licence
            if _name(e) == name
        ]
        yield from sorted(lines)
    yield from sorted(f"payment: {_payment(e)[1]}" for e in licence if _name(e) == "payment")


def _words(element: Element) -> list[str]:
    # The draft of 2025 had commas, the standard blanks.
    return [word for word in re.split(r"[\s,]+", element.text or "") if word]


def _name(element: Element) -> str:
    """The name of an element of RSL, empty for one of another namespace (extensions are ignored, section 3)."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.removeprefix(f"{{{NAMESPACE}}}") if tag.startswith(f"{{{NAMESPACE}}}") else ""

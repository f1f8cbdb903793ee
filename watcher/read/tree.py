"""A page as a lexbor tree: parsed, without what nobody sees, with the few facts of its head."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from watcher.model.folding import tidy
from watcher.read.links import clean_link

UNSEEN = [
    "script", "style", "svg", "noscript", "template", "iframe", "link", "meta", "object", "embed", "canvas",
    "video", "audio", "picture", "img", "map", "head",
]  # fmt: skip
"""Elements that never hold words of a document."""

_LONGEST_TITLE = 500
_REFRESH = re.compile(r"^\s*(\d+)\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)", re.I)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says beside its text. `title` is its `<title>`.

    `refresh` is where a `<meta http-equiv=refresh>` of at most five seconds leads, else empty; `scripts` the number
    of script elements, `noscript` the words shown where scripts do not run, `password` whether it asks for one.
    """

    title: str = ""
    refresh: str = ""
    scripts: int = 0
    noscript: str = ""
    password: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. `base` is what its links are relative to."""

    body: LexborNode
    base: str
    facts: Facts


def parse(html: str, url: str = "") -> Page:
    """The page's tree without scripts, styles and media. Any text gives a page."""
    tree = LexborHTMLParser(html.replace("\x00", ""))
    title = tree.css_first("title")
    facts = Facts(
        title=tidy(title.text()[:_LONGEST_TITLE]) if title is not None else "",
        refresh=_refresh(tree),
        scripts=len(tree.css("script")),
        noscript=" ".join(tidy(node.text(separator=" ")) for node in tree.css("noscript")),
        password=tree.css_first("input[type=password]") is not None,
    )
    base = tree.css_first("base[href]")
    where = clean_link(base.attributes.get("href") or "", url) if base is not None else ""
    tree.strip_tags(UNSEEN)
    body = tree.body
    if body is None:
        body = LexborHTMLParser("<body></body>").body
        assert body is not None
    return Page(body, where or url, facts)


def _refresh(tree: LexborHTMLParser) -> str:
    for meta in tree.css("meta[http-equiv]"):
        if (meta.attributes.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.match(meta.attributes.get("content") or "")
            if found and int(found[1]) <= 5:
                return found[2].strip()
    return ""

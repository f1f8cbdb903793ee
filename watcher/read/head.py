"""What a page says to machines in its head, and the links that it shows to people."""

from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from watcher.model.fetched import Fetched
from watcher.model.folding import tidy
from watcher.model.signal import Link, PageHead
from watcher.read.charset import decode
from watcher.read.links import clean_link

RSL = "application/rsl+xml"
"""The media type of Really Simple Licensing (RSL 1.0, section 3)."""

_LONGEST_LABEL = 200


def page_head(fetched: Fetched) -> PageHead:
    """The metas with a name, and the RSL licences of `<link rel=license>` and `<script>` (RSL 1.0, section 4)."""
    tree = _tree(fetched)
    here = fetched.final_url or fetched.url
    metas = tuple(
        ((node.attributes.get("name") or "").strip().lower(), tidy(node.attributes.get("content") or ""))
        for node in tree.css("meta[name]")
    )
    named = (
        clean_link(node.attributes.get("href") or "", here)
        for node in tree.css("link[rel][href]")
        if "license" in _words(node, "rel") and _words(node, "type") == [RSL]
    )
    held = (node.text() for node in tree.css("script[type]") if _words(node, "type") == [RSL])
    return PageHead(metas, tuple(dict.fromkeys(filter(None, named))), tuple(held))


def canonical(fetched: Fetched) -> str:
    """The address that a page calls its own (RFC 6596), empty when it names none."""
    for node in _tree(fetched).css("link[rel][href]"):
        if "canonical" in _words(node, "rel"):
            return clean_link(node.attributes.get("href") or "", fetched.final_url or fetched.url)
    return ""


def page_links(fetched: Fetched, select: Sequence[str] = ()) -> tuple[Link, ...]:
    """Every link to another page with words, in the page's order; without `select` every one counts as inside."""
    tree = _tree(fetched)
    base = tree.css_first("base[href]")
    here = fetched.final_url or fetched.url
    root = clean_link(base.attributes.get("href") or "", here) if base is not None else here
    links = list(_links(tree, root or here))
    if not select:
        return tuple(links)
    soup = BeautifulSoup(decode(fetched.body, fetched.header("content-type")), "lxml")
    inside = {
        clean_link(str(anchor.get("href", "")), root or here)
        for selector in select
        for element in soup.select(selector)
        for anchor in (element, *element.select("a[href]"))
    }
    return tuple(Link(link.label, link.url, link.url in inside) for link in links)


def _links(tree: LexborHTMLParser, base: str) -> Iterator[Link]:
    for node in tree.css("a[href]"):
        url = clean_link(node.attributes.get("href") or "", base).partition("#")[0]
        label = tidy(node.text(separator=" ")) or tidy(node.attributes.get("aria-label") or "")
        if url.startswith(("http://", "https://")) and label:
            yield Link(label[:_LONGEST_LABEL], url)


def _tree(fetched: Fetched) -> LexborHTMLParser:
    return LexborHTMLParser(decode(fetched.body, fetched.header("content-type")).replace("\x00", ""))


def _words(node: LexborNode, attribute: str) -> list[str]:
    return (node.attributes.get(attribute) or "").lower().split()

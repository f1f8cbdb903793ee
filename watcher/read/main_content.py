"""Finds the document on a page that nobody described, by cutting away what is not it.

The order: landmarks and named furniture go, then the main landmark is entered if it holds the text, then the tree is
walked towards the bulk of the text while neighbours that hold no prose are dropped.
"""

import re
from collections.abc import Callable

from selectolax.lexbor import LexborNode

from watcher.model.folding import fold
from watcher.read.junk import BANNER_NAMES, FURNITURE_NAMES, NOT_CONTENT_ROLES
from watcher.read.weight import Scales, Weight, elements, names

_INSIDE = frozenset(["p", "span", "a", "li", "th", "dl", "ul", "ol"])
_TEXT_BLOCKS = frozenset(
    [
        "html",
        "body",
        "main",
        "p",
        "li",
        "td",
        "tr",
        "tbody",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "dd",
        "b",
        "strong",
    ]
)
_LISTING = frozenset(["ul", "ol", "div", "section", "nav", "aside", "p"])
_INLINE = frozenset(["span", "b", "strong", "i", "em", "p"])
_DATE = re.compile(r"\b(?:19|20)\d\d\b")
_POLICY_NAME = re.compile(r"cookie[-_]?(?:policy|declaration|list|table|statement)", re.I)


def cut_furniture(body: LexborNode) -> Scales:
    """Take banners, menus and bars out of the tree in place; returns the weights of what is left.

    Nothing goes that holds a large share of the page's prose, whatever its name: some sites call everything "sidebar".
    """
    scales = Scales(body)
    whole = scales(body)
    _each(body, scales, lambda node: _is_furniture(node, scales(node), whole))
    return scales


def cut_banners(part: LexborNode) -> None:
    """Take consent banners and dialogs out of a part that an operator chose; everything else is trusted."""
    scales = Scales(part)
    whole = scales(part)
    _each(part, scales, lambda node: _is_banner(node, scales(node), whole))


def find_main(body: LexborNode) -> LexborNode:
    """The element that holds the document, with its surroundings cut away in place. May be the body itself."""
    scales = cut_furniture(body)
    root = _landmark(body, scales)
    titles = {fold(heading.text()) for heading in root.css("h1, h2, h3, h4")}
    _each(root, scales, lambda node: _is_contents_list(node, scales(node), scales(root), titles))
    _trim(root, scales)
    return root


def _each(root: LexborNode, scales: Scales, goes: Callable[[LexborNode], bool]) -> None:
    stack = [root]
    while stack:
        for child in list(elements(stack.pop())):
            if scales(child).chars == 0:
                continue
            if goes(child):
                scales.remove(child)
            else:
                stack.append(child)


def _is_furniture(node: LexborNode, weight: Weight, whole: Weight) -> bool:
    tag = node.tag
    if tag in _TEXT_BLOCKS:
        return False
    share = weight.prose / whole.prose if whole.prose else weight.chars / (whole.chars or 1)
    role = (node.attributes.get("role") or "").lower()
    if tag == "nav" or role in NOT_CONTENT_ROLES:
        return share < 0.4
    if tag in ("aside", "footer", "header") or role == "complementary":
        return _is_outer(node, tag, weight) and share < 0.3
    named = FURNITURE_NAMES.search(names(node)) and (weight.prose == 0 or weight.link_share > 0.3)
    return _is_banner(node, weight, whole) or bool(named and share < 0.1)


def _is_banner(node: LexborNode, weight: Weight, whole: Weight) -> bool:
    called = names(node)
    named = BANNER_NAMES.search(called) and not _POLICY_NAME.search(called)
    dialog = (node.attributes.get("role") or "") in ("dialog", "alertdialog")
    return bool(named or dialog) and weight.chars < 0.3 * whole.chars


def _is_outer(node: LexborNode, tag: str | None, weight: Weight) -> bool:
    """Whether a header, footer or aside belongs to the page rather than to the document."""
    if tag == "header":
        return node.css_first("h1") is None and not (_within_document(node) and weight.link_share < 0.5)
    if tag == "footer":
        return not (_within_document(node) and weight.link_share < 0.3 and weight.prose > 0)
    return not (_within_document(node) and weight.link_share < 0.1 and weight.prose > 0)


def _within_document(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in ("main", "article") or (above.attributes or {}).get("role") == "main":
            return True
        above = above.parent
    return False


def _landmark(body: LexborNode, scales: Scales) -> LexborNode:
    """`<main>`, `[role=main]` or a lone `<article>` if it holds most of the prose, else the body."""
    best = body
    for node in body.css("main, [role=main], article"):
        weight, whole = scales(node), scales(body)
        holds = weight.chars >= 0.6 * whole.chars or (whole.prose and weight.prose >= 0.8 * whole.prose)
        if holds and (best is body or weight.chars > scales(best).chars):
            best = node
    return best


def _is_contents_list(node: LexborNode, weight: Weight, whole: Weight, titles: set[str]) -> bool:
    """A table of contents: only links, and within the page or named like its headings. Its words come again below."""
    if (
        node.tag not in _LISTING
        or weight.links < 3
        or weight.link_share < 0.8
        or weight.chars > 0.25 * whole.chars
    ):
        return False
    within = weight.anchors
    if within < 0.8 * weight.links:
        within = sum(fold(link.text()) in titles for link in node.css("a"))
    return within >= 0.8 * weight.links


def _trim(root: LexborNode, scales: Scales) -> None:
    """Walk towards the bulk of the text; at each step drop neighbours that are no part of a document."""
    node = root
    total = scales(root).chars
    while True:
        children = [child for child in elements(node) if scales(child).chars]
        if not children:
            return
        top = max(children, key=lambda child: scales(child).chars)
        if scales(top).chars < 0.6 * scales(node).chars or top.tag in _INSIDE:
            return
        if sum(scales(child).prose > 0 for child in children) > 2:
            return
        at = children.index(top)
        for i, child in enumerate(children):
            if child.mem_id != top.mem_id and not _is_kin(child, scales(child), total, i < at):
                scales.remove(child)
        node = top


def _is_kin(node: LexborNode, weight: Weight, total: int, before: bool) -> bool:
    """Whether a neighbour of the bulk belongs to the document: prose, a title, a date, a table; not links and calls."""
    if node.tag in _INLINE:
        return True
    if weight.link_share > 0.6:
        return False
    if weight.prose or weight.chars > 0.05 * total or node.css_first("table, dl, h1") is not None:
        return True
    if before and (node.tag in ("h1", "h2", "h3") or node.css_first("h2") is not None):
        return True
    return bool(_DATE.search(node.text(separator=" "))) and weight.links < 3 and "©" not in node.text()

"""CSS selectors that an operator gave for a page: which parts are the document, and which parts of those are not."""

from collections.abc import Sequence

from selectolax.lexbor import LexborNode, SelectolaxError

from watcher.errors import SelectorError


def take_out(body: LexborNode, remove: Sequence[str]) -> None:
    """Remove everything that matches one of the selectors, in place. Selectors that match nothing are no error."""
    for selector in remove:
        found = {node.mem_id: node for node in matches(body, selector)}
        for node in found.values():
            if not _inside(node, found):
                node.decompose()


def pick(body: LexborNode, select: Sequence[str], where: str = "") -> list[LexborNode]:
    """The elements that match any selector, in the order of the page, without those inside another match.

    Raises SelectorError when nothing matches.
    """
    found: dict[int, LexborNode] = {}
    for selector in select:
        for node in matches(body, selector):
            found[node.mem_id] = node
    outer = {key: node for key, node in found.items() if not _inside(node, found)}
    if not outer:
        raise SelectorError(select, where=where)
    return [node for node in _in_order(body) if node.mem_id in outer]


def matches(body: LexborNode, selector: str) -> list[LexborNode]:
    """All matches of one selector; a selector that cannot be parsed matches nothing (settings check them earlier)."""
    try:
        return list(body.css(selector))
    except (SelectolaxError, ValueError):
        return []


def _inside(node: LexborNode, found: dict[int, LexborNode]) -> bool:
    above = node.parent
    while above is not None:
        if above.mem_id in found:
            return True
        above = above.parent
    return False


def _in_order(body: LexborNode) -> list[LexborNode]:
    return list(body.traverse(include_text=False))

"""How much text each element of a page holds, and of which kind: the ground on which the document is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

_PROSE = 60
_SIGNS = re.compile(r"\W+")
_BLOCKS = frozenset(["p", "li", "td", "th", "dd", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"])


@dataclass(slots=True)
class Weight:
    """Of one element with all below it.

    Letters, letters in links, links, links within the page, letters in long stretches outside links ("prose"), and
    elements that hold text blocks.
    """

    chars: int = 0
    link_chars: int = 0
    links: int = 0
    anchors: int = 0
    prose: int = 0
    blocks: int = 0

    def add(self, other: "Weight", sign: int = 1) -> None:
        """Take another element's weight in (or out, with `sign` -1)."""
        self.chars += sign * other.chars
        self.link_chars += sign * other.link_chars
        self.links += sign * other.links
        self.anchors += sign * other.anchors
        self.prose += sign * other.prose
        self.blocks += sign * other.blocks

    @property
    def link_share(self) -> float:
        """Letters in links as a share of all, 0 to 1."""
        return self.link_chars / self.chars if self.chars else 0.0


class Scales:
    """The weights of a whole tree, kept right while parts are taken out."""

    def __init__(self, root: LexborNode) -> None:
        self.root = root
        self._of: dict[int, Weight] = {}
        self._weigh(root)

    def __call__(self, node: LexborNode) -> Weight:
        """The weight of an element of the tree."""
        return self._of.get(node.mem_id) or Weight()

    def remove(self, node: LexborNode) -> None:
        """Take an element out of the tree and its weight off all that held it."""
        weight = self(node)
        above = node.parent
        while above is not None and above.mem_id in self._of:
            self._of[above.mem_id].add(weight, -1)
            above = above.parent
        node.decompose()

    def _weigh(self, root: LexborNode) -> None:
        order: list[tuple[LexborNode, bool]] = []
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, in_link = stack.pop()
            in_link = in_link or node.tag == "a"
            order.append((node, in_link))
            stack.extend((child, in_link) for child in elements(node))
        for node, in_link in reversed(order):
            own = Weight()
            tag = node.tag
            if tag == "a":
                own.links = 1
                own.anchors = int((node.attributes.get("href") or "").startswith("#"))
            elif tag in _BLOCKS:
                own.blocks = 1
            text = _SIGNS.sub("", node.text(deep=False) or "")
            if text:
                own.chars = len(text)
                if in_link:
                    own.link_chars = own.chars
                elif own.chars >= _PROSE:
                    own.prose = own.chars
            for child in elements(node):
                own.add(self._of[child.mem_id])
            self._of[node.mem_id] = own


def elements(node: LexborNode) -> Iterator[LexborNode]:
    """The child elements, without texts and comments."""
    return (child for child in node.iter(include_text=False) if child.tag and child.tag[0] not in "-_!")


def names(node: LexborNode) -> str:
    """Class and id as one string to match names in."""
    found = node.attributes
    return f"{found.get('class') or ''} {found.get('id') or ''}".strip()

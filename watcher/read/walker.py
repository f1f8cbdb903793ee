"""Walks HTML that was cut to the document and writes down its blocks, with BeautifulSoup on lxml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from watcher.model.folding import tidy
from watcher.model.text import ClauseKind
from watcher.read.blocks import Block
from watcher.read.inline import BREAK, Run, plain
from watcher.read.junk import is_interface, is_relative_date
from watcher.read.links import clean_link, decode_email
from watcher.read.numbering import marker
from watcher.read.tables import is_layout, rows

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_LISTS = frozenset(["ul", "ol", "menu", "dir"])
_CONTROLS = frozenset(
    ["input", "select", "textarea", "option", "optgroup", "datalist", "progress", "meter", "dialog"]
)
_BOLD = frozenset(["b", "strong"])
_ITALIC = frozenset(["i", "em", "cite", "dfn", "var"])
_ANCHOR_SIGNS = frozenset(["#", "¶", "🔗", "§", "permalink", "link"])
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_DEEPEST = 200
_HEADING_WORDS = 40
_OPENER_WORDS = 30


@dataclass(slots=True)
class _Item:
    """A list item being read; only its first block is the item, the others are paragraphs in it."""

    marker: str
    used: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: what a block here would be, and the style of text."""

    kind: ClauseKind = "paragraph"
    level: int = 0
    depth: int = 0
    nested: int = 0
    item: _Item | None = None
    style: Run = field(default_factory=lambda: Run(""))


def read_blocks(html: str, base: str) -> list[Block]:
    """The blocks of an HTML fragment in order; links absolute against `base`."""
    walker = _Walker(base)
    soup = BeautifulSoup(html, "lxml")
    walker.note_blocks(soup)
    walker.inside(soup, _Place())
    walker.flush(_Place())
    return walker.blocks


class _Walker:
    def __init__(self, base: str, in_cell: bool = False) -> None:
        self.in_cell = in_cell
        self.blocks: list[Block] = []
        self.base = base
        self._runs: list[Run] = []
        self._holders: set[int] = set()

    def note_blocks(self, soup: BeautifulSoup) -> None:
        """Remember which elements hold blocks, whatever their own name: `<span><div>` is common."""
        for tag in soup.find_all(lambda tag: tag.name in _BLOCKS or _is_opener(tag)):
            for above in tag.parents:
                if id(above) in self._holders:
                    break
                self._holders.add(id(above))

    def flush(self, place: _Place) -> None:
        """End the block that is being written."""
        runs, self._runs = self._runs, []
        text = plain(runs)
        if not text:
            return
        kind, number = place.kind, ""
        if place.item is not None and kind == "item":
            if place.item.used:
                kind = "paragraph"
            else:
                place.item.used, number = True, place.item.marker
        if not self.in_cell and self._is_label(kind, text, runs, place):
            return
        self.blocks.append(
            Block(kind, tuple(runs), place.level if kind == "heading" else 0, place.depth, number)
        )

    @staticmethod
    def _is_label(kind: ClauseKind, text: str, runs: list[Run], place: _Place) -> bool:
        """A button's words and the like; what stands in bold or in a list of its own may be a real clause."""
        if kind == "heading":
            return not place.level and is_interface(text)
        linked = all(run.href for run in runs if run.text.strip())
        return (linked or (kind == "paragraph" and not any(run.bold for run in runs))) and is_interface(text)

    def inside(self, element: Tag, place: _Place) -> None:
        """Read all that an element holds."""
        if place.nested > _DEEPEST:
            self._write(" ".join(element.stripped_strings), place)
            return
        place = replace(place, nested=place.nested + 1)
        for child in element.children:
            if isinstance(child, Tag):
                if child.name == "span" and self._starts_anew(child):
                    self.flush(place)
                self._element(child, place)
            elif type(child) is NavigableString:
                self._write(str(child), place)

    def _starts_anew(self, span: Tag) -> bool:
        """Whether a span is a block by its style: without a break, "uses.We" would stand on the page."""
        beside = span.previous_sibling
        if not (self._runs and isinstance(beside, Tag) and beside.name == "span"):
            return False
        before, after = beside.get_text(), span.get_text()
        if not (before and after) or before[-1].isspace() or not after[0].isupper():
            return False
        ended = before[-1] in ".!?:;…" and (before[-2:-1].isalnum() or before[-2:-1] in '”"’)%]')
        return (ended and " " in before + after) or (before[-1].islower() and " " in before and " " in after)

    def _write(self, text: str, place: _Place) -> None:
        if text:
            style = place.style
            self._runs.append(Run(_SPACE.sub(" ", text), style.bold, style.italic, style.href))

    def _element(self, tag: Tag, place: _Place) -> None:
        name = tag.name
        if name == "br":
            self._runs.append(replace(place.style, text=BREAK))
        elif name in _CONTROLS or _is_hidden_label(tag):
            return
        elif name in _HEADINGS or tag.get("role") == "heading":
            self._heading(tag, _rank(tag), place)
        elif _is_opener(tag):
            self._heading(tag, 0, place)
        elif name == "button" or (tag.get("role") == "button" and not _in_running_text(tag)):
            return
        elif name in _LISTS:
            self._list(tag, place)
        elif name == "table":
            self._table(tag, place)
        elif name in _BLOCKS or id(tag) in self._holders:
            self._block(tag, place)
        else:
            self._inline(tag, place)

    def _block(self, tag: Tag, place: _Place) -> None:
        self.flush(place)
        inner = place
        if tag.name == "li":
            inner = replace(place, kind="item", depth=max(1, place.depth), item=_Item(""))
        elif tag.name == "dt":
            inner = replace(place, kind="term")
        elif tag.name == "blockquote" and place.kind == "paragraph":
            inner = replace(place, kind="quote")
        elif tag.name == "a":
            inner = replace(place, style=replace(place.style, href=self._target(tag)))
        elif tag.name in _BOLD:
            inner = replace(place, style=replace(place.style, bold=True))
        if tag.name == "pre":
            self._preformatted(tag, inner)
        else:
            self.inside(tag, inner)
        self.flush(inner)

    def _preformatted(self, tag: Tag, place: _Place) -> None:
        for text in tag.get_text().replace("\r\n", "\n").split("\n"):
            self._write(text, place)
            self._runs.append(Run(BREAK))

    def _heading(self, tag: Tag, rank: int, place: _Place) -> None:
        self.flush(place)
        text = tidy(tag.get_text(" "))
        short = len(text.split()) <= (_HEADING_WORDS if rank else _OPENER_WORDS)
        if not short or tag.find(["ul", "ol", "table"]) is not None:
            self.inside(tag, place)
            self.flush(place)
            return
        for child in _texts(tag):
            if isinstance(child, Tag):
                self._element(child, replace(place, kind="heading"))
            else:
                self._write(child, place)
        self._runs = [
            replace(run, href="" if run.href.startswith(f"{self.base}#") else run.href) for run in self._runs
        ]
        self.flush(replace(place, kind="heading", level=rank))

    def _list(self, tag: Tag, place: _Place) -> None:
        self.flush(place)
        depth, at = place.depth + 1, 0
        for child in tag.children:
            if isinstance(child, Tag) and child.name == "li":
                item = _Item(marker(tag, child, at))
                at += 1
                inner = replace(place, kind="item", depth=depth, item=item)
                self.inside(child, inner)
                self.flush(inner)
            elif isinstance(child, Tag):
                inner = replace(place, depth=depth)
                self._element(child, inner)
                self.flush(inner)
            elif type(child) is NavigableString and child.strip():
                self._write(str(child), place)
                self.flush(place)

    def _table(self, tag: Tag, place: _Place) -> None:
        self.flush(place)
        caption = tag.find("caption")
        if isinstance(caption, Tag):
            self.inside(caption, place)
            self.flush(place)
        for cells in rows(tag):
            if is_layout(cells):
                for cell in cells:
                    self.inside(cell, replace(place, kind="paragraph", item=None))
                    self.flush(place)
                continue
            filled = [runs for runs in (self._cell(cell, place) for cell in cells) if plain(runs)]
            joined: list[Run] = []
            for runs in filled:
                joined += [Run(" | "), *runs] if joined else runs
            if filled:
                self.blocks.append(Block("row", tuple(joined), depth=place.depth))

    def _cell(self, cell: Tag, place: _Place) -> list[Run]:
        inner = _Walker(self.base, in_cell=True)
        inner._holders = self._holders
        inner.inside(cell, _Place(nested=place.nested))
        inner.flush(_Place())
        joined: list[Run] = []
        for block in inner.blocks:
            joined += [Run(" "), *block.runs] if joined else block.runs
        return [replace(run, text=run.text.replace(BREAK, " ")) for run in joined]

    def _inline(self, tag: Tag, place: _Place) -> None:
        name, style = tag.name, place.style
        code = tag.get("data-cfemail")
        if isinstance(code, str) and code:
            self._write(decode_email(code), place)
            return
        if name == "a":
            if tag.get_text().strip().lower() in _ANCHOR_SIGNS:
                return
            style = replace(style, href=self._target(tag) or style.href)
        elif name in _BOLD or _weighs_bold(tag):
            style = replace(style, bold=True)
        elif name in _ITALIC:
            style = replace(style, italic=True)
        elif name in ("time", "relative-time", "time-ago") and is_relative_date(tag.get_text()):
            self._write(str(tag.get("datetime") or "")[:10], place)
            return
        self.inside(tag, replace(place, style=style))

    def _target(self, tag: Tag) -> str:
        return clean_link(str(tag.get("href") or ""), self.base)


def _texts(tag: Tag) -> Iterator[Tag | str]:
    """The inline parts of a heading, in whatever blocks they are wrapped."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name in _BLOCKS or child.name == "button" or child.find(list(_BLOCKS)) is not None:
                yield " "
                yield from _texts(child)
                yield " "
            else:
                yield child
        elif type(child) is NavigableString:
            yield str(child)


def _rank(tag: Tag) -> int:
    told = str(tag.get("aria-level") or "")
    return _HEADINGS.get(tag.name) or (int(told) if told.isdecimal() and 1 <= int(told) <= 6 else 2)


def _is_opener(tag: Tag) -> bool:
    """A thing that opens a collapsed section: its words are the section's heading."""
    if tag.name == "summary":
        return True
    if tag.name != "button" and tag.get("role") not in ("button", "tab"):
        return False
    opens = tag.has_attr("aria-expanded") or tag.get("role") == "tab"
    return (
        opens
        and not tag.has_attr("aria-haspopup")
        and bool(tag.get_text().strip())
        and not _in_running_text(tag)
    )


def _in_running_text(tag: Tag) -> bool:
    """Whether words stand beside an element in the same parent, so that it is part of a sentence."""
    siblings: list[PageElement] = [tag.previous_sibling, tag.next_sibling]  # type: ignore[list-item]
    return any(type(beside) is NavigableString and len(beside.strip()) > 1 for beside in siblings)


def _is_hidden_label(tag: Tag) -> bool:
    """Hidden words of the interface; longer hidden text is a collapsed section and stays."""
    if tag.name in _BLOCKS or not (
        tag.has_attr("hidden")
        or tag.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(str(tag.get("style") or ""))
    ):
        return False
    return len(tag.get_text(" ").split()) <= 8


def _weighs_bold(tag: Tag) -> bool:
    style = str(tag.get("style") or "").lower().replace(" ", "")
    return tag.name in ("span", "font", "u") and bool(re.search(r"font-weight:(?:bold|[6-9]00)", style))

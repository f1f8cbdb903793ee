"""Markdown as blocks: CommonMark with tables (markdown-it-py), and the dialects that other archives write."""

import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from watcher.model.text import Clause, ClauseKind
from watcher.read.blocks import Block, assemble
from watcher.read.inline import BREAK, Run, plain
from watcher.read.links import clean_link

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_PIPED = re.compile(r"^\s*\|.*\|\s*$")
_RULE_ROW = re.compile(r"^[\s|:-]+$")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)
_LAYOUT_WORDS = 220


def read_markdown(text: str, base: str = "") -> tuple[Clause, ...]:
    """The clauses of a Markdown text; links absolute against `base`. Any text can be read."""
    return assemble(_Reader(base).read(_parser().parse(text.replace("\x00", ""))))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


@dataclass(slots=True)
class _List:
    ordered: bool
    marker: str = ""
    fresh: bool = False


class _Reader:
    """Turns markdown-it's tokens into blocks."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.lists: list[_List] = []
        self.quotes = 0
        self.row: list[list[Run]] | None = None

    def read(self, tokens: Sequence["Token"]) -> Iterator[Block]:
        """The blocks in order."""
        level = 0
        for token in tokens:
            kind = token.type
            if kind == "inline":
                yield from self._inline(token, level)
            elif kind in ("heading_open", "heading_close"):
                level = int(token.tag[1]) if token.nesting > 0 else 0
            elif kind in ("tr_open", "tr_close"):
                yield from _row(self.row or [], len(self.lists))
                self.row = [] if token.nesting > 0 else None
            elif kind in ("code_block", "fence", "html_block"):
                yield from self._verbatim(token)
            elif kind.startswith("blockquote"):
                self.quotes += token.nesting
            else:
                self._nest(token)

    def _nest(self, token: "Token") -> None:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.lists.append(_List(token.type.startswith("ordered")))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            here = self.lists[-1]
            here.marker = f"{token.info}{token.markup}" if here.ordered else ""
            here.fresh = True

    def _inline(self, token: "Token", level: int) -> Iterator[Block]:
        if self.row is not None:
            self.row.append(self._runs(token.children or []))
            return
        lines = token.content.split("\n")
        if all(_PIPED.match(line) for line in lines) and not level:
            for line in lines:
                if not _RULE_ROW.match(line):
                    yield from _row([self._parsed(cell) for cell in _cells(line)], len(self.lists))
            return
        runs = self._runs(token.children or [])
        if level:
            yield Block("heading", tuple(_unbroken(runs)), level=level)
        else:
            yield self._block(runs)

    def _block(self, runs: Sequence[Run]) -> Block:
        kind: ClauseKind = "quote" if self.quotes and not self.lists else "paragraph"
        marker = ""
        if self.lists and self.lists[-1].fresh and plain(runs):
            kind, marker = "item", self.lists[-1].marker
            self.lists[-1].fresh = False
        return Block(kind, tuple(runs), depth=len(self.lists), marker=marker)

    def _verbatim(self, token: "Token") -> Iterator[Block]:
        if token.type == "html_block":
            from watcher.read.walker import read_blocks

            for block in read_blocks(token.content, self.base):
                yield replace(block, depth=block.depth + len(self.lists))
            return
        # Text that is indented by accident is far more common in terms than code.
        yield self._block([Run(token.content.strip("\n"))])

    def _parsed(self, text: str) -> list[Run]:
        inline = _parser().parseInline(text.strip())
        return self._runs(inline[0].children or []) if inline else []

    def _runs(self, children: Sequence["Token"]) -> list[Run]:
        runs: list[Run] = []
        bold = italic = 0
        href = ""
        for token in children:
            match token.type:
                case "text" | "code_inline" | "text_special":
                    runs.append(Run(token.content, bold > 0, italic > 0, href))
                case "softbreak" | "hardbreak":
                    runs.append(Run(BREAK))
                case "strong_open":
                    bold += 1
                case "strong_close":
                    bold -= 1
                case "em_open":
                    italic += 1
                case "em_close":
                    italic -= 1
                case "link_open":
                    href = clean_link(entities.unescape(str(token.attrs.get("href") or "")), self.base)
                case "link_close":
                    href = ""
                case "html_inline" if _BREAK_TAG.fullmatch(token.content):
                    runs.append(Run(BREAK))
                case _:
                    pass
        return runs


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return re.split(r"(?<!\\)\|", inner)


def _row(cells: Sequence[Sequence[Run]], depth: int) -> Iterator[Block]:
    filled = [runs for runs in cells if plain(runs)]
    words = sum(len(plain(runs).split()) for runs in filled)
    breaks = max((sum(run.text == BREAK for run in runs) for runs in filled), default=0)
    if len(filled) == 1 or (breaks > 2 and words > _LAYOUT_WORDS):
        for runs in filled:
            yield Block("paragraph", tuple(runs), depth=depth)
        return
    joined: list[Run] = []
    for runs in filled:
        flat = _unbroken(runs)
        joined += [Run(" | "), *flat] if joined else flat
    if joined:
        yield Block("row", tuple(joined), depth=depth)


def _unbroken(runs: Sequence[Run]) -> list[Run]:
    return [replace(run, text=run.text.replace(BREAK, " ")) for run in runs]

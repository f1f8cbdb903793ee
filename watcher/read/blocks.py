"""From a flat run of blocks, however a page was written, to clauses with headings above them and lead-ins."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from watcher.model.text import Clause, ClauseKind
from watcher.read.inline import Run, all_bold, drop_start, lines, markdown, plain
from watcher.read.wrapped import continued

_BULLET = re.compile(r"[•·‣◦▪▫●○■□➢➤✓✔✗*–—-](?:\s+|(?=[^\W\d_]{2}))|[•‣◦▪●■➢➤✓✔]\s*")
_NUMBER = re.compile(r"(?:\((?:\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})\)|(?:[a-z]|[ivx]{1,5})[.)](?=\s))\s*", re.I)
_MARKER_IN_ITEM = re.compile(
    r"(?:\((?:\d{1,3}|[a-z]{1,2}|[ivxlc]{1,6})\)|(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+", re.I
)
_INTRO_WORDS = re.compile(
    r"\b(?:following|below|as follows|suivant\w*|ci-(?:après|dessous)|seguent[ei]|quanto segue|folgend\w*"
    r"|siguientes?|a continuación)\b",
    re.I,
)
_ENDS_SENTENCE = re.compile(r"[.!?;。！？][\"'”’»)\]]*$")
_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Block:
    """One block as it stood on the page. `depth` is the number of lists around it; `level` a heading's rank.

    `runs` may hold line breaks. A row has its cells joined already.
    """

    kind: ClauseKind
    runs: tuple[Run, ...]
    level: int = 0
    depth: int = 0
    marker: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A block with its text, which is asked for many times."""

    block: Block
    text: str


def assemble(blocks: Iterable[Block]) -> tuple[Clause, ...]:
    """Clauses in order, with paths and lead-ins; made-up headings and bullets become real ones."""
    parts = [_Part(part, plain(part.runs)) for block in blocks for part in _split(block)]
    worded = [part for part in parts if any(map(str.isalnum, part.text))]
    return tuple(_outlined(_ranked(_once(_unwrapped(worded)))))


def _unwrapped(parts: list[_Part]) -> list[_Part]:
    """Without the breaks of printed lines, which would part "will not use" from "to train"."""
    joined = continued([(part.block.kind, part.text) for part in parts])
    if not joined:
        return parts
    whole: list[_Part] = []
    for at, part in enumerate(parts):
        if at in joined:
            before = whole.pop().block
            runs = (*before.runs, Run(" "), *part.block.runs)
            whole.append(_Part(replace(before, runs=runs), plain(runs)))
        else:
            whole.append(part)
    return whole


def _once(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Without a title that repeats the one before it, as an opener and its heading do."""
    before: _Part | None = None
    for part in parts:
        twice = (
            before is not None
            and part.text == before.text
            and "heading" in (part.block.kind, before.block.kind)
        )
        if not twice:
            before = part
            yield part


def _split(block: Block) -> Iterator[Block]:
    """Paragraphs parted by empty lines, bullets typed by hand, and headings that end with a line break."""
    if block.kind in ("heading", "row"):
        yield block
        return
    if block.kind == "item" and not block.marker:
        block = _with_written_marker(block)
    cut = [(line, plain(line)) for line in lines(block.runs)]
    if len(cut) == 1 and (block.kind == "item" or not typed_marker(cut[0][1])):
        yield block
    else:
        yield from _parted(block, cut)


def _parted(block: Block, cut: Sequence[tuple[list[Run], str]]) -> Iterator[Block]:
    chunk: list[Run] = []
    first = True

    def made(kind: ClauseKind, runs: Sequence[Run], marker: str = "", deeper: int = 0) -> Block:
        nonlocal first
        later_in_item = block.kind == "item" and not first
        kind = "paragraph" if kind == "item" and later_in_item and not deeper else kind
        kept = "" if later_in_item else block.marker
        first = False
        return replace(block, kind=kind, runs=tuple(runs), marker=marker or kept, depth=block.depth + deeper)

    for at, (line, text) in enumerate(cut):
        mark = typed_marker(text) if len(text) > 1 and (block.kind != "item" or at) else None
        if not text or mark is not None:
            if plain(chunk):
                yield made(block.kind, chunk)
            chunk = []
        if mark is not None:
            sign, length = mark
            yield made("item", drop_start(line, length), sign, 1)
        elif text:
            if not chunk and at + 1 < len(cut) and cut[at + 1][1] and _like_heading(line, text):
                yield made("heading", line)
            else:
                chunk += [Run(" "), *line] if chunk else line
    if plain(chunk):
        yield made(block.kind, chunk)


def typed_marker(text: str) -> tuple[str, int] | None:
    """A bullet or number that was typed before a text: the number ("" for a bullet) and its length with the blank."""
    bullet = _BULLET.match(text)
    if bullet:
        return "", bullet.end()
    number = _NUMBER.match(text)
    return (number[0].strip(), number.end()) if number and number.end() < len(text) else None


def _with_written_marker(block: Block) -> Block:
    text = plain(block.runs)
    found = _MARKER_IN_ITEM.match(text)
    if found and found.end() < len(text):
        return replace(block, marker=found[0].strip(), runs=tuple(drop_start(block.runs, found.end())))
    bullet = _BULLET.match(text)
    if bullet and bullet.end() < len(text):
        return replace(block, runs=tuple(drop_start(block.runs, bullet.end())))
    return block


def _like_heading(runs: Sequence[Run], text: str) -> bool:
    """A line wholly in bold, short and without the end of a sentence."""
    return (
        all_bold(runs)
        and len(text.split()) <= _HEADING_WORDS
        and not text.endswith((".", ":", ",", ";", "…"))
        and any(c.isalpha() for c in text)
    )


def _ranked(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Bold-only paragraphs become headings one rank below the last real heading."""
    rank = 0
    whole = list(parts)
    for at, part in enumerate(whole):
        block = part.block
        if block.kind == "heading" and block.level:
            rank = block.level
            yield part
            continue
        followed = at + 1 < len(whole) and whole[at + 1].block.kind != "heading"
        plain_paragraph = block.kind == "paragraph" and block.depth == 0 and followed
        if block.kind == "heading" or (plain_paragraph and _like_heading(block.runs, part.text)):
            yield replace(part, block=replace(block, kind="heading", level=min(6, rank + 1), depth=0))
        else:
            yield part


def _outlined(parts: Iterable[_Part]) -> Iterator[Clause]:
    path: list[tuple[int, str]] = []
    leads: dict[int, tuple[str, ...]] = {}
    last: _Part | None = None
    for part in parts:
        block, depth = part.block, part.block.depth
        if block.kind == "heading":
            path = [step for step in path if step[0] < block.level]
            leads = {}
        elif block.kind == "item":
            leads = {inner: lead for inner, lead in leads.items() if inner <= depth}
            # A list inside an item is introduced by the item; a list after a paragraph, by the paragraph.
            if last is not None and depth > last.block.depth:
                leads[depth] = leads.get(last.block.depth, ()) + _introduction(last)
        lead_in = leads.get(depth, ()) if depth else ()
        if block.kind == "paragraph" and last is not None and last.block.kind == "term":
            lead_in = (*lead_in, last.text)
        yield Clause(
            kind=block.kind,
            text=part.text,
            markdown=markdown(_flat(block.runs) if block.kind != "heading" else _unbold(block.runs)),
            path=tuple(title for _, title in path),
            lead_in=lead_in,
            level=block.level if block.kind == "heading" else depth if block.kind == "item" else 0,
            marker=block.marker if block.kind == "item" else "",
        )
        if block.kind == "heading":
            path.append((block.level, part.text))
        last = part


def _introduction(part: _Part) -> tuple[str, ...]:
    block, text = part.block, part.text
    if block.kind == "item":
        return (text,)
    if block.kind in ("heading", "row"):
        return ()
    if (
        text.endswith((":", "：", "—", "–", ","))
        or not _ENDS_SENTENCE.search(text)
        or _INTRO_WORDS.search(text[-200:])
    ):
        return (text,)
    return ()


def _flat(runs: Iterable[Run]) -> list[Run]:
    return [replace(run, text=run.text.replace("\n", " ")) for run in runs]


def _unbold(runs: Iterable[Run]) -> list[Run]:
    return [replace(run, bold=False) for run in _flat(runs)]

"""PDF files as pages: lines from pdfminer.six, joined to paragraphs, with headings and lists by how they are set."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, pairwise

from watcher.errors import ReadError
from watcher.model.folding import tidy
from watcher.read.blocks import Block, assemble, typed_marker
from watcher.read.html import PageText
from watcher.read.inline import Run
from watcher.read.pdf_lines import Line, without_furniture

_LARGER = 1.12
_HEADING_WORDS = 25
_ENDS = (".", "!", "?", ":", ";", "”", '"')
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S")
_MOST_PAGES = 1000
_INDENT = 5.0


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together; `level` is a heading's rank or 0."""

    lines: list[Line]
    level: int
    marker: str | None = None


def read_pdf(body: bytes, where: str = "") -> PageText:
    """The text of a PDF. Raises ReadError when it is broken, locked or holds no text, as scans do."""
    lines = without_furniture(_lines(body, where))
    if not lines:
        raise ReadError(
            "the PDF holds no text", where=where, remedy="It may be a scan; it must be read by a person."
        )
    clauses = assemble(_blocks(lines))
    title = next((clause.text for clause in clauses if clause.kind == "heading"), "")
    return PageText(title, clauses, shown=tuple(clause.text for clause in clauses))


def _lines(body: bytes, where: str) -> list[Line]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer, LTTextLine

    # Its warnings about odd fonts and streams are noise: what cannot be read ends in an error here.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: list[Line] = []
    try:
        for number, page in enumerate(
            extract_pages(BytesIO(body), maxpages=_MOST_PAGES, laparams=LAParams())
        ):
            for box in page:
                if isinstance(box, LTTextContainer):
                    lines = [line for line in box if isinstance(line, LTTextLine)]
                    found.extend(filter(None, (_line(line, number, page.height) for line in lines)))
    except Exception as error:  # pdfminer lets any error of its own parsing out
        raise ReadError(f"the PDF cannot be read ({type(error).__name__})", where=where) from error
    return found


def _line(line: object, page: int, height: float) -> Line | None:
    from pdfminer.layout import LTChar

    text = tidy(line.get_text())  # type: ignore[attr-defined]
    chars = [char for char in line if isinstance(char, LTChar) and char.get_text().strip()]  # type: ignore[attr-defined]
    if not text or not chars:
        return None
    sizes = Counter(round(char.size, 1) for char in chars)
    bold = sum(bool(re.search(r"bold|black|heavy|semib|demi", char.fontname, re.I)) for char in chars)
    x0, y0, x1, y1 = line.bbox  # type: ignore[attr-defined]
    return Line(text, page, x0, x1, y0, y1, height, sizes.most_common(1)[0][0], bold > 0.8 * len(chars))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    paragraphs = _paragraphs(lines)
    words = {word for line in lines for word in line.text.split()}
    for paragraph, depth in zip(paragraphs, _depths(paragraphs), strict=True):
        text = _joined([line.text for line in paragraph.lines], words)
        if paragraph.level:
            yield Block("heading", (Run(text),), level=paragraph.level)
        elif paragraph.marker is not None:
            mark = typed_marker(text)
            start = mark[1] if mark else 0
            yield Block("item", (Run(text[start:]),), depth=depth, marker=paragraph.marker)
        else:
            yield Block("paragraph", (Run(text),))


def _depths(paragraphs: Sequence[_Paragraph]) -> Iterator[int]:
    """How deep each list item is set in, within its own run of items; 0 for what is no item."""
    for listed, group in groupby(paragraphs, key=lambda paragraph: paragraph.marker is not None):
        edges: list[float] = []
        for paragraph in group:
            edge = paragraph.lines[0].x0
            while edges and edge < edges[-1] - _INDENT:
                edges.pop()
            if listed and (not edges or edge > edges[-1] + _INDENT):
                edges.append(edge)
            yield len(edges) if listed else 0


def _paragraphs(lines: Sequence[Line]) -> list[_Paragraph]:
    body = _body_size(lines)
    ranks = _ranks(lines, body)
    gap = _usual_gap(lines)
    right = max(line.x1 for line in lines)
    found: list[_Paragraph] = []
    for line in lines:
        level = _level(line, body, ranks)
        mark = typed_marker(line.text) if not level else None
        before = found[-1] if found else None
        if (
            before is not None
            and mark is None
            and before.level == level
            and _goes_on(before, line, gap, right)
        ):
            before.lines.append(line)
        else:
            found.append(_Paragraph([line], level, mark[0] if mark else None))
    return found


def _goes_on(before: _Paragraph, line: Line, gap: float, right: float) -> bool:
    last = before.lines[-1]
    ended = last.text.endswith(_ENDS)
    if last.page != line.page:
        return not before.level and not ended and not _NUMBERED.match(line.text)
    space = last.y0 - line.y1
    if space > 1.6 * gap + 0.35 * line.size or space < -3 * line.size:
        return False
    if before.level:
        return not _NUMBERED.match(line.text)
    # A line that ends a sentence well before the margin ends its paragraph.
    return not (ended and last.x1 < 0.8 * right)


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _ranks(lines: Sequence[Line], body: float) -> dict[float, int]:
    """Heading ranks by size, the largest first; bold at body size comes below them all."""
    sizes = sorted({line.size for line in lines if line.size >= _LARGER * body}, reverse=True)
    return {size: min(5, rank) for rank, size in enumerate(sizes, 1)}


def _level(line: Line, body: float, ranks: dict[float, int]) -> int:
    if len(line.text.split()) > _HEADING_WORDS or not any(map(str.isalpha, line.text)):
        return 0
    if line.size in ranks:
        return ranks[line.size]
    if line.bold and line.size >= 0.95 * body and not line.text.endswith((".", ",", ";")):
        return min(6, len(set(ranks.values())) + 1)
    return 0


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = Counter(
        round(one.y0 - two.y1, 1)
        for one, two in pairwise(lines)
        if one.page == two.page and 0 <= one.y0 - two.y1 < one.size
    )
    return gaps.most_common(1)[0][0] if gaps else 2.0


def _joined(texts: Sequence[str], words: set[str]) -> str:
    """One text; a word parted at a line's end is mended, unless it is written with its hyphen elsewhere."""
    whole = texts[0]
    for text in texts[1:]:
        first = text.split(" ", 1)[0]
        parted = whole.endswith("-") and whole[-2:-1].isalpha() and first[:1].islower()
        if parted:
            kept = whole.rsplit(" ", 1)[-1] + first
            whole = whole + text if kept in words else whole[:-1] + text
        else:
            whole = f"{whole} {text}"
    return whole

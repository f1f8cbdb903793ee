"""Lines of a PDF, and which of them are page furniture: running headers, footers and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|pagina|seite|página|pag\.?|p\.?|s\.)\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*(?:(?:/|of|sur|di|von|de)\s*\d{1,4})?\W*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Places and sizes in points (1/72 inch), y from the foot of the page; `page` counts from 0."""

    text: str
    page: int
    x0: float
    x1: float
    y0: float
    y1: float
    height: float
    size: float
    bold: bool

    @property
    def in_margin(self) -> bool:
        """Whether the line stands at the head or foot of its page."""
        return self.y0 > (1 - _MARGIN) * self.height or self.y1 < _MARGIN * self.height


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and without what repeats in the margins of several pages."""
    pages = len({line.page for line in lines})
    seen = Counter({key: len(on) for key, on in _pages_of(lines).items()})
    least = max(2, min(3, pages), round(pages * 0.3))

    def stays(line: Line) -> bool:
        if not line.in_margin:
            return True
        if _PAGE_NUMBER.match(line.text):
            return False
        return pages < 2 or seen[_shape(line.text)] < least

    return [line for line in lines if stays(line)]


def _pages_of(lines: Sequence[Line]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for line in lines:
        if line.in_margin:
            found.setdefault(_shape(line.text), set()).add(line.page)
    return found


def _shape(text: str) -> str:
    """The text with its numbers blotted out: "Terms, page 3" and "Terms, page 4" are one."""
    return re.sub(r"\d+", "#", text).casefold()

"""Which tables hold data, a row a clause, and which only place text on the page."""

from collections.abc import Iterator

from bs4.element import Tag

_ROW_WORDS = 220


def rows(table: Tag) -> Iterator[list[Tag]]:
    """The cells of each row, without the rows of tables inside."""
    for row in table.find_all("tr"):
        if row.find_parent("table") is table:
            yield [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]


def is_layout(cells: list[Tag]) -> bool:
    """A row whose cells hold running text, headings or tables of their own is read as paragraphs, cell by cell."""
    if len([cell for cell in cells if cell.get_text(strip=True)]) <= 1:
        return True
    if any(cell.find(["h1", "h2", "h3", "h4", "h5", "h6", "table"]) is not None for cell in cells):
        return True
    blocks = max((len(cell.find_all(["p", "li"])) for cell in cells), default=0)
    return blocks > 2 and sum(len(cell.get_text(" ").split()) for cell in cells) > _ROW_WORDS

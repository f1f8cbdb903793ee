"""PDF pages."""

from watcher.errors import ReadError
from watcher.read.html import PageText


def read_pdf(body: bytes, where: str = "") -> PageText:
    """Not there yet."""
    raise ReadError("PDF cannot be read", where=where)

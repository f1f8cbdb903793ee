"""Plain text and Markdown files as pages."""

from watcher.read.html import PageText
from watcher.read.markdown import read_markdown


def read_plain(text: str, base: str = "") -> PageText:
    """A plain text: its paragraphs, and whatever Markdown signs it carries."""
    clauses = read_markdown(text, base)
    title = next((clause.text for clause in clauses if clause.kind == "heading"), "")
    return PageText(title, clauses, shown=tuple(clause.text for clause in clauses))

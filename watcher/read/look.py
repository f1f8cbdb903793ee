"""One fetched page with what was read from it, and several of them as one document."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from watcher.model.fetched import Fetched
from watcher.model.text import DocumentText
from watcher.read.html import PageText
from watcher.read.language import detect_language


@dataclass(frozen=True)
class Look:
    """One fetched page with what was read from it.

    It was read by its selectors or, if `missed` names some that match nothing, automatically.
    """

    fetched: Fetched
    html: str
    text: PageText
    missed: tuple[str, ...] = ()

    @cached_property
    def alone(self) -> DocumentText:
        """The page as if it were the whole document."""
        return combine([self.text])


def combine(texts: Sequence[PageText]) -> DocumentText:
    """Pages in order as one document, under the first title there is."""
    clauses = tuple(clause for text in texts for clause in text.clauses)
    title = next((text.title for text in texts if text.title), "")
    # Headings and names are short and often English: the language is that of the running text.
    prose = "\n".join(clause.text for clause in clauses if clause.kind != "heading")
    return DocumentText(title, detect_language(prose or title), clauses)

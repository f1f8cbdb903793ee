"""What a package of evidence is made of."""

from dataclasses import dataclass

from watcher.model.alert import Event
from watcher.model.comparison import Comparison
from watcher.model.fetched import Answer
from watcher.model.note import Withdrawal
from watcher.model.text import DocumentText
from watcher.model.version import Evidence, Version


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A raw page behind a version: its bytes, what the server said with them, and a later "nothing changed".

    `answer` is None where nothing is known of it, as with pages that a person saved.
    """

    page: Evidence
    body: bytes
    answer: Answer | None = None
    unmodified: Answer | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """A version with its text and its pages, in order.

    `text` is what was compared. It is another than the version's own where the pages were read anew by a newer reader.
    """

    version: Version
    text: DocumentText
    pages: tuple[SourcePage, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A change with everything that proves it.

    `views` are pages of the comparison by file name, `withdrawn` what its
    publisher took back since, `address` the page of the change on the web, or empty.
    """

    event: Event
    old: Side
    new: Side
    comparison: Comparison
    views: tuple[tuple[str, bytes], ...]
    withdrawn: tuple[Withdrawal, ...]
    site: str
    address: str = ""

    @property
    def sides(self) -> tuple[Side, Side]:
        """Before and after."""
        return self.old, self.new

"""A page as a document: an ordered list of clauses."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from watcher.model.folding import digest, fold, undated
from watcher.model.signal import Link, Signal
from watcher.model.source import DocumentKind

ClauseKind = Literal["heading", "paragraph", "item", "row", "term", "quote"]


@dataclass(frozen=True)
class Clause:
    """One block of a document: a heading, a paragraph, a list item, a table row.

    `text` is plain and tidy; `markdown` the same with emphasis and links (no bullet, no `#`). `path` are the
    headings above it, outermost first. `lead_in` is the text that introduces the list it stands in ("You may
    not:"), outermost first when lists nest. `level` is a heading's rank (1 to 6) or a list item's depth (from 1).
    `marker` is a numbered item's number as written ("2.", "(b)"), empty for a bullet. `said` is what a machine wrote
    there: a signal, or a link of a hub.
    """

    kind: ClauseKind
    text: str
    markdown: str
    path: tuple[str, ...] = ()
    lead_in: tuple[str, ...] = ()
    level: int = 0
    marker: str = ""
    said: Signal | Link | None = None

    @cached_property
    def folded(self) -> str:
        """The words alone, as `watcher.model.folding.fold` gives them; in what machines wrote every sign counts."""
        return fold(self.text) if self.said is None else self.text

    @cached_property
    def key(self) -> str:
        """Stable identity: 16 hexadecimal digits of its words. It survives moves, numbering and punctuation."""
        return digest(self.folded)[:16]


@dataclass(frozen=True)
class DocumentText:
    """A whole document: title, language (BCP 47, "und" when unknown) and clauses in reading order."""

    title: str
    language: str
    clauses: tuple[Clause, ...]
    kind: DocumentKind = "terms"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the exact text: equal if and only if kinds and words of all clauses are equal."""
        return hashlib.sha256(self.exact).hexdigest()

    @property
    def exact(self) -> bytes:
        """The very bytes that the digest is computed from: a line for each clause, its kind, a tab, its words."""
        lines = (f"{clause.kind}\t{clause.text}" for clause in self.clauses)
        return "\n".join(lines).encode("utf-8", "surrogatepass")

    @cached_property
    def loose_digest(self) -> str:
        """SHA-256 of the words alone: equal when two texts differ in punctuation, glyphs, numbering and dates only."""
        return digest("\n".join(undated(clause.folded) for clause in self.clauses if clause.folded))

    @cached_property
    def words(self) -> int:
        """How many words the document has."""
        return sum(len(clause.folded.split()) for clause in self.clauses)

    @property
    def markdown(self) -> str:
        """The whole document as CommonMark, with a newline at its end."""
        return "".join(_markdown(self.clauses))


def _markdown(clauses: tuple[Clause, ...]) -> Iterator[str]:
    before: Clause | None = None
    for clause in clauses:
        together = before is not None and before.kind == clause.kind and clause.kind in ("item", "row")
        if before is not None:
            yield "\n" if together else "\n\n"
        match clause.kind:
            case "heading":
                yield f"{'#' * max(1, min(6, clause.level))} {clause.markdown}"
            case "item":
                yield f"{'    ' * max(0, clause.level - 1)}{clause.marker or '-'} {clause.markdown}"
            case "row":
                yield f"| {clause.markdown} |"
            case "quote":
                yield f"> {clause.markdown}"
            case _:
                yield clause.markdown
        before = clause
    if before is not None:
        yield "\n"

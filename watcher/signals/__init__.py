"""Reads what platforms say besides their terms, and judges what a new version of it changes: no spaCy, only data.

The room that knows robots.txt groups, usage preferences, TDMRep, RSL, ai.txt and "no AI" tags, and lists of legal
documents. Importing it is cheap.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from watcher.model.comparison import Comparison
from watcher.model.fetched import Fetched
from watcher.model.finding import Finding, Judgement, RuleText
from watcher.model.signal import Link, PageHead
from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Reading

if TYPE_CHECKING:
    from watcher.signals.hub import Moves

READER = "signals 1"
"""Version of this reader: raised whenever the same file could give another text than before."""

__all__ = [
    "READER",
    "concerns",
    "explain",
    "findings",
    "hub_moves",
    "judge",
    "licences",
    "lists_version",
    "read",
    "read_hub",
    "reread",
]


def licences(document: Document, answer: Fetched, head: PageHead) -> tuple[str, ...]:
    """The addresses of the RSL licences that a robots.txt or a page names (RSL 1.0, section 4)."""
    from watcher.signals.reading import licences as run

    return run(document, answer, head)


def read(
    document: Document, fetched: Sequence[Fetched], heads: Sequence[PageHead], standing: DocumentText | None
) -> Reading:
    """The statements as a document. `fetched` are the document's pages and the licences that they name.

    What cannot be read gives a Reading with a doubt, never a permission or a prohibition; a file that is not there is
    a text that says so. Where protection that stands in `standing` is gone altogether, a later fetch must confirm it.
    """
    from watcher.signals.reading import read as run

    return run(document, fetched, heads, standing)


def reread(document: Document, fetched: Sequence[Fetched], heads: Sequence[PageHead]) -> DocumentText:
    """Kept answers read with today's reader, without judgement. Raises ReadError."""
    from watcher.signals.reading import reread as run

    return run(document, fetched, heads)


def read_hub(document: Document, links: Sequence[Link], standing: DocumentText | None) -> Reading:
    """A legal hub as the list of its links. Links that are gone must be gone in a later fetch, too."""
    from watcher.signals.hub import read as run

    return run(document, links, standing)


def hub_moves(old: DocumentText, new: DocumentText) -> "Moves":
    """What a new list of links changes: documents that appeared, moved, are gone."""
    from watcher.signals.hub import compared

    return compared(old, new)


def concerns(link: Link) -> bool:
    """Whether a document seems to be about AI or content licences, by the words of its link and its address."""
    from watcher.signals.hub import concerns as run

    return run(link)


def judge(comparison: Comparison) -> Judgement:
    """What a new version of a signals document, or of a hub, changes for the people whose work it is."""
    if comparison.new.kind == "hub":
        from watcher.signals.hub import judge as judge_hub

        return judge_hub(comparison)
    from watcher.signals.judging import judge as run

    return run(comparison)


def findings(text: DocumentText) -> tuple[Finding, ...]:
    """What a text of signals says, one finding for each statement about training."""
    from watcher.signals.judging import findings as run

    return run(text)


def explain(rule: str, language: str) -> RuleText:
    """What a rule says to people, in English where the language is missing. KeyError for an unknown rule."""
    from watcher.signals.lists import shipped_lists

    return shipped_lists().explain(rule, language)


def lists_version() -> str:
    """Changes with the content of signals.yaml."""
    from watcher.signals.lists import shipped_lists

    return shipped_lists().version

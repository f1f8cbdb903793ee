"""Some of a page's selectors match nothing while others do: whether a part of the document went with them."""

from collections.abc import Iterable, Sequence

from watcher.model.folding import fold
from watcher.model.text import DocumentText
from watcher.model.version import Doubt, Verdict
from watcher.read.kinship import Kinship
from watcher.read.look import Look

_LARGE = 0.15
_TELLING = 8


def part_unmatched(
    looks: Sequence[Look], text: DocumentText, standing: DocumentText, near: Kinship
) -> Verdict | None:
    """The doubt that selectors without a match lost what they used to find, or None when nothing speaks for it.

    A page whose missing words are still visible was rebuilt, and no later fetch can make it a removal. Words that
    are gone from the page as well may have been removed with their element: a later fetch confirms that.
    """
    for look in looks:
        if not look.text.unmatched:
            continue
        names, url = ", ".join(look.text.unmatched), look.fetched.url
        if _still_shown(look, text, standing):
            return Verdict(
                Doubt.SELECTORS,
                f"Nothing on {url} matches {names}, and words of the last version stand there unread; "
                "the page was rebuilt.",
            )
        if near.kept < 1 - _LARGE:
            return Verdict(
                Doubt.SELECTORS,
                f"Nothing on {url} matches {names}, and only {near.kept:.0%} of the last version is left; "
                "a later fetch must show the same again.",
                waits=True,
            )
    return None


def _still_shown(look: Look, text: DocumentText, standing: DocumentText) -> bool:
    """Whether most of the words that are missing from the text can be read on the page all the same.

    Short clauses are left out: menus repeat headings.
    """
    read = _padded(clause.folded for clause in text.clauses)
    gone = {clause.folded for clause in standing.clauses if len(clause.folded.split()) >= _TELLING}
    gone = {words for words in gone if f" {words} " not in read}
    if not gone:
        return False
    page = _padded([fold(" ".join(look.text.shown))])
    return sum(len(words) for words in gone if f" {words} " in page) > sum(map(len, gone)) / 2


def _padded(lines: Iterable[str]) -> str:
    return f" {' '.join(lines)} "

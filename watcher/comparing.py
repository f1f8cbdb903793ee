"""Two files compared and judged, as journalists do by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from watcher.diff import compare
from watcher.model.comparison import Comparison
from watcher.model.finding import Change, Judgement
from watcher.model.text import DocumentText
from watcher.read import problem, read_file

Judging = Callable[..., Judgement]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found. `problem` says why two files could not be judged; there are no changes then."""

    comparison: Comparison
    language: str
    changes: tuple[Change, ...] = ()
    problem: str = ""


def compare_files(old: Path, new: Path, *, service: str, judge: Judging, torn: bool = False) -> Compared:
    """Compare two files (.md, .txt, .html, .pdf); raises `InputError` when one cannot be read."""
    return compare_texts(read_file(old), read_file(new), service=service, judge=judge, torn=torn)


def compare_texts(
    old: DocumentText, new: DocumentText, *, service: str, judge: Judging, torn: bool = False
) -> Compared:
    """Compare two texts. A side that is no document, or sides in different languages, give a `problem`.

    So does a new side that is but a small piece of the old one, unless `torn` says to judge even that.
    """
    for side, text, beside, earlier in (("old", old, new, None), ("new", new, old, None if torn else old)):
        verdict = problem(text, beside, earlier)
        if verdict.doubt:
            what = f"the {side} side is no document ({verdict.doubt.value}): {verdict.detail}"
            return Compared(Comparison(old, new, ()), new.language, problem=what)
    if "und" not in (old.language, new.language) and old.language != new.language:
        what = f"the two sides are in different languages: {old.language} and {new.language}"
        return Compared(Comparison(old, new, ()), new.language, problem=what)
    comparison = compare(old, new)
    judgement = judge(comparison, service=service, known=lambda _: False)
    return Compared(comparison, new.language, judgement.changes, judgement.unjudged or "")

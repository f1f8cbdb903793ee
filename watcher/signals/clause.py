"""A statement as a clause of a document: written so that comments, order and spelling of the source are no change."""

from watcher.model.signal import Signal
from watcher.model.text import Clause

BETWEEN = " · "
"""Stands between the parts of a statement."""


def clause(signal: Signal, *parts: str, under: str) -> Clause:
    """The clause that says `signal` in the words of its format; `under` names the file or page part it stands in."""
    text = BETWEEN.join(" ".join(part.split()) for part in parts)
    return Clause(kind="item", text=text, markdown=f"`{text}`", path=(under,), level=1, said=signal)


def heading(title: str) -> Clause:
    """What a text of machines begins with: texts are kept by their words, and many sites say the same to machines."""
    return Clause(kind="heading", text=title, markdown=title, level=1)


def unclear(about: str, why: str, *parts: str, under: str, agent: str = "*") -> Clause:
    """A clause for what stands there and cannot be understood, with the reason: neither permission nor prohibition."""
    return clause(Signal(about, agent=agent, detail=why, unclear=True), *parts, f"({why})", under=under)

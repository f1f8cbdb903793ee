"""Runs of text with emphasis and links, and how they become plain text and CommonMark."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from watcher.model.folding import tidy

BREAK = "\n"
"""What a forced line break (`<br>`) is inside a run's text; all other white space is blanks."""

_ESCAPED = re.compile(r"([\\`*_\[\]<>~])")
_AT_START = re.compile(r"^(?:([#+\-=|>])|(\d{1,9})([.)])(?=\s|$))")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `href` is an absolute link target, or empty."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""

    @property
    def style(self) -> tuple[bool, bool, str]:
        """What must be equal for two runs to be one."""
        return self.bold, self.italic, self.href


def plain(runs: Iterable[Run]) -> str:
    """The text alone, tidy."""
    return tidy("".join(run.text for run in runs))


def markdown(runs: Sequence[Run]) -> str:
    """One line of CommonMark with the runs' emphasis and links, safe at the start of a line."""
    return _AT_START.sub(_escape_start, tidy(_bold(_merged(runs))))


def lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs cut at their line breaks; empty lines stay, as they part paragraphs."""
    found: list[list[Run]] = [[]]
    for run in runs:
        for i, piece in enumerate(run.text.split(BREAK)):
            if i:
                found.append([])
            if piece:
                found[-1].append(replace(run, text=piece))
    return found


def all_bold(runs: Iterable[Run]) -> bool:
    """Whether every visible letter stands in bold, as in a heading made of emphasis."""
    visible = [run for run in runs if any(c.isalnum() for c in run.text)]
    return bool(visible) and all(run.bold for run in visible)


def drop_start(runs: Sequence[Run], count: int) -> list[Run]:
    """The runs without the first `count` characters that are not leading white space."""
    left: list[Run] = []
    started = False
    for run in runs:
        text = run.text if started else run.text.lstrip()
        started = started or bool(text)
        cut = min(count, len(text))
        count -= cut
        if text[cut:]:
            left.append(replace(run, text=text[cut:]))
    return left


def _merged(runs: Sequence[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        blank = not run.text.strip()
        if found and (found[-1].style == run.style or (blank and not run.href)):
            found[-1] = replace(found[-1], text=found[-1].text + run.text)
        elif run.text:
            found.append(run)
    return found


def _bold(runs: Sequence[Run]) -> str:
    parts = [(list(group), bold) for bold, group in groupby(runs, key=lambda run: run.bold)]
    return _joined([(_italic(group), "**" if bold else "") for group, bold in parts])


def _italic(runs: Sequence[Run]) -> str:
    parts = [(list(group), italic) for italic, group in groupby(runs, key=lambda run: run.italic)]
    return _joined([(_linked(group), "_" if italic else "") for group, italic in parts])


def _linked(runs: Sequence[Run]) -> str:
    found = []
    for href, group in groupby(runs, key=lambda run: run.href):
        lead, text, tail = _parted("".join(run.text for run in group).replace(BREAK, " "))
        escaped = _ESCAPED.sub(r"\\\1", text)
        found.append(
            f"{lead}[{escaped}]({_target(href)}){tail}" if href and text else f"{lead}{escaped}{tail}"
        )
    return "".join(found)


def _joined(parts: Sequence[tuple[str, str]]) -> str:
    """Texts with their emphasis marks, left out where CommonMark (section 6.2) would not take them for emphasis."""
    found = ""
    for i, (whole, mark) in enumerate(parts):
        lead, text, tail = _parted(whole)
        before = found[-1:] if not lead else ""
        after = parts[i + 1][0][:1] if not tail and i + 1 < len(parts) else ""
        opens = not before.isalnum() or (mark != "_" and text[:1].isalnum())
        closes = not after.isalnum() or (mark != "_" and text[-1:].isalnum())
        marked = mark and opens and closes and any(c.isalnum() for c in text)
        found += f"{lead}{mark}{text}{mark}{tail}" if marked else whole
    return found


def _parted(text: str) -> tuple[str, str, str]:
    bare = text.strip()
    at = text.find(bare)
    return text[:at], bare, text[at + len(bare) :]


def _target(href: str) -> str:
    return f"<{href}>" if re.search(r"[\s()]", href) else href


def _escape_start(match: re.Match[str]) -> str:
    sign, number, dot = match.groups()
    return f"\\{sign}" if sign else f"{number}\\{dot}"

"""What the demo prints: what happened, what did not, and where everything lies."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from rich.markup import escape

from demo.platforms import DAYS, PLATFORMS
from demo.play import SUBSCRIBERS, Played, Seen
from watcher.cli import screen
from watcher.pipeline import Outcome
from watcher.voice import Voice, ranked


def opening() -> None:
    """What is about to happen."""
    platforms = len({one.service for one in PLATFORMS})
    screen.out().print(
        f"[bold]{platforms} made-up platforms, visited over HTTP on {len(DAYS)} Mondays of March 2026.[/]"
    )


def closing(played: Played, folder: Path) -> None:
    """What the watcher found, what it refused, what it was not misled by, and where to look."""
    _findings(played)
    _refusals(played)
    _calm(played)
    _places(played, folder)


def _findings(played: Played) -> None:
    voice, console = Voice.of("en"), screen.out()
    table = screen.table("seen", "platform", "", "what happened", title="What changed for artists")
    told = sorted(
        ((check.event, seen.platform) for seen in played.seen for check in seen.checks if check.event),
        key=lambda pair: pair[0].seen_at,
    )
    for event, platform in told:
        for number, change in enumerate(ranked(event.changes)):
            style = screen.STYLES[change.tone]
            table.add_row(
                "" if number else _day(event.seen_at),
                "" if number else platform.service,
                f"[{style}]{voice.tone(change.tone).sign}[/]",
                escape(voice.headline(event.document, change)),
            )
    console.print(table)


def _refusals(played: Played) -> None:
    table = screen.table(
        "seen", "platform", "reason", "what it answered", title="Refused, so the last text stands"
    )
    for seen in played.seen:
        for day, check in zip(DAYS, seen.checks, strict=True):
            if check.outcome in (Outcome.REFUSED, Outcome.FAILED, Outcome.WAITING):
                table.add_row(_day(day), seen.platform.service, check.reason, escape(check.detail))
    screen.out().print(table)


def _calm(played: Played) -> None:
    table = screen.table("platform", "what looked new", title="Looked different, so nobody was told")
    for seen in played.seen:
        for line in _misleading(seen):
            table.add_row(seen.platform.service, line)
    screen.out().print(table)


def _misleading(seen: Seen) -> Iterator[str]:
    outcomes = [check.outcome for check in seen.checks]
    if set(outcomes[1:]) == {Outcome.UNCHANGED} and seen.pages > 1:
        yield f"{seen.pages} different pages in {len(outcomes)} visits (menu, nonce): always the same text"
    if seen.platform.kind == "robots":
        yield "robots.txt in another order, with other comments: the same rules for AI crawlers"
    if Outcome.CHANGED in outcomes and not any(check.event for check in seen.checks):
        yield f"{seen.moved} clauses moved: the wording moved, the meaning did not change"
    if Outcome.COSMETIC in outcomes:
        yield "other apostrophes: only its looks changed"
    if Outcome.RETURN in outcomes:
        yield "went back to its earlier text and forth again: told the first time, not again"


def _places(played: Played, folder: Path) -> None:
    console = screen.out()
    languages = " and ".join(sorted({one.language for one in SUBSCRIBERS}))
    console.print(
        f"{len(played.letters)} mails came in ({languages}), as .eml and .html:  {_near(folder)}/mails/"
    )
    console.print(f"The report, to open in a browser:  {_near(played.report)}")
    console.print(f"The config and the store:  {_near(folder)}/config.yaml, {_near(folder)}/data/")
    console.print("The platforms themselves answered on this computer, only while the demo ran.", style="dim")
    watcher = Path(sys.executable).with_name("watcher")
    command = _near(watcher) if watcher.is_file() else "watcher"
    console.print(f"\nNext, real platforms:  [bold]{escape(command)} init my-watch[/]")


def _near(path: Path) -> str:
    """Relative to where the reader stands, when it lies below."""
    absolute, here = path.absolute(), Path.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else absolute)


def _day(when: datetime) -> str:
    return f"{when.day} {when:%b}"

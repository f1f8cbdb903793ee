"""What the terminal shows: colours only when it is one and NO_COLOR is unset, 80 columns when it is not."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from watcher.model.finding import Tone

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

STYLES = {Tone.HARM: "red", Tone.PROTECTION: "green", Tone.NEUTRAL: "default"}


def out() -> "Console":
    """For the answer."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, soft_wrap=False)


def err() -> "Console":
    """For progress and remarks."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def say(line: str) -> None:
    """One remark for the person at the terminal, on standard error."""
    print(line, file=sys.stderr)


def put_json(value: object, *, pretty: bool = False) -> None:
    """A JSON value on a line of its own, or indented."""
    text = json.dumps(value, ensure_ascii=False, indent=2 if pretty else None)
    sys.stdout.write(text.encode("utf-8", "replace").decode("utf-8") + "\n")


def table(*columns: str, title: str = "") -> "Table":
    """A table with thin rules that fits the terminal."""
    from rich import box
    from rich.table import Table

    made = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made


@contextmanager
def progress(what: str, total: int) -> Iterator[Any]:
    """A bar with rate and time left on standard error; yields the function that moves it on by one."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = err()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def lines(items: Iterable[str]) -> None:
    """Plain lines on standard output."""
    for item in items:
        sys.stdout.write(item + "\n")

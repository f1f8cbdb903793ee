"""How `watcher compare` answers: for programs, for the terminal, as a page."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from watcher.cli import screen
from watcher.comparing import Compared, compare_files
from watcher.errors import WatcherError
from watcher.model.comparison import Segment
from watcher.model.source import Document, Page

if TYPE_CHECKING:
    from rich.text import Text

    from watcher.assembly import Rules


def as_json(compared: Compared) -> dict[str, Any]:
    """The keys that the contract fixes, and the reasons beside them."""
    answer: dict[str, Any] = {
        "lang": compared.language,
        "changes": [
            {
                "category": change.category,
                "change": change.change.value,
                "severity": change.severity,
                "rule": change.rule,
                "quote": change.quote,
                "previous": change.previous,
                "reasons": change.reasons,
            }
            for change in compared.changes
        ],
    }
    return answer | ({"problem": compared.problem} if compared.problem else {})


def pair(row: dict[str, Any], folder: Path, rules: "Rules", *, torn: bool) -> dict[str, Any]:
    """The answer to one line of --pairs; what cannot be read gets an `error`."""
    answer: dict[str, Any] = {"id": row.get("id"), "lang": "und", "changes": []}
    if "error" in row:
        return answer | {"error": row["error"]}
    old, new = row.get("old"), row.get("new")
    if not isinstance(old, str) or not isinstance(new, str):
        return answer | {"error": 'a row needs "old" and "new", the paths of two files'}
    try:
        compared = compare_files(
            folder / old,
            folder / new,
            service=str(row.get("service") or ""),
            judge=rules.judge,
            torn=torn,
        )
    except WatcherError as error:
        return answer | {"error": str(error)}
    return answer | as_json(compared)


def show(compared: Compared, rules: "Rules", *, service: str, language: str) -> None:
    """For the terminal: what happened, what it means, the words."""
    from rich.markup import escape
    from rich.padding import Padding

    from watcher.diff import mark
    from watcher.voice import Voice, ranked
    from watcher.voice.card import cards

    voice, console = Voice.of(language), screen.out()
    service = service or voice.text("The platform")
    document = Document(service, "", (Page(""),), language=compared.language)
    if compared.problem:
        console.print(voice.text("These texts could not be judged: %(problem)s", problem=compared.problem))
    changes = ranked(compared.changes)
    told = cards(
        document, changes, voice=voice, explain=rules.explain, mark=mark, comparison=compared.comparison
    )
    for change, card in zip(changes, told, strict=True):
        style = screen.STYLES[card.tone]
        console.print(f"[bold {style}]{card.sign.sign} {escape(card.headline)}[/]")
        console.print(f"  [dim]{escape(card.category)} · {escape(card.change)} · {card.sign.word}[/]")
        if card.meaning and not card.repeats:
            console.print(Padding(escape(card.meaning), (0, 2)))
        for reason in card.reasons:
            console.print(f"  · {escape(reason)}")
        console.print(Padding(_words(change.previous, change.quote), (0, 4)))
        console.print()
    counts = {
        kind: sum(p.kind == kind for p in compared.comparison.pairs)
        for kind in ("added", "removed", "reworded", "moved")
    }
    console.print(
        "[dim]"
        + voice.text(
            "Clauses: %(added)s added, %(removed)s removed, %(reworded)s reworded, %(moved)s moved.", **counts
        )
        + "[/]"
    )
    if not compared.changes and not compared.problem:
        console.print(voice.text("Nothing changed about AI training."))


def _words(previous: str | None, quote: str) -> "Text":
    from rich.text import Text

    from watcher.diff import mark

    styles = {"equal": "", "insert": "underline green", "delete": "strike red"}
    segments = mark(previous, quote) if previous else (Segment("equal", quote),)
    return Text.assemble(*((segment.text, styles[segment.op]) for segment in segments))


def page(compared: Compared, rules: "Rules", *, service: str, old: Path, new: Path, language: str) -> str:
    """A page that stands alone."""
    from watcher.diff import mark
    from watcher.site import comparison_page

    return comparison_page(
        compared.comparison,
        compared.changes,
        title=f"{service or old.name}: {old.name} → {new.name}",
        service=service,
        mark=mark,
        explain=rules.explain,
        language=language,
        problem=compared.problem,
    )

"""How a clause was read, for the terminal."""

from typing import TYPE_CHECKING

from watcher.cli import screen

if TYPE_CHECKING:
    from rich.text import Text

    from watcher.clauses.explain import Explained, ShownAct

_STYLES = ("cyan", "magenta", "yellow", "green", "blue", "red")


def show(one: "Explained") -> None:
    """One sentence as one pack reads it: its words under their concepts, its acts, the rules that fit."""
    from rich.markup import escape

    console = screen.out()
    console.print(_coloured(one))
    passed = "" if one.gate else " (the gate would not have let it in)"
    console.print(f"  pack {escape(one.pack)}{passed}", style="dim")
    table = screen.table("words", "taken for")
    for shown in one.concepts:
        table.add_row(escape(one.sentence[shown.start : shown.end]), escape(", ".join(shown.labels)))
    if one.concepts:
        console.print(table)
    for act in one.acts:
        console.print(f"  act [bold]{escape(act.name)}[/]: “{escape(one.sentence[act.start : act.end])}”")
        console.print(f"    {escape(_about(act))}")
        cues = [
            f"“{one.sentence[cue.start : cue.end]}” ({', '.join(cue.labels)})"
            if cue.start >= 0
            else f"in what stands before ({', '.join(cue.labels)})"
            for cue in act.cues
        ]
        if cues:
            console.print(f"    because of {escape('; '.join(cues))}")
    console.print(f"  [bold]{'rules: ' + escape(', '.join(one.rules)) if one.rules else 'no rule fits'}[/]")
    console.print()


def _about(act: "ShownAct") -> str:
    parts = [f"{act.actor} acts", act.polarity + (" to others" if act.strict else "")]
    if act.owner:
        parts.append(f"with what belongs to {act.owner}")
    if act.conditions:
        parts.append(f"conditions: {', '.join(act.conditions)}")
    return ", ".join(parts)


def _coloured(one: "Explained") -> "Text":
    from rich.text import Text

    text = Text(one.sentence)
    names = sorted({shown.labels[0] for shown in one.concepts if shown.labels})
    for shown in one.concepts:
        if shown.labels:
            text.stylize(_STYLES[names.index(shown.labels[0]) % len(_STYLES)], shown.start, shown.end)
    return text

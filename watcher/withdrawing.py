"""Taking a wrong reading back."""

from datetime import datetime

from watcher.errors import InputError
from watcher.model.alert import Event
from watcher.model.finding import Change
from watcher.model.folding import digest
from watcher.model.note import Withdrawal
from watcher.store import Store
from watcher.voice import Voice, ranked


def withdraw(
    store: Store, about: str, number: int | None, note: str, now: datetime
) -> tuple[Withdrawal, int]:
    """Take one change of an event back, and how many readers get a correction.

    `number` counts the changes as mail and permalink show them, from 1; it may be left out where there is one alone.
    Readers' reports about it are settled. Raises `InputError` when there is no such event or change, or when it was
    withdrawn before.
    """
    event = store.reports.event(about)
    if event is None:
        raise InputError(
            "there is no change with this id", where=about, remedy="It stands at the end of its permalink."
        )
    change = _chosen(event, number)
    if not note.strip():
        raise InputError("a correction needs a note that says what was wrong", where=about)
    taken = Withdrawal(digest(f"{about}\n{change.key}")[:16], event, change, now, note.strip())
    if any(one.id == taken.id for one in store.notices.withdrawn(about)):
        raise InputError("this was withdrawn before", where=about)
    told = store.notices.withdraw(taken)
    position = event.changes.index(change)
    for report in store.wrong_readings.listed():
        if report.event == about and report.position in (None, position):
            store.wrong_readings.settle(report.number, "withdrawn")
    return taken, told


def _chosen(event: Event, number: int | None) -> Change:
    changes = ranked(event.changes)
    if number is None and len(changes) == 1:
        return changes[0]
    if number is not None and 1 <= number <= len(changes):
        return changes[number - 1]
    voice = Voice.of("en")
    shown = "\n  ".join(
        f"--change {at}: {voice.headline(event.document, one)}" for at, one in enumerate(changes, start=1)
    )
    what = "it has several changes" if number is None else f"it has no change {number}"
    raise InputError(what, where=event.id, remedy=f"Say which one:\n  {shown}")

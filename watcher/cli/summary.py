"""What a round did and how the tracking goes, for the terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from watcher.cli import screen
from watcher.model.report import DocumentStatus
from watcher.model.sighting import Sighting
from watcher.model.source import Document
from watcher.pipeline import Checked, Outcome
from watcher.schedule import next_check

if TYPE_CHECKING:
    from watcher.rounds import Round
    from watcher.store.outbox import OutboxCounts

log = structlog.get_logger()

_LATELY = timedelta(days=14)

_WORDS = {
    Outcome.FIRST: "first version recorded",
    Outcome.CHANGED: "changed",
    Outcome.COSMETIC: "only its looks changed",
    Outcome.RETURN: "returned to an earlier text",
    Outcome.TECHNICAL: "read from other pages, as the config now says",
    Outcome.ABSENT: "not there yet",
    Outcome.UNCHANGED: "unchanged",
    Outcome.WAITING: "waits for confirmation",
    Outcome.REFUSED: "not the document",
    Outcome.FAILED: "could not be read",
}


def show(done: "Round", outbox: "OutboxCounts") -> None:
    """The summary of a round: counts, what changed, what failed and why, the mail."""
    from rich.markup import escape

    console = screen.out()
    counts = Counter(one.outcome for one in done.checked)
    console.print(
        f"{len(done.checked)} documents checked"
        + "".join(f", {counts[outcome]} {word}" for outcome, word in _WORDS.items() if counts[outcome])
    )
    for one in done.checked:
        if one.event or one.outcome in (Outcome.CHANGED, Outcome.COSMETIC, Outcome.RETURN, Outcome.TECHNICAL):
            show_check(one)
    show_sightings([seen for one in done.checked for seen in one.sightings])
    troubled = [one for one in done.checked if not one.outcome.well]
    if troubled:
        table = screen.table("document", "reason", "what happened")
        for one in troubled:
            table.add_row(escape(one.document.title), one.reason, escape(one.detail))
        console.print(table)
    if done.delivered is None:
        if outbox.waiting:
            console.print(
                f"{outbox.waiting} letters wait: no mail server is configured, see `mail` in config.yaml"
            )
    elif done.delivered.sent or outbox.waiting or outbox.failed:
        line = f"{done.delivered.sent} letters sent, {outbox.waiting} waiting, {outbox.failed} given up"
        console.print(line + (f" ({escape(done.delivered.problem)})" if done.delivered.problem else ""))


def show_check(checked: Checked) -> None:
    """One document: what its new version changes, or how the check ended."""
    from rich.markup import escape

    console, title = screen.out(), escape(checked.document.title)
    if checked.event and any(change.change.matters for change in checked.event.changes):
        _show_event(checked)
    else:
        console.print(f"  {title}: {_WORDS[checked.outcome]}")
    if checked.unjudged:
        console.print(f"  {title}: not judged, {escape(checked.unjudged)}")


def show_sightings(sightings: Sequence[Sighting]) -> None:
    """What the operator should hear: documents that appeared on hubs, moved or are gone, and pages that moved."""
    from rich.markup import escape

    console = screen.out()
    for seen in sightings:
        console.print(f"  [bold]{escape(sighting_words(seen))}[/]")
    if any(seen.kind in ("document_appeared", "page_moved") for seen in sightings):
        console.print("  `watcher suggest` prints the entries for config.yaml.", style="dim")


def sighting_words(seen: Sighting) -> str:
    """A sighting in a sentence."""
    about = ", which seems to be about AI or licences" if seen.concerns else ""
    match seen.kind:
        case "document_appeared":
            return f"{seen.service} lists a new document{about}: {seen.title} ({seen.url})"
        case "document_moved":
            return f"{seen.service} moved its document {seen.title}: now {seen.url}, before {seen.before}"
        case "document_gone":
            return f"{seen.service} no longer lists a document{about}: {seen.title} ({seen.url})"
        case "page_moved":
            return f"{seen.service} {seen.title} moved for good: now {seen.url}, before {seen.before}"


def _show_event(checked: Checked) -> None:
    from rich.markup import escape

    from watcher.voice import Voice

    assert checked.event is not None
    voice, console = Voice.of("en"), screen.out()
    for change in checked.event.changes:
        if change.change.matters:
            sign = voice.tone(change.tone).sign
            style = screen.STYLES[change.tone]
            console.print(f"  [{style}]{sign} {escape(voice.headline(checked.document, change))}[/]")
            console.print(
                f"    {escape(checked.document.title)}: “{escape(change.quote[:240])}”", style="dim"
            )


def log_check(checked: Checked) -> None:
    """One log line for a check of the daemon."""
    about = {"document": checked.document.key, "outcome": checked.outcome.value}
    if checked.outcome.well:
        log.info("checked", **about)
    else:
        log.warning("checked", **about, reason=checked.reason, detail=checked.detail)
    for seen in checked.sightings:
        log.warning(seen.kind, document=seen.document, title=seen.title, url=seen.url, before=seen.before)


def statuses(
    documents: Sequence[Document], known: Mapping[str, DocumentStatus], now: datetime
) -> list[DocumentStatus]:
    """How each configured document stands, those in trouble first; with the time of the next check."""
    rows = []
    for document in documents:
        row = known.get(document.key) or DocumentStatus(document)
        due = next_check(document.schedule, document.timezone, row.last_check, now)
        rows.append(replace(row, document=document, next_check=max(due, now)))
    return sorted(rows, key=lambda row: (-row.failures, row.document.key))


def show_statuses(
    rows: Sequence[DocumentStatus], outbox: "OutboxCounts", now: datetime, sightings: Sequence[Sighting] = ()
) -> None:
    """The table of `watcher status`, and the sightings of the last two weeks."""
    from rich.markup import escape

    console = screen.out()
    table = screen.table("document", "checked", "changed", "next", "trouble")
    for row in rows:
        trouble = f"{row.reason} ({row.failures}x)" if row.failures else ""
        style = "red" if row.failures else ""
        table.add_row(
            escape(row.document.title),
            ago(row.last_check, now),
            ago(row.last_change, now),
            ago(row.next_check, now),
            trouble,
            style=style,
        )
    console.print(table)
    for row in rows:
        if row.alternates:
            console.print(
                f"{escape(row.document.title)} alternates between versions {row.alternates[0]} and {row.alternates[1]}"
            )
    for reason, detail in sorted({(row.reason, row.detail) for row in rows if row.failures}):
        console.print(f"{reason}: {escape(detail)}", style="dim")
    show_sightings([seen for seen in sightings if now - seen.at <= _LATELY])
    failing = sum(row.failures > 0 for row in rows)
    never = sum(row.last_check is None for row in rows)
    console.print(
        f"{len(rows)} documents, {failing} in trouble, {never} never checked. "
        f"Outbox: {outbox.waiting} waiting, {outbox.sent} sent, {outbox.failed} given up."
    )


def status_json(row: DocumentStatus) -> dict[str, Any]:
    """One document for programs; times in ISO 8601, UTC."""

    def iso(when: datetime | None) -> str | None:
        return when.isoformat() if when else None

    return {
        "document": row.document.key,
        "service": row.document.service,
        "name": row.document.name,
        "language": row.document.language,
        "versions": row.versions,
        "last_check": iso(row.last_check),
        "last_good": iso(row.last_good),
        "last_change": iso(row.last_change),
        "next_check": iso(row.next_check),
        "failures": row.failures,
        "reason": row.reason,
        "detail": row.detail,
        "alternates": row.alternates,
    }


def ago(when: datetime | None, now: datetime) -> str:
    """A time as people say it at a terminal: "3 h ago", "in 25 min", "never"."""
    if when is None:
        return "never"
    seconds = abs((now - when).total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            amount = f"{seconds / size:.0f} {unit}"
            return f"{amount} ago" if when < now else f"in {amount}"
    return "now"

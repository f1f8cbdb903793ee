"""How `watcher replay` answers."""

import asyncio
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from watcher.assembly import Rules
from watcher.cli import screen
from watcher.errors import InputError
from watcher.history.recording import Recording, open_recording
from watcher.history.replay import Replayed, replay
from watcher.read import read_html
from watcher.resources import shipped
from watcher.store import Store


def run(archive: Path, store: Path | None, rules: list[Path], *, as_json: bool) -> None:
    """Replay an archive and print what came of it."""
    bench = Rules((shipped("rules"), *rules))
    with ExitStack() as stack:
        recording = stack.enter_context(open_recording(archive))
        folder = store or Path(stack.enter_context(TemporaryDirectory(prefix="watcher-store-")))
        if store is not None:
            from watcher.lock import hold

            stack.enter_context(hold(folder))
        opened = stack.enter_context(Store(folder / "watcher.sqlite"))
        on = stack.enter_context(
            screen.progress(f"{recording.service} {recording.name}", len(recording.fetches))
        )
        document = recording.document(_language(recording))
        if opened.library.status(document.key) is not None:
            raise InputError(
                f"the store has a history of {document.title} already",
                where=str(folder),
                remedy="A replay begins a document's history: name another folder.",
            )
        replayed = asyncio.run(
            replay(
                recording,
                document,
                opened,
                bench.judge,
                told=lambda _: on(),
                says=bench.says if store is not None else None,
            )
        )
    if as_json:
        screen.put_json(_as_json(replayed), pretty=True)
    else:
        _show(replayed)


def _language(recording: Recording) -> str:
    """What most of a few recorded pages are written in, when the manifest does not say."""
    if recording.language:
        return recording.language
    sample = recording.fetches[:: max(1, len(recording.fetches) // 5)][:5]
    texts = (read_html(recording.body(fetch), url="") for fetch in sample if fetch.status == 200)
    found = [text for text in texts if text.language != "und"]
    longest = max(found, key=lambda text: text.words, default=None)
    return longest.language if longest else "en"


def _as_json(replayed: Replayed) -> dict[str, Any]:
    return {
        "service": replayed.document.service,
        "document": replayed.document.name,
        "fetches": replayed.fetches,
        "versions": [
            {
                "at": one.version.seen_at.isoformat(),
                "file": one.file,
                "number": one.version.number,
                "kind": one.version.kind.value,
                **({"returns_to": one.version.returns_to} if one.version.returns_to else {}),
                **(
                    {"confirmed_at": one.version.confirmed_at.isoformat()} if one.version.confirmed_at else {}
                ),
            }
            for one in replayed.versions
        ],
        "quarantined": [
            {"at": one.at.isoformat(), "file": file, "reason": one.doubt.value, "detail": one.detail}
            for one, file in replayed.quarantined
        ],
        "alerts": [
            {
                "at": one.at.isoformat(),
                "file": one.file,
                "category": one.change.category,
                "change": one.change.change.value,
                "severity": one.change.severity,
                "quote": one.change.quote,
                "previous": one.change.previous,
            }
            for one in replayed.alerts
        ],
    }


def _show(replayed: Replayed) -> None:
    from rich.markup import escape

    from watcher.voice import Voice

    voice, console = Voice.of("en"), screen.out()
    console.print(f"[bold]{escape(replayed.document.title)}[/]: {replayed.fetches} fetches")
    versions = screen.table("version", "seen", "kind", "file")
    for one in replayed.versions:
        kind = one.version.kind.value + (f" to {one.version.returns_to}" if one.version.returns_to else "")
        versions.add_row(str(one.version.number), voice.moment(one.version.seen_at), kind, one.file)
    console.print(versions)
    reasons: dict[str, int] = {}
    for quarantined, _ in replayed.quarantined:
        reasons[quarantined.doubt.value] = reasons.get(quarantined.doubt.value, 0) + 1
    for reason, count in sorted(reasons.items()):
        console.print(f"{count} fetches refused: {reason}")
    for alert in replayed.alerts:
        sign, _ = voice.tone(alert.change.tone)
        headline = voice.headline(replayed.document, alert.change)
        style = screen.STYLES[alert.change.tone]
        console.print(f"[{style}]{sign} {voice.date(alert.at)}  {escape(headline)}[/]")
        console.print(f"    “{escape(alert.change.quote[:300])}”", style="dim")
    if not replayed.alerts:
        console.print("No alerts.")

"""The report of a store, as `watcher report` and the demo write it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from watcher.assembly import Rules
from watcher.diff import compare, mark
from watcher.model.search import EVERYTHING, Filters
from watcher.model.source import slug
from watcher.store import Store


def report_store(
    store: Store,
    out: Path,
    *,
    now: datetime,
    rules: Sequence[Path] = (),
    title: str = "Terms Watcher",
    base_url: str = "",
) -> Path:
    """Write everything that the store knows to `out` as static pages; the path of the first page.

    English stands at the root and Italian below `it/`, always, because mails link to both.
    """
    from watcher.site import Frame, write_report

    write_report(
        out,
        store.reports.histories(),
        text_of=store.archive.text,
        compare=compare,
        mark=mark,
        explain=Rules(rules).explain,
        now=now,
        frame=Frame(title, base_url),
        feeds=lambda service: store.searches.events(
            filters=Filters(services=(slug(service),)) if service else EVERYTHING
        ),
    )
    return out / "index.html"

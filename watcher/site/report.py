"""The whole site as static pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from watcher.resources import shipped
from watcher.site.feeds import KINDS, make, written
from watcher.site.files import Folder
from watcher.site.frame import NAMES, folder_of
from watcher.site.library import Room
from watcher.site.matrix import Wish, table_file
from watcher.site.pages import page, paths
from watcher.site.paths import ICON, INDEX, SCRIPT, STYLE, TABLE, Place, evidence_file, feed, text_file
from watcher.voice import Voice, environment


@dataclass(frozen=True, slots=True)
class ReportPaths:
    """Where the report begins, and how many files were written or left alone because nothing in them changed."""

    index: Path
    written: int
    kept: int


def write_report(
    out: Path, room: Room, now: datetime, prove: Callable[[str], bytes] | None = None
) -> ReportPaths:
    """Write every page to `out`, to open from disk or from any web server; raises UsageError when it cannot.

    English stands at the root, each other language in a folder named after it. The same input gives the same bytes;
    pages of documents that are no longer watched stay, because people may have cited them. `prove` gives the package of
    evidence of an event, to lie beside its page.
    """
    folder = Folder(out)
    folder.write(STYLE, stylesheet())
    folder.write(SCRIPT, script())
    folder.write(ICON, icon())
    folder.write(TABLE, encoded(table_file(room, Voice.of("en"), Wish(None, "", "", ""))))
    texts = {version.text for key in room.library.documents() for version in room.library.versions(key)}
    for digest in sorted(texts):
        folder.write(text_file(digest), room.library.text(digest).exact)
    for path in paths(room):
        for language in NAMES:
            html = page(room, path, language, now)
            if html is not None:
                folder.write(Place(path, folder_of(language)).file, encoded(html))
    if prove is not None:
        for event, *_ in room.library.event_ids():
            folder.write(evidence_file(event), prove(event))
    for language in NAMES:
        _feeds(folder, room, language)
    return ReportPaths(out / INDEX, folder.written, folder.kept)


def encoded(text: str) -> bytes:
    """UTF-8; halves of surrogate pairs, which it cannot hold, become question marks."""
    return text.encode("utf-8", "replace")


@cache
def stylesheet() -> bytes:
    """The one stylesheet of all pages."""
    return environment("en").get_template("site/style.css.jinja").render().encode()


@cache
def script() -> bytes:
    """The one script, which pages work without: it jumps from change to change with j and k."""
    return (shipped("templates") / "site" / SCRIPT).read_bytes()


@cache
def icon() -> bytes:
    """What stands on a browser's tab."""
    return (shipped("templates") / "site" / ICON).read_bytes()


def _feeds(folder: Folder, room: Room, language: str) -> None:
    """Feeds of everything and of each platform, in both forms."""
    services = dict.fromkeys(status.document.service for status in room.library.statuses())
    for service in ("", *services):
        told = room.feeds(service)
        for kind in KINDS:
            path = feed(service, kind)
            made = make(told, path, language, room.frame, room.tools, about=service)
            folder.write(Place(path, folder_of(language)).file, written(made, kind))

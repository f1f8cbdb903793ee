"""Documents read from saved pages, one or many."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from watcher.errors import InputError, WatcherError
from watcher.model.text import DocumentText
from watcher.read import read_file, read_html


def extract_page(path: Path, select: Sequence[str], remove: Sequence[str], url: str = "") -> DocumentText:
    """The document on a saved page; selectors and `url` (for relative links) apply to HTML only.

    Raises `InputError` when the file cannot be read, `ReadError` when it holds no document.
    """
    if path.suffix.lower() in (".html", ".htm", ".xhtml"):
        try:
            body = path.read_bytes()
        except OSError as error:
            raise InputError(f"this file cannot be read ({error.strerror})", where=str(path)) from error
        return read_html(body, url=url, select=select, remove=remove)
    return read_file(path)


def extract_batch(entries: Sequence[dict[str, Any]], folder: Path) -> Iterator[dict[str, Any]]:
    """One answer for each entry; an entry that cannot be read gets an `error` and an empty document."""
    for entry in entries:
        answer = {"id": entry.get("id"), "title": "", "lang": "und", "markdown": ""}
        try:
            page = entry["page"]
            text = extract_page(
                folder / page, entry.get("select") or (), entry.get("remove") or (), entry.get("url") or ""
            )
        except WatcherError as error:
            yield answer | {"error": str(error)}
        except (KeyError, TypeError):
            yield answer | {"error": 'an entry needs "page", the path of a page as text'}
        else:
            yield answer | {"title": text.title, "lang": text.language, "markdown": text.markdown}

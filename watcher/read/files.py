"""Files that a person names: Markdown, plain text, HTML, PDF."""

from pathlib import Path

from watcher.errors import InputError, ReadError
from watcher.model.text import DocumentText

_TEXT = frozenset([".md", ".markdown", ".txt", ".text"])
_HTML = frozenset([".html", ".htm", ".xhtml"])


def read_file(path: Path) -> DocumentText:
    """The file as a document, read by its suffix. Raises InputError: missing, not UTF-8, broken, unknown kind."""
    where, suffix = str(path), path.suffix.lower()
    try:
        body = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", where=where) from error
    try:
        if suffix in _TEXT:
            from watcher.read.plain import read_plain
            from watcher.read.reading import as_document

            return as_document(read_plain(body.decode("utf-8-sig")))
        if suffix in _HTML or suffix == ".pdf":
            from watcher.read.reading import read_body

            return read_body(body)
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 text (byte {error.start})", where=where, remedy="Save the file as UTF-8."
        ) from error
    except ReadError as error:
        raise InputError(error.what, where=where, remedy=error.remedy) from error
    raise InputError(
        f"has the ending {suffix or '(none)'}, which is not known",
        where=where,
        remedy="Use .md, .txt, .html or .pdf.",
    )

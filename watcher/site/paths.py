"""Where every page of the report lies, and how one page names another.

Addresses are permalinks: they depend on lasting names only (service, document key, version numbers, event id).
"""

import posixpath
from dataclasses import dataclass

from watcher.model.source import slug

INDEX = "index.html"
CHANGES = "changes/index.html"
METHOD = "method.html"
# Only a server has these.
SEARCH = "search"
API = "api.html"
STYLE = "style.css"


def service_page(service: str) -> str:
    """`services/wavecrest.html`."""
    return f"services/{slug(service)}.html"


def document_page(key: str) -> str:
    """`documents/wavecrest--terms-of-use.html`; slugs never hold two hyphens in a row, so no two keys meet."""
    return f"documents/{key.replace('/', '--')}.html"


def versions_page(key: str, old: int, new: int) -> str:
    """`documents/wavecrest--terms-of-use/v2-v3.html`."""
    return f"documents/{key.replace('/', '--')}/v{old}-v{new}.html"


def feed(service: str = "", kind: str = "atom") -> str:
    """`feeds/changes.atom`, `feeds/services/wavecrest.json`: what changed, everywhere or at one platform."""
    return f"feeds/services/{slug(service)}.{kind}" if service else f"feeds/changes.{kind}"


def evidence_file(event: str) -> str:
    """`changes/0123456789abcdef/evidence.zip`: all proof of a change; only a server has it."""
    return f"changes/{event}/evidence.zip"


def version_page(key: str, number: int) -> str:
    """`documents/wavecrest--terms-of-use/v3.html`: the whole text with what it says; a clause is at `#c-<its key>`."""
    return f"documents/{key.replace('/', '--')}/v{number}.html"


def change_page(event: str) -> str:
    """`changes/0123456789abcdef.html`, after the event's id."""
    return f"changes/{event}.html"


def text_file(digest: str) -> str:
    """`texts/<SHA-256>.txt`: the very bytes that the digest of a kept text was computed from."""
    return f"texts/{digest}.txt"


@dataclass(frozen=True, slots=True)
class Place:
    """One page in one language: `path` within its language, `folder` where that language stands ("" or "it")."""

    path: str
    folder: str

    @property
    def file(self) -> str:
        """Relative to the report's folder."""
        return posixpath.join(self.folder, self.path)

    def to(self, path: str) -> str:
        """The relative link to another page of the same language."""
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".")

    def shared(self, path: str) -> str:
        """The relative link to a file that all languages share."""
        return posixpath.relpath(path, posixpath.dirname(self.file) or ".")

    def twin(self, folder: str) -> str:
        """The relative link to this page in the language that stands in `folder`."""
        return self.shared(posixpath.join(folder, self.path))

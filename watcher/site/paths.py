"""Where every page lies, and how one page names another.

Addresses are permalinks: they depend on lasting names only (service, document key, version numbers, digests of texts,
event id, clause key).
"""

import posixpath
from dataclasses import dataclass

from watcher.model.source import slug
from watcher.model.version import Version

INDEX = "index.html"
CHANGES = "changes/index.html"
PLATFORMS = "platforms.html"
MATRIX = "matrix.html"
MATRIX_TOPICS = "matrix-topics.html"
METHOD = "method.html"
CONTACT = "contact.html"
# Only a server has these.
SEARCH = "search"
# Files that all languages share.
STYLE = "style.css"
SCRIPT = "site.js"
ICON = "icon.svg"
TABLE = "matrix.csv"

_SHORT = 12


def service_page(service: str) -> str:
    """`services/wavecrest.html`."""
    return f"services/{slug(service)}.html"


def folder(key: str) -> str:
    """`wavecrest--terms-of-use`; slugs never hold two hyphens in a row, so no two keys meet."""
    return key.replace("/", "--")


def document_page(key: str, number: int = 1) -> str:
    """`documents/wavecrest--terms-of-use.html`; a long history goes on at `…/versions-2.html`."""
    if number > 1:
        return f"documents/{folder(key)}/versions-{number}.html"
    return f"documents/{folder(key)}.html"


def changes_page(number: int) -> str:
    """`changes/index.html`, `changes/page-2.html`."""
    return CHANGES if number == 1 else f"changes/page-{number}.html"


def version_page(key: str, number: int) -> str:
    """`documents/wavecrest--terms-of-use/v3.html`: the whole text with what it says; a clause is at `#c-<its key>`."""
    return f"documents/{folder(key)}/v{number}.html"


def versions_page(old: Version, new: Version) -> str:
    """`documents/wavecrest--terms-of-use/v2.0123456789ab-v3.ba9876543210.html`: numbers and digests of both texts."""
    sides = (f"v{one.number}.{one.text[:_SHORT]}" for one in (old, new))
    return f"documents/{folder(old.document)}/{'-'.join(sides)}.html"


def clause_page(key: str, clause: str) -> str:
    """`documents/wavecrest--terms-of-use/clauses/0123456789abcdef.html`, after the key of any of its wordings."""
    return f"documents/{folder(key)}/clauses/{clause}.html"


def feed(service: str = "", kind: str = "atom") -> str:
    """`feeds/changes.atom`, `feeds/services/wavecrest.json`: what changed, everywhere or at one platform."""
    return f"feeds/services/{slug(service)}.{kind}" if service else f"feeds/changes.{kind}"


def evidence_file(event: str) -> str:
    """`changes/0123456789abcdef/evidence.zip`: all proof of a change, the same in every language."""
    return f"changes/{event}/evidence.zip"


def change_page(event: str) -> str:
    """`changes/0123456789abcdef.html`, after the event's id."""
    return f"changes/{event}.html"


def text_file(digest: str) -> str:
    """`texts/<SHA-256>.txt`: the very bytes that the digest of a kept text was computed from."""
    return f"texts/{digest}.txt"


def raw_file(sha256: str) -> str:
    """`raw/<SHA-256>`: a page as it was received, served as a download only."""
    return f"raw/{sha256}"


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
        return "../" * self.path.count("/") + path

    def shared(self, path: str) -> str:
        """The relative link to a file that all languages share."""
        return "../" * self.file.count("/") + path

    def twin(self, folder: str) -> str:
        """The relative link to this page in the language that stands in `folder`."""
        return self.shared(posixpath.join(folder, self.path))

"""What the archive keeps: versions that never change, and pages that were refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watcher.model.fetched import Validators
from watcher.model.text import DocumentText


class VersionKind(StrEnum):
    """Why a version exists.

    `first`; `changed`: the words are new; `cosmetic`: punctuation, glyphs, numbering or dates only;
    `return`: a text seen before, which it points to; `technical`: the config now names other pages for the document;
    `absent`: the service's hub did not list the document yet, so there was no text.
    """

    FIRST = "first"
    CHANGED = "changed"
    COSMETIC = "cosmetic"
    RETURN = "return"
    TECHNICAL = "technical"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One raw page behind a version: where it stood, when it was had, and the SHA-256 of its bytes.

    `saved_by_person` says that a person saved it in a browser, because the site lets no program in. `status` is 404 or
    410 where a file was not there; `headers` are those that say something to AI crawlers.
    """

    url: str
    final_url: str
    fetched_at: datetime
    sha256: str
    content_type: str = ""
    saved_by_person: bool = False
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a document that stood from `seen_at`; `number` counts from 1 within the document.

    `text` is the digest of the kept text; `returns_to` the number of the version whose text came back.
    `confirmed_at` is when a later fetch confirmed a drastic change. `extractor` and `selectors` say how the raw
    pages were read, so that a newer reading is never taken for a change of terms.
    """

    document: str
    number: int
    kind: VersionKind
    seen_at: datetime
    text: str
    extractor: str
    selectors: str
    evidence: tuple[Evidence, ...]
    returns_to: int | None = None
    confirmed_at: datetime | None = None
    rules: str = ""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """The last good answer for one page: what to ask the server with, and what to compare a new answer with.

    `glance` is the digest of its visible text, `reading` how it was read: extractor, pages and selectors.
    """

    url: str
    final_url: str
    validators: Validators
    content_type: str
    sha256: str
    glance: str
    reading: str = ""


class Doubt(StrEnum):
    """Why a page is not taken for the document. The values are stable words in records and JSON."""

    EMPTY = "empty"
    SHELL = "shell"
    NOT_FOUND = "not-found"
    ERROR_PAGE = "error-page"
    BOT_WALL = "bot-wall"
    LOGIN_WALL = "login-wall"
    CONSENT_WALL = "consent-wall"
    HOME_PAGE = "home-page"
    OTHER_LANGUAGE = "other-language"
    OTHER_DOCUMENT = "other-document"
    HALF_LOADED = "half-loaded"
    SELECTORS = "selectors"
    UNREADABLE = "unreadable"
    DRASTIC = "drastic"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A health judgement: no `doubt` means that the page is the document.

    `waits` says that it may well be the document after all and a later fetch that shows the same text confirms it
    (a drastic change); otherwise it is refused. `detail` is one sentence for the operator.
    """

    doubt: Doubt | None = None
    detail: str = ""
    waits: bool = False


HEALTHY = Verdict()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of the fetched pages: the text, when there is one, and whether it is the document."""

    text: DocumentText | None
    verdict: Verdict


class QuarantineState(StrEnum):
    """What became of a refused page.

    `refused`: it is not the document; `waiting`: a later fetch that shows the same text confirms it; `settled`: a
    healthy fetch came since; `accepted` and `rejected`: an operator decided.
    """

    REFUSED = "refused"
    WAITING = "waiting"
    SETTLED = "settled"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A page that was refused, kept with its bytes: `at` it was fetched, why, and which raw pages.

    `text` is the digest of what was read from it, when anything was. `id` is 0 before it is kept.
    """

    document: str
    at: datetime
    doubt: Doubt
    detail: str
    evidence: tuple[Evidence, ...]
    text: str | None = None
    state: QuarantineState = QuarantineState.REFUSED
    id: int = 0

"""What the API answers with: the names and types that others build on. Fields are added, never renamed or removed."""

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from watcher.model.finding import ChangeKind, Severity, Tone
from watcher.model.source import DocumentKind, Verification
from watcher.model.text import ClauseKind
from watcher.model.version import VersionKind

T = TypeVar("T")


def _sound(value: object) -> object:
    """UTF-8 holds no halves of surrogate pairs; they become question marks, as on the pages."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


Words = Annotated[str, BeforeValidator(_sound)]
"""Text that comes from elsewhere."""
Moment = Annotated[AwareDatetime, PlainSerializer(_rfc3339, when_used="json")]
"""RFC 3339, in UTC."""
Address = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
"""Absolute when the site knows its own address (`site.base_url`), else a path on this server."""
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Key = Annotated[str, Field(pattern="^[0-9a-f]{16}$")]


class Shape(BaseModel):
    """What all have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class Thing(Shape):
    """Something with a name of its own: `url` is where the API tells it, `page` the page for people."""

    id: Words
    url: Address
    page: Address


class ServiceRef(Thing):
    """A platform, in short. Its `id` is its name as an address: "wavecrest"."""

    name: Words


class DocumentRef(Thing):
    """A document, in short. Its `id` is "wavecrest/terms-of-use", with ".fr" for a variant."""

    service: Words = Field(description="The platform's name for people")
    name: Words
    title: Words


class VersionRef(Thing):
    """A version, in short; `text` is the SHA-256 of its text."""

    number: int
    text: Sha256


class Service(ServiceRef):
    """A platform and what is watched of it."""

    groups: list[Words] = Field(description="Kinds of platform, such as music")
    documents: int
    documents_url: Address
    feed: Address = Field(description="Atom feed of its changes that matter")


class Tracking(Shape):
    """How the tracking goes. `failures` counts checks in a row that gave no healthy document, `reason` says why."""

    last_check: Moment | None
    last_good: Moment | None
    failures: int
    reason: Words


class Document(DocumentRef):
    """One text that a platform publishes, in one language."""

    variant: Words
    kind: DocumentKind = Field(
        description="terms, a list of links (hub), or a source of signals for machines"
    )
    language: Words
    groups: list[Words]
    sources: list[Words] = Field(description="The addresses that are read, in order")
    vouched_by: Verification
    opt_out: Words | None = Field(description="Where a person can object, if known")
    versions: int
    versions_url: Address
    current: VersionRef | None
    last_change: Moment | None
    tracking: Tracking


class Proof(Shape):
    """A raw page behind a version: `sha256` of its bytes, which are a download at `raw`."""

    source: Words
    final: Words = Field(description="Where redirects led")
    fetched_at: Moment
    sha256: Sha256
    raw: Address
    content_type: Words
    status: int
    saved_by_person: bool


class Version(VersionRef):
    """One text of a document, which never changes afterwards."""

    document: DocumentRef
    kind: VersionKind
    seen_at: Moment
    confirmed_at: Moment | None = Field(description="When a later visit confirmed a drastic change")
    returns_to: int | None = Field(description="Number of the version whose text came back")
    rules: Words = Field(description="Rule packs, with their versions, that judged it")
    text_url: Address
    markdown_url: Address
    exact_url: Address = Field(description="The very bytes that the SHA-256 is of")
    findings_url: Address
    comparison: Address | None = Field(description="The page that compares it with the version before")
    evidence: list[Proof]


class Clause(Shape):
    """One block of a text; `key` is its lasting identity, `path` the headings above, `lead_in` what introduces it."""

    key: Key
    kind: ClauseKind
    text: Words
    markdown: Words
    path: list[Words]
    lead_in: list[Words]
    level: int
    marker: Words


class Text(Thing):
    """The text of a version, clause by clause; it never changes."""

    document: DocumentRef
    version: int
    seen_at: Moment
    sha256: Sha256
    title: Words
    language: Words
    words: int
    exact_url: Address
    clauses: list[Clause]


class CueShape(Shape):
    """Words that led to a finding: characters `start` to `end` of the quote, and what they were taken for."""

    start: int
    end: int
    label: Words


class Reading(Shape):
    """What a rule read in a sentence. `certainty` runs from 0 to 1."""

    category: Words
    severity: Severity
    rule: Words
    pack: Words = Field(description="The rule pack and its version")
    actor: Words
    polarity: Words = Field(description="permitted, denied or required")
    conditions: list[Words]
    objects: list[Words]
    purposes: list[Words]
    recipients: list[Words]
    certainty: float
    clause: Words = Field(description="Key of the clause that it stands in")
    language: Words
    quote: Words
    context: Words = Field(description="What stood before the sentence")
    cues: list[CueShape]


class Finding(Reading, Thing):
    """One thing that a version of a document says about AI. `current`: that version stands today."""

    document: DocumentRef
    version: VersionRef
    seen_at: Moment = Field(description="When the version was first seen")
    current: bool


class StandingFinding(Finding):
    """What a document says at the moment that is asked about: `current` then, and since when."""

    since: Moment = Field(description="Since when its clause says so without a break")
    first_seen: Moment = Field(description="When its clause first said so")
    category_since: Moment = Field(description="Since when the document says anything of the category")


class Withdrawn(Shape):
    """That a reading proved wrong: when it was taken back, and why."""

    at: Moment
    note: Words


class Change(Thing):
    """What a new version does to one category. Those of one event, one new version, share `event`, `page` and proof."""

    event: Key
    document: DocumentRef
    seen_at: Moment
    updated_at: Moment = Field(
        description="When it came to be told as it is: confirmed, or withdrawn in part"
    )
    old: VersionRef
    new: VersionRef
    category: Words
    change: ChangeKind
    matters: bool = Field(description="False when only the wording is new")
    severity: Severity
    tone: Tone = Field(description="How it touches the person whose work it is")
    headline: Words = Field(description="What happened, in one English sentence")
    rule: Words
    pack: Words = Field(description="The rule pack and its version; empty when no finding tells it")
    language: Words
    quote: Words = Field(description="The words as they now stand; as they stood, when removed")
    previous: Words | None = Field(description="The earlier wording, if there was one")
    reasons: list[Words]
    now: Reading | None
    before: Reading | None
    evidence: Address = Field(description="All proof as one zip file")
    withdrawn: Withdrawn | None


class Position(Shape):
    """What a document says in a category, in a word: "permits", "promises not to", "offers a choice"."""

    category: Words
    stance: Words
    tone: Tone
    polarity: Words
    document: DocumentRef
    version: int
    findings: int
    category_since: Moment
    since: Moment = Field(description="Since when the clause that `clause` names says so")
    clause: Words
    clause_page: Address


class Status(ServiceRef):
    """What a platform says. A category that `says` lacks is one in which it is silent.

    `read` is False when no text of it was judged, so that silence means nothing.
    """

    groups: list[Words]
    read: bool
    says: list[Position]


class Stay(Shape):
    """A time in which a clause stood: since a version, until one came without it; null while it stands."""

    version: int
    since: Moment
    until: Moment | None


class FoundClause(Thing):
    """A clause that holds the words, as last worded; `url` is the text of the last version that shows it."""

    document: DocumentRef
    clause: Key
    path: list[Words]
    text: Words
    first_seen: Moment
    stands: bool
    stays: list[Stay]


class Listing(Shape, Generic[T]):
    """One page of a list; `next` is the address of the next one, as in the header Link, null at the end."""

    items: list[T]
    next: Address | None


class StatusListing(Listing[Status]):
    """As of a moment: today, or the end of a day."""

    as_of: Moment


class SearchListing(Listing[FoundClause]):
    """What was found. `bounded`: only the `total` newest wordings were looked at, because a search may not take long.

    `first_seen` and `last_seen` are of the words over all hits; null where that is not known, and while they stand.
    """

    total: int
    bounded: bool
    first_seen: Moment | None
    last_seen: Moment | None


class Home(Shape):
    """Where to begin."""

    title: Words
    version: str
    documentation: Address
    openapi: Address
    services: Address
    documents: Address
    changes: Address
    findings: Address
    history: Address
    statuses: Address
    search: Address


class Mistake(Shape):
    """A parameter and what is wrong with it."""

    parameter: Words
    detail: Words


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    type: Address
    title: str
    status: int
    detail: str
    instance: Address = ""
    errors: list[Mistake] = []

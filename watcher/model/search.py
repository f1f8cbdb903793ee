"""What can be asked of everything kept, and what comes back."""

from dataclasses import dataclass, replace
from datetime import datetime

from watcher.model.alert import Event
from watcher.model.finding import Change, ChangeKind, Severity
from watcher.model.life import Stay
from watcher.model.source import Document, slug


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a search knows it; `type` is the slug of its name, which documents of one kind share."""

    key: str
    service: str
    name: str
    groups: tuple[str, ...]

    @property
    def type(self) -> str:
        """The slug of its name: "terms-of-use"."""
        return slug(self.name)

    @property
    def service_slug(self) -> str:
        """The slug of its platform's name: "amazon-music"."""
        return slug(self.service)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents, changes and times are meant; what is empty sets no limit, several values of one kind widen.

    `services` and `types` are slugs of names ("amazon-music", "terms-of-use"), `groups` such as "music", `documents`
    keys. `severity` is the least one. `since` is included, `until` is not. `languages` are those of findings, `events`
    ids; a search in texts knows neither.
    """

    services: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    changes: tuple[ChangeKind, ...] = ()
    severity: Severity | None = None
    since: datetime | None = None
    until: datetime | None = None
    languages: tuple[str, ...] = ()
    events: tuple[str, ...] = ()

    def mean(self, one: Listed) -> bool:
        """Whether a document is meant."""
        return (
            (not self.services or slug(one.service) in self.services)
            and (not self.groups or not set(self.groups).isdisjoint(one.groups))
            and (not self.types or one.type in self.types)
            and (not self.documents or one.key in self.documents)
        )

    @property
    def mattering(self) -> "Filters":
        """The same for the changes that matter, unless kinds of change are named: whoever names one means it."""
        if self.changes:
            return self
        return replace(self, changes=tuple(kind for kind in ChangeKind if kind.matters))


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """A clause of a document that holds the words, as last worded, with its stays; `path` are the headings above.

    `key` is the clause's lasting identity, `number` one within the store.
    """

    number: int
    document: Document
    key: str
    text: str
    path: tuple[str, ...]
    stays: tuple[Stay, ...]

    @property
    def first_seen(self) -> datetime:
        """When it was first there."""
        return self.stays[0].since

    @property
    def place(self) -> tuple[datetime, int]:
        """Where it stands among hits, for the next page."""
        return self.first_seen, self.number

    @property
    def stands(self) -> bool:
        """Whether it stands in the newest version."""
        return self.stays[-1].until is None


@dataclass(frozen=True, slots=True)
class ChangeHit:
    """A change whose words, now or before, hold those looked for.

    `event` has this change alone; `position` is its place among all of them, from 0.
    """

    event: Event
    position: int
    change: Change

    @property
    def place(self) -> tuple[datetime, str, int]:
        """Where it stands among hits, for the next page."""
        return self.event.seen_at, self.event.id, self.position


@dataclass(frozen=True, slots=True)
class Span:
    """When the words were seen over all hits: first at `first` in `document`, and last until `last` (None: today)."""

    first: datetime
    document: Document
    last: datetime | None


@dataclass(frozen=True, slots=True)
class ClausesFound:
    """One page of hits, the latest wordings first. `total` counts all; `more` says that there are further ones.

    `bounded` says that only the `total` newest were looked at, because a search costs a bounded time. `span` is None
    then, and when nothing was found.
    """

    hits: tuple[ClauseHit, ...]
    total: int
    more: bool
    bounded: bool
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ChangesFound:
    """One page of changes, the latest first; as `ClausesFound`."""

    hits: tuple[ChangeHit, ...]
    total: int
    more: bool
    bounded: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An event without what was withdrawn of it.

    `updated` is when it came to be told as it is: seen, confirmed by a later visit, or withdrawn in part. `fitting` are
    the changes for which it was asked, of all that the event has.
    """

    event: Event
    updated: datetime
    fitting: tuple[Change, ...] = ()

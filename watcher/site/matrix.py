"""Who may train on your work: platforms and categories, as of today or of any date."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from watcher.model.finding import Category
from watcher.model.source import Document, slug
from watcher.model.standing import Ledger, Stand
from watcher.site.cells import as_cell
from watcher.site.library import Asked, Room
from watcher.site.machines import conflicts
from watcher.site.paths import service_page, version_page
from watcher.voice import Stance, Voice, stance
from watcher.voice.wishes import named_groups

TRAINING = (
    Category.TRAINING_GRANT,
    Category.THIRD_PARTY_TRAINING,
    Category.TRAINING_COMMITMENT,
    Category.TRAINING_CHOICE,
    Category.TRAINING_RESTRICTION,
)
TOPICS = (Category.VOICE_LIKENESS, Category.AI_GENERATED_CONTENT, Category.AI_REMUNERATION)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a platform says in a category: what takes most, since when it says anything of the kind, and a clause.

    `latest` is when the newest of the clauses that take so much came, where that was on a later day than `since`.
    """

    stance: Stance
    since: datetime
    path: str
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A platform. A cell is None where it is silent; `unread` says why nothing is known at all.

    `conflicts`: its terms and what it tells machines contradict each other.
    """

    name: str
    path: str
    groups: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    unread: bool = False
    conflicts: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """How the reader wants it: as of which moment, which group, sorted by which category (empty: by name).

    `ahead` is a moment to come that was asked for; what is shown then is the state of today.
    """

    at: datetime | None
    day: str
    group: str
    sort: str
    ahead: datetime | None = None


def matrix(room: Room, asked: Asked) -> str:
    """Who may train on your work."""
    return _page(room, asked, TRAINING, "training")


def topics(room: Room, asked: Asked) -> str:
    """What else platforms say about AI."""
    return _page(room, asked, TOPICS, "topics")


def table_file(room: Room, voice: Voice, wish: Wish) -> str:
    """Everything that every document says, as CSV (RFC 4180); one line for each finding."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    ledger = room.library.ledger()
    for document in _of_group(room.library.documents().values(), wish.group):
        found = room.library.stands(document.key, wish.at)
        for stand, finding in found:
            writer.writerow(
                as_cell(one)
                for one in (
                    document.service,
                    document.name,
                    document.variant,
                    document.key,
                    finding.category,
                    stance(voice, finding.category, finding.polarity).word,
                    finding.polarity,
                    stand.category_since.isoformat(),
                    stand.since.isoformat(),
                    stand.first_seen.isoformat(),
                    finding.quote,
                    finding.language,
                    finding.rule,
                    finding.pack,
                    str(stand.version),
                    stand.text,
                    document.pages[0].url if document.pages else "",
                    room.frame.absolute(f"{version_page(document.key, stand.version)}#c-{finding.clause}"),
                )
            )
        if not found:
            silent = "silent" if ledger.knows(document.key, wish.at) else "not read"
            row = [document.service, document.name, document.variant, document.key, "", silent]
            writer.writerow(as_cell(one) for one in (*row, *[""] * (len(_HEAD) - len(row))))
    return out.getvalue()


def wish(asked: Asked) -> Wish | None:
    """What the address asks for; None when it names no date."""
    day = asked.option("date")
    at = ahead = None
    if day:
        try:
            at = datetime.combine(datetime.strptime(day, "%Y-%m-%d").date(), time.max, tzinfo=UTC)  # noqa: DTZ007
        except (ValueError, OverflowError):
            return None
        if at >= asked.now + timedelta(days=1):
            at, day, ahead = None, "", at
    return Wish(at, day, asked.option("group"), asked.option("sort"), ahead)


_HEAD = (
    "platform", "document", "variant", "key", "category", "says", "polarity", "category_since", "clause_since",
    "clause_first_seen", "quote", "language", "rule", "pack", "version", "text_sha256", "url", "permalink",
)  # fmt: skip


def _page(room: Room, asked: Asked, categories: Sequence[str], kind: str) -> str:
    wanted = wish(asked) or Wish(None, "", asked.option("group"), asked.option("sort"))
    documents = room.library.documents().values()
    ledger = room.library.ledger()
    mine = _of_group(documents, wanted.group)
    found = _sorted(_lines(room, mine, ledger, categories, wanted.at, asked.voice), categories, wanted.sort)
    return room.print(
        asked,
        "matrix.html",
        kind=kind,
        categories=[(one, asked.voice.category(one)) for one in categories],
        lines=found,
        wish=wanted,
        wrong_date=asked.option("date") if wish(asked) is None else "",
        groups=named_groups(asked.voice, {group for document in documents for group in document.groups}),
        as_of=_as_of(wanted.at, room.library.latest_check()),
        today=asked.now.date().isoformat(),
        stances=_legend(asked.voice, categories),
    )


def _as_of(wanted: datetime | None, last: datetime | None) -> datetime | None:
    """The day that was asked for; nobody knows anything of a day after the last check."""
    return min(wanted, last) if wanted and last else last


def _legend(voice: Voice, categories: Sequence[str]) -> list[Stance]:
    polarities = ("permitted", "denied", "required")
    every = (stance(voice, category, polarity) for category in categories for polarity in polarities)
    return sorted(dict.fromkeys(every), key=lambda one: one.rank)


def _of_group(documents: Iterable[Document], group: str) -> list[Document]:
    return [document for document in documents if not group or group in document.groups]


def _lines(
    room: Room,
    watched: Iterable[Document],
    ledger: Ledger,
    categories: Sequence[str],
    at: datetime | None,
    voice: Voice,
) -> list[Line]:
    services: dict[str, list[Document]] = {}
    for one in watched:
        services.setdefault(slug(one.service), []).append(one)
    lines = []
    for name, documents in services.items():
        stands = {document.key: ledger.stands(document.key, at) for document in documents}
        lines.append(
            Line(
                documents[0].service,
                service_page(name),
                tuple(sorted({group for document in documents for group in document.groups})),
                tuple(_cell(category, stands, voice) for category in categories),
                unread=not any(ledger.knows(document.key, at) for document in documents),
                conflicts=bool(conflicts(room, voice, documents[0].service, list(stands), at, ledger=ledger)),
            )
        )
    return lines


def _cell(category: str, stands: dict[str, tuple[Stand, ...]], voice: Voice) -> Cell | None:
    mine = [
        (stance(voice, category, stand.entry.polarity), stand)
        for each in stands.values()
        for stand in each
        if stand.entry.category == category
    ]
    if not mine:
        return None
    position, lead = min(mine, key=lambda one: (one[0].rank, one[1].category_since, one[1].since))
    latest = max(stand.since for taken, stand in mine if taken == position)
    return Cell(
        position,
        lead.category_since,
        f"{version_page(lead.document, lead.version)}#c-{lead.entry.clause}",
        latest if latest.date() > lead.category_since.date() else None,
    )


def _sorted(lines: list[Line], categories: Sequence[str], sort: str) -> list[Line]:
    by_name: Callable[[Line], tuple[str, str]] = lambda line: (line.name.casefold(), line.path)  # noqa: E731
    lines.sort(key=by_name)
    if sort not in categories:
        return lines
    at = categories.index(sort)
    never = datetime.max.replace(tzinfo=UTC)

    def order(line: Line) -> tuple[int, datetime]:
        cell = line.cells[at]
        return (cell.stance.rank, cell.since) if cell else (9 + line.unread, never)

    return sorted(lines, key=order)

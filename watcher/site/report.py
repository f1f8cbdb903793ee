"""The whole report: the first page, the platforms, all changes, and how it is made."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from watcher.model.comparison import Comparison, Segment
from watcher.model.finding import RuleText
from watcher.model.report import DocumentHistory
from watcher.model.search import Told
from watcher.model.source import slug
from watcher.model.text import DocumentText
from watcher.site.activity import activity
from watcher.site.documents import write_document
from watcher.site.feeds import KINDS, make, written
from watcher.site.files import Folder
from watcher.site.frame import NAMES, Frame, folder_of
from watcher.site.health import Health, health
from watcher.site.paths import CHANGES, INDEX, METHOD, STYLE, Place, document_page, feed, service_page
from watcher.site.printer import Printer
from watcher.site.story import Story, Tools
from watcher.voice import Voice, environment

_LATELY = 12
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReportPaths:
    """Where the report begins, and how many files were written or left alone because nothing in them changed."""

    index: Path
    written: int
    kept: int


@dataclass(frozen=True, slots=True)
class Tracked:
    """A document with its health and its stories, latest first."""

    history: DocumentHistory
    path: str
    health: Health
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A platform with its documents; its `stories` are those of all of them, latest first."""

    name: str
    path: str
    documents: tuple[Tracked, ...]
    stories: tuple[Story, ...]

    @property
    def failing(self) -> int:
        """How many of its documents need a look."""
        return sum(document.health.state == "failing" for document in self.documents)


def write_report(
    out: Path,
    histories: Sequence[DocumentHistory],
    *,
    text_of: Callable[[str], DocumentText],
    compare: Callable[[DocumentText, DocumentText], Comparison],
    mark: Callable[[str, str], Sequence[Segment]],
    explain: Callable[[str, str], RuleText],
    now: datetime,
    frame: Frame,
    feeds: Callable[[str], Sequence[Told]] = lambda _: (),
) -> ReportPaths:
    """Write static pages to `out` that open from disk and from any web server; raises UsageError when it cannot.

    `text_of` gives a kept text by its digest, `compare` aligns two texts, `mark` marks the words of two wordings,
    `explain` gives a rule's words in a language, `feeds` the latest events of a platform, or of all for "". English
    stands at the root, each other language in a folder named after it. The same input gives the same bytes; pages of
    documents that are no longer watched stay, because people may have cited them.
    """
    folder = Folder(out)
    printers = [Printer(folder, Voice.of(language), frame) for language in NAMES]
    tools = Tools(text_of, compare, mark, explain)
    folder.write(STYLE, stylesheet())
    ordered = sorted(histories, key=lambda history: history.document.key)
    told = {history.document.key: write_document(history, printers, tools) for history in ordered}
    for printer in printers:
        services = _services(ordered, told, printer.voice)
        for service in services:
            printer.page(service.path, "service.html", service=service, feed_of=service.name)
            _feeds(printer, tools, feeds(service.name), service.name)
        stories = _latest(story for service in services for story in service.stories)
        _feeds(printer, tools, feeds(""))
        printer.page(CHANGES, "changes.html", stories=stories)
        printer.page(METHOD, "method.html")
        printer.page(
            INDEX,
            "index.html",
            services=services,
            stories=stories[:_LATELY],
            total=len(stories),
            this_week=sum(now - _WEEK <= story.event.seen_at <= now for story in stories),
            activity=activity((story.event for story in stories), now),
            failing=[d for s in services for d in s.documents if d.health.state == "failing"],
            now=now,
        )
    return ReportPaths(out / INDEX, folder.written, folder.kept)


def stylesheet() -> bytes:
    """The one stylesheet of all pages."""
    return environment("en").get_template("site/style.css.jinja").render().encode()


def _feeds(printer: Printer, tools: Tools, told: Sequence[Told], service: str = "") -> None:
    """Both kinds of feed of a platform, or of everything."""
    for kind in KINDS:
        path = feed(service, kind)
        made = make(told, path, printer.voice.language, printer.frame, tools, about=service)
        printer.folder.write(Place(path, folder_of(printer.voice.language)).file, written(made, kind))


def _services(
    histories: Sequence[DocumentHistory], told: Mapping[str, Mapping[str, tuple[Story, ...]]], voice: Voice
) -> list[Service]:
    grouped: dict[str, list[Tracked]] = {}
    for history in histories:
        document = history.document
        tracked = Tracked(
            history,
            document_page(document.key),
            health(voice, history.status),
            told[document.key][voice.language],
        )
        grouped.setdefault(slug(document.service), []).append(tracked)
    services = [
        Service(
            documents[0].history.document.service,
            service_page(key),
            tuple(documents),
            _latest(story for document in documents for story in document.stories),
        )
        for key, documents in grouped.items()
    ]
    return sorted(services, key=lambda service: (service.name.casefold(), service.path))


def _latest(stories: Iterable[Story]) -> tuple[Story, ...]:
    return tuple(sorted(stories, key=lambda story: (story.event.seen_at, story.event.id), reverse=True))

"""The pages of one document: its timeline, its changes, and each pair of versions clause by clause."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from watcher.model.alert import Event
from watcher.model.comparison import Comparison
from watcher.model.report import DocumentHistory
from watcher.model.version import Version
from watcher.site.health import health, reason
from watcher.site.paths import change_page, document_page, service_page, text_file, versions_page
from watcher.site.printer import Printer
from watcher.site.rows import Table, table
from watcher.site.story import Story, Tools, noted, story

# A page that a bot wall answers every six hours would fill the page of its document.
_MOST_REFUSED = 50


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to another: where the comparison lies, and how many clauses changed in which way."""

    old: Version
    new: Version
    path: str
    event: Event | None
    counts: Mapping[str, int]


def write_document(
    history: DocumentHistory, printers: Sequence[Printer], tools: Tools
) -> dict[str, tuple[Story, ...]]:
    """Write all pages of a document in every language; its stories by language, latest first."""
    text_of = lru_cache(maxsize=4)(tools.text_of)
    for digest in sorted({version.text for version in history.versions}):
        printers[0].folder.write(text_file(digest), text_of(digest).exact)
    steps: list[Step] = []
    stories: dict[str, list[Story]] = {printer.voice.language: [] for printer in printers}
    for old, new, event in _pairs(history):
        comparison = tools.compare(text_of(old.text), text_of(new.text))
        laid = table(comparison, noted(event) if event else None)
        path = change_page(event.id) if event else versions_page(history.document.key, old.number, new.number)
        step = Step(old, new, path, event, laid.counts)
        for printer in printers:
            told = story(event, printer.voice, tools, comparison) if event else None
            if told:
                stories[printer.voice.language].append(told)
            _write_step(history, printer, step, told, laid, comparison)
        steps.append(step)
    latest = {language: tuple(reversed(told)) for language, told in stories.items()}
    for printer in printers:
        _write_timeline(history, printer, steps, latest[printer.voice.language])
    return latest


def _write_step(
    history: DocumentHistory,
    printer: Printer,
    step: Step,
    told: Story | None,
    laid: Table,
    comparison: Comparison,
) -> None:
    own = (comparison.new.language, comparison.old.language, history.document.language)
    printer.page(
        step.path,
        "change.html" if told else "versions.html",
        document=history.document,
        service=service_page(history.document.service),
        home=document_page(history.document.key),
        step=step,
        story=told,
        table=laid,
        # BCP 47 has "und" for an unknown language; in HTML an empty `lang` says so.
        language=next((language for language in own if language and language != "und"), ""),
        drafts=((step.old, comparison.old), (step.new, comparison.new)),
    )


def _write_timeline(
    history: DocumentHistory, printer: Printer, steps: Sequence[Step], stories: Sequence[Story]
) -> None:
    voice = printer.voice
    steps_to = {step.new.number: step for step in steps if step.new.number - step.old.number == 1}
    refused = [(page, reason(voice, page.doubt)) for page in reversed(history.quarantined)]
    printer.page(
        document_page(history.document.key),
        "document.html",
        document=history.document,
        service=service_page(history.document.service),
        health=health(voice, history.status),
        versions=[(version, steps_to.get(version.number)) for version in reversed(history.versions)],
        stories=stories,
        toned={told.event.id: told.lead.tone for told in stories},
        refused=refused[:_MOST_REFUSED],
        more_refused=len(refused[_MOST_REFUSED:]),
    )


def _pairs(history: DocumentHistory) -> Iterator[tuple[Version, Version, Event | None]]:
    """Every two versions in a row, and those that an event tells of, in order."""
    versions = {version.number: version for version in history.versions}
    numbers = sorted(versions)
    events = {(event.old, event.new): event for event in history.events}
    for old, new in sorted({*pairwise(numbers), *events}, key=lambda p: (p[1], p[0])):
        yield versions[old], versions[new], events.get((old, new))

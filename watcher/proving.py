"""All proof of a change, gathered from the store."""

from collections.abc import Callable

from watcher.diff import compare, mark
from watcher.errors import InputError
from watcher.evidence import Case, Side, SourcePage, package
from watcher.model.finding import RuleText
from watcher.model.version import Version
from watcher.site import Frame, comparison_page
from watcher.site.frame import NAMES, folder_of
from watcher.site.paths import Place, change_page
from watcher.store import Store

_VIEWS = {"en": "comparison.html", "it": "confronto.html"}


def prove(store: Store, change: str, *, explain: Callable[[str, str], RuleText], frame: Frame) -> bytes:
    """The package of evidence of a change, by its id, as the bytes of a zip file.

    Raises `InputError` when there is no such change, `DamagedError` when something of it cannot be read any more.
    """
    event = store.library.event(change)
    if event is None:
        raise InputError(
            "there is no change with this id",
            where=change,
            remedy="The id is the 16 digits in the address of the change's page, and in the mail that told it.",
        )
    versions = {version.number: version for version in store.archive.versions(event.document.key)}
    old = _side(store, versions[event.old], event.old_text)
    new = _side(store, versions[event.new], event.new_text)
    comparison = compare(old.text, new.text)
    title = f"{event.document.title}: {event.old} → {event.new}"
    views = tuple(
        (
            _VIEWS[language],
            comparison_page(
                comparison,
                event.changes,
                title=title,
                service=event.document.service,
                mark=mark,
                explain=explain,
                language=language,
            ).encode("utf-8", "replace"),
        )
        for language in NAMES
    )
    address = Place(change_page(event.id), folder_of("en")).file
    return package(
        Case(
            event=event,
            old=old,
            new=new,
            comparison=comparison,
            views=views,
            withdrawn=store.notices.withdrawn(event.id),
            site=frame.title,
            address=frame.absolute(address) if frame.base_url else "",
        )
    )


def _side(store: Store, version: Version, text: str) -> Side:
    pages = []
    for page in version.evidence:
        answer = store.archive.answer(version.document, page)
        unmodified = store.archive.unmodified(version.document, page, answer.at) if answer else None
        pages.append(SourcePage(page, store.archive.raw(page.sha256), answer, unmodified))
    return Side(version, store.archive.text(text), tuple(pages))

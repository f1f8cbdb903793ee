"""Pages that moved for good keep their history: they are asked for where they stand now."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from watcher.errors import FetchError, PermanentFetchError
from watcher.model.fetched import Fetched
from watcher.model.sighting import How, Move, Sighting
from watcher.model.signal import place
from watcher.model.source import FILES, Document, Page
from watcher.model.text import DocumentText
from watcher.model.version import KnownPage
from watcher.pipeline.desk import Desk
from watcher.pipeline.kinds import read_document
from watcher.pipeline.pages import fetch_pages
from watcher.read import canonical


async def come(
    document: Document,
    known: Sequence[KnownPage],
    desk: Desk,
    standing: Callable[[], DocumentText | None],
) -> tuple[Document, tuple[Fetched, ...], tuple[Sighting, ...]]:
    """The answers to a document's pages, each from where it stands now, and what the operator should hear of moves.

    A guess (a canonical address, another link on the hub) is followed once the document is seen there; an address
    that answers no more is given up for the one in the config. `standing` gives the text that stands. Raises
    `FetchError`.
    """
    moves = desk.store.moves.of(document.key)
    settled = {move.url: move for move in moves if move.settled}
    at = {url: move.address for url, move in settled.items()}
    sightings: list[Sighting] = []
    for move in moves:
        before = None if move.settled or move.tried else standing()
        if before is None:
            continue
        found = await _stands_there(document, move, desk, at, before)
        sightings += _settle(document, replace(move, settled=found, tried=True), desk, stood=True)
        if found:
            at[move.url] = move.address
            known = ()
    try:
        whole, answers = await fetch_pages(document, known, desk, at)
    except PermanentFetchError:
        if not at:
            raise
        for move in settled.values():
            desk.store.moves.forget(move)
        whole, answers = await fetch_pages(document, (), desk, {})
    return whole, answers, tuple(sightings)


async def _stands_there(
    document: Document, move: Move, desk: Desk, at: dict[str, str], before: DocumentText
) -> bool:
    """Whether the document stands at an address; the page's own word for it counts only for the very same text."""
    try:
        whole, answers = await fetch_pages(document, (), desk, at | {move.url: move.address})
    except FetchError:
        return False
    reading = read_document(whole, answers, before)
    if reading.text is None or reading.verdict.doubt:
        return False
    return move.how != "canonical" or reading.text.loose_digest == before.loose_digest


def learn(
    document: Document,
    answers: Sequence[Fetched],
    known: Sequence[KnownPage],
    desk: Desk,
    *,
    stood: bool,
) -> tuple[Sighting, ...]:
    """Write down where the pages of a healthy document stand now; what the operator should hear of it.

    `stood`: there is a version already, so that a page that stands elsewhere now is news; one that a redirect led to
    all along is none.
    """
    if document.kind in FILES:
        return ()
    before = {page.url: page for page in known}
    sightings: list[Sighting] = []
    for page, answer in zip(document.pages, answers, strict=True):
        was = before.get(page.url)
        if answer.moved and answer.moved == answer.final_url:
            move = _new(document, page, answer.moved, "redirect", desk)
            if move is not None:
                news = stood and was is not None and was.final_url != answer.moved
                sightings += _settle(document, replace(move, settled=True), desk, stood=news)
        elif document.kind == "terms" and answer.body and (was is None or was.sha256 != answer.sha256):
            own = canonical(answer)
            if (
                own
                and _elsewhere(own, answer.final_url)
                and (move := _new(document, page, own, "canonical", desk))
            ):
                desk.store.moves.keep(move)
    return tuple(sightings)


def _new(document: Document, page: Page, address: str, how: How, desk: Desk) -> Move | None:
    """A move that is not known yet."""
    known = desk.store.moves.of(document.key)
    if any((move.url, move.address) == (page.url, address) for move in known):
        return None
    return Move(document.key, page.url, address, how, desk.now())


def _settle(document: Document, move: Move, desk: Desk, *, stood: bool) -> list[Sighting]:
    """Keep what became of a move, and tell the operator of one that is news."""
    news = move.settled and stood and place(move.url) != place(move.address)
    seen = Sighting(
        "page_moved",
        document.service,
        document.key,
        document.name,
        move.address,
        desk.now(),
        before=move.url,
    )
    sightings = [seen] if news else []
    if move.settled:
        for other in desk.store.moves.of(document.key):
            if other.url == move.url and other.settled:
                desk.store.moves.forget(other)
    desk.store.moves.keep(move, sightings)
    return sightings


def _elsewhere(own: str, here: str) -> bool:
    """Whether a canonical address is another page: queries and the front page do not count."""
    path = urlsplit(own).path.rstrip("/")
    return bool(path) and place(own.partition("?")[0]) != place(here.partition("?")[0])

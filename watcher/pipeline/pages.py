"""The pages of a document: fetched, or filled from the archive where the server says that nothing changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from watcher.errors import FetchError, PermanentFetchError
from watcher.model.fetched import GONE, Attempt, Fetched, Validators
from watcher.model.source import FILES, Document, Page
from watcher.model.version import Evidence, KnownPage
from watcher.pipeline.desk import Desk
from watcher.pipeline.kinds import glance, licences
from watcher.store import Archive


async def fetch_pages(
    document: Document, known: Sequence[KnownPage], desk: Desk, at: Mapping[str, str]
) -> tuple[Document, tuple[Fetched, ...]]:
    """The answers for all pages in order; one that the server calls unmodified has no body.

    `at` gives the address at which a page is asked for that moved. The document comes back with the licences for
    machines that its pages name as further pages, fetched as well.
    """
    attempts: list[Attempt] = []

    async def ask(page: Page, validators: Validators) -> Fetched:
        source = desk.browser if page.javascript and desk.browser else desk.pages
        answer = await source.fetch(
            replace(page, url=at.get(page.url, page.url)),
            validators=validators,
            language=document.language,
            # What robots.txt says of itself cannot be meant (RFC 9309, section 2.2.2).
            obey_robots=document.obey_robots and document.kind != "robots",
            record=attempts.append,
        )
        return replace(answer, url=page.url)

    async def have(position: int, page: Page) -> Fetched:
        before = known[position] if position < len(known) and known[position].url == page.url else None
        # Headers speak, and a server that says "not modified" need not repeat them.
        answer = await ask(page, before.validators if before and document.kind != "tags" else Validators())
        if before and answer.not_modified and answer.final_url != before.final_url:
            # Validators of the old address mean nothing at the one that it leads to now.
            answer = await ask(page, Validators())
        # A recording may hold a 304 that nobody asked for: an answer without a page.
        return answer if before or not answer.not_modified else replace(answer, status=200)

    try:
        fetched = []
        for position, page in enumerate(document.pages):
            try:
                fetched.append(await have(position, page))
            except FetchError as error:
                if document.kind not in FILES or error.status not in GONE:
                    raise
                fetched.append(_absent(page, error, desk))
        further = tuple(Page(url) for url in _licences(document, fetched[0], known))
        for position, page in enumerate(further, len(document.pages)):
            try:
                fetched.append(await have(position, page))
            except PermanentFetchError as error:
                fetched.append(_absent(page, error, desk))
    finally:
        desk.store.archive.attempted(document.key, attempts)
    return replace(document, pages=(*document.pages, *further)), tuple(fetched)


def _absent(page: Page, error: FetchError, desk: Desk) -> Fetched:
    """The answer that a failure is: that there is nothing."""
    return Fetched(page.url, page.url, error.status or 0, (), b"", desk.now())


def _licences(document: Document, answer: Fetched, known: Sequence[KnownPage]) -> Iterable[str]:
    if answer.not_modified:
        return [page.url for page in known[len(document.pages) :]]
    return licences(document, answer)


def know(
    document: Document, page: Page, fetched: Fetched, known: Sequence[KnownPage], reading: str
) -> KnownPage:
    """What the archive is to remember of an answer; pages unmodified or of equal bytes are not looked at again.

    `reading` is how the page is read today.
    """
    if fetched.not_modified:
        before = next(one for one in known if one.url == page.url)
        told = fetched.validators
        kept = Validators(
            told.etag or before.validators.etag, told.last_modified or before.validators.last_modified
        )
        return replace(before, validators=kept, reading=reading)
    same = next((one for one in known if one.url == page.url and one.sha256 == fetched.sha256), None)
    # Of what machines read, headers and status count as well.
    same = same if document.kind == "terms" else None
    return KnownPage(
        url=page.url,
        final_url=fetched.final_url,
        validators=fetched.validators,
        content_type=fetched.header("content-type") or "",
        sha256=fetched.sha256,
        glance=same.glance if same else glance(document, fetched),
        reading=reading,
    )


def filled(fetched: Sequence[Fetched], pages: Sequence[KnownPage], archive: Archive) -> tuple[Fetched, ...]:
    """The answers `fetched` with bodies for all: where `pages` were not modified, those that are kept."""
    return tuple(
        _filled(one, page, archive) if one.not_modified else one
        for one, page in zip(fetched, pages, strict=True)
    )


def _filled(answer: Fetched, page: KnownPage, archive: Archive) -> Fetched:
    kept = {
        "content-type": page.content_type,
        "etag": page.validators.etag,
        "last-modified": page.validators.last_modified,
    }
    return replace(
        answer,
        status=200,
        final_url=page.final_url,
        headers=tuple((name, value) for name, value in kept.items() if value),
        body=archive.raw(page.sha256),
        answered=False,
    )


def evidence(fetched: Sequence[Fetched], *, saved_by_person: bool = False) -> tuple[Evidence, ...]:
    """The lasting record of where each page came from."""
    return tuple(
        Evidence(
            one.url,
            one.final_url,
            one.fetched_at,
            one.sha256,
            one.header("content-type") or "",
            saved_by_person,
            one.status,
            one.speaking,
        )
        for one in fetched
    )


def as_kept(kept: Iterable[Evidence], archive: Archive) -> tuple[Fetched, ...]:
    """The answers behind some evidence, as they can be read anew: their kept bytes and content type."""
    return tuple(
        Fetched(
            one.url,
            one.final_url,
            one.status,
            ((("content-type", one.content_type),) if one.content_type else ()) + one.headers,
            archive.raw(one.sha256),
            one.fetched_at,
            answered=False,
        )
        for one in kept
    )


def settled(pages: Sequence[KnownPage], known: Sequence[KnownPage]) -> tuple[KnownPage, ...]:
    """`pages` of an unchanged text: their new validators, with the bytes that are kept already.

    Bytes that differ in a nonce or a menu only are not worth keeping at every check.
    """
    kept = {page.url: page.sha256 for page in known}
    return tuple(replace(page, sha256=kept.get(page.url, page.sha256)) for page in pages)


def with_licences(document: Document, kept: Sequence[Evidence]) -> Document:
    """A document of signals with the licences that it named when some evidence was kept, as further pages."""
    if document.kind not in ("robots", "tags"):
        return document
    further = tuple(Page(one.url) for one in kept[len(document.pages) :])
    return replace(document, pages=(*document.pages, *further))

"""The pages of a document: fetched, or filled from the archive where the server says that nothing changed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from watcher.model.fetched import Attempt, Fetched, Validators
from watcher.model.source import Document, Page
from watcher.model.version import Evidence, KnownPage
from watcher.pipeline.desk import Desk
from watcher.read import glance
from watcher.store import Archive


async def fetch_pages(document: Document, known: Sequence[KnownPage], desk: Desk) -> tuple[Fetched, ...]:
    """The answers for all pages in order; one that the server calls unmodified has no body."""
    attempts: list[Attempt] = []
    fetched: list[Fetched] = []

    async def ask(page: Page, validators: Validators) -> Fetched:
        source = desk.browser if page.javascript and desk.browser else desk.pages
        return await source.fetch(
            page,
            validators=validators,
            language=document.language,
            obey_robots=document.obey_robots,
            record=attempts.append,
        )

    try:
        for position, page in enumerate(document.pages):
            before = known[position] if position < len(known) and known[position].url == page.url else None
            answer = await ask(page, before.validators if before else Validators())
            if before and answer.not_modified and answer.final_url != before.final_url:
                # Validators of the old address mean nothing at the one that it leads to now.
                answer = await ask(page, Validators())
            # A recording may hold a 304 that nobody asked for: an answer without a page.
            fetched.append(answer if before else replace(answer, status=200))
    finally:
        desk.store.archive.attempted(document.key, attempts)
    return tuple(fetched)


def know(page: Page, fetched: Fetched, known: Sequence[KnownPage], reading: str) -> KnownPage:
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
    return KnownPage(
        url=page.url,
        final_url=fetched.final_url,
        validators=fetched.validators,
        content_type=fetched.header("content-type") or "",
        sha256=fetched.sha256,
        glance=same.glance if same else glance(fetched),
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
        )
        for one in fetched
    )


def as_kept(kept: Iterable[Evidence], archive: Archive) -> tuple[Fetched, ...]:
    """The answers behind some evidence, as they can be read anew: their kept bytes and content type."""
    return tuple(
        Fetched(
            one.url,
            one.final_url,
            200,
            (("content-type", one.content_type),) if one.content_type else (),
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

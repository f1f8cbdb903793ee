"""The pages of a document: fetched, or filled from the archive where the server says that nothing changed."""

from collections.abc import Sequence
from dataclasses import replace

from watcher.model.fetched import Attempt, Fetched, Validators
from watcher.model.source import Document, Page
from watcher.model.version import Evidence, KnownPage
from watcher.pipeline.desk import Desk
from watcher.read import glance
from watcher.store import Archive


async def fetch_pages(document: Document, known: Sequence[KnownPage], desk: Desk) -> tuple[Fetched, ...]:
    """All pages in order, those that the server calls unmodified filled from the archive."""
    attempts: list[Attempt] = []
    fetched: list[Fetched] = []

    async def ask(page: Page, validators: Validators) -> Fetched:
        return await desk.pages.fetch(
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
            fetched.append(
                _filled(answer, before, desk.store.archive) if before and answer.not_modified else answer
            )
    finally:
        desk.store.archive.attempted(document.key, attempts)
    return tuple(fetched)


def _filled(answer: Fetched, before: KnownPage, archive: Archive) -> Fetched:
    etag, modified = answer.validators.etag, answer.validators.last_modified
    kept = {
        "content-type": before.content_type,
        "etag": etag or before.validators.etag,
        "last-modified": modified or before.validators.last_modified,
    }
    return replace(
        answer,
        status=200,
        final_url=before.final_url,
        headers=tuple((name, value) for name, value in kept.items() if value),
        body=archive.raw(before.sha256),
    )


def know(page: Page, fetched: Fetched, known: Sequence[KnownPage]) -> KnownPage:
    """What the archive is to remember of an answer; equal bytes are not looked at again."""
    same = next((one for one in known if one.url == page.url and one.sha256 == fetched.sha256), None)
    return KnownPage(
        url=page.url,
        final_url=fetched.final_url,
        validators=fetched.validators,
        content_type=fetched.header("content-type") or "",
        sha256=fetched.sha256,
        glance=same.glance if same else glance(fetched),
    )


def evidence(fetched: Sequence[Fetched]) -> tuple[Evidence, ...]:
    """The lasting record of where each page came from."""
    return tuple(
        Evidence(one.url, one.final_url, one.fetched_at, one.sha256, one.header("content-type") or "")
        for one in fetched
    )


def settled(pages: Sequence[KnownPage], known: Sequence[KnownPage]) -> tuple[KnownPage, ...]:
    """`pages` of an unchanged text: their new validators, with the bytes that are kept already.

    Bytes that differ in a nonce or a menu only are not worth keeping at every check.
    """
    kept = {page.url: page.sha256 for page in known}
    return tuple(replace(page, sha256=kept.get(page.url, page.sha256)) for page in pages)

"""What is followed of a service besides its documents: files and tags for machines, and its legal hub."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from watcher.model.folding import digest
from watcher.model.signal import Crawler
from watcher.model.source import Document, DocumentKind, Page
from watcher.settings.entries import PageEntry, SignalsEntry

_FILES: Final[Mapping[DocumentKind, tuple[str, str]]] = {
    "robots": ("robots.txt", "/robots.txt"),
    "ai-txt": ("ai.txt", "/ai.txt"),
    "tdmrep": ("tdmrep.json", "/.well-known/tdmrep.json"),
}
_LONGEST = 80


def signal_documents(
    followed: Sequence[tuple[Document, Mapping[str, Any]]], entry: SignalsEntry
) -> Iterator[Document]:
    """The further documents of each service that is followed, each once.

    `followed` are its documents with what the files say of them; the first one's site is the service's, unless the
    service names `sites`.
    """
    crawlers = tuple(Crawler(one.name, one.owner, one.purpose) for one in entry.crawlers)
    seen: set[str] = set()
    for document, values in followed:
        if document.service not in seen:
            seen.add(document.service)
            keys = set()
            for one in _of_service(document, values, entry, crawlers):
                if one.key not in keys:
                    keys.add(one.key)
                    yield one


def _of_service(
    first: Document, values: Mapping[str, Any], entry: SignalsEntry, crawlers: tuple[Crawler, ...]
) -> Iterator[Document]:
    named = values.get("signals")
    wanted = entry.follow if named is None else named
    sites = values.get("sites") or (first.pages[0].url,)
    for kind, (name, path) in _FILES.items():
        if kind in wanted:
            for site in sites:
                parts = urlsplit(site)
                page = Page(f"{parts.scheme}://{parts.netloc}{path}")
                yield _like(first, name, kind, page, parts.netloc, crawlers)
    pages = [Page(first.pages[0].url)] if "tags" in wanted else []
    for page in (*pages, *map(_page, values.get("content_pages") or ())):
        yield _like(first, "Page tags", "tags", page, _short(page.url), crawlers)
    hub: PageEntry | None = values.get("hub")
    if hub is not None or "hub" in wanted:
        found = Page(first.pages[0].url, javascript=first.pages[0].javascript)
        yield _like(first, "Legal hub", "hub", _page(hub) if hub else found, "", ())


def _like(
    first: Document, name: str, kind: DocumentKind, page: Page, variant: str, crawlers: tuple[Crawler, ...]
) -> Document:
    return replace(first, name=name, kind=kind, pages=(page,), variant=variant, crawlers=crawlers)


def _page(entry: PageEntry) -> Page:
    return Page(entry.url, entry.select or (), entry.remove or (), bool(entry.javascript))


def _short(url: str) -> str:
    """An address as the name of a variant: without the scheme, and not too long."""
    plain = url.partition("://")[2].rstrip("/")
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]} {digest(url)[:8]}"

"""Ready entries for config.yaml: documents of hubs that nobody follows, and pages that moved for good."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from watcher import signals
from watcher.model.sighting import Sighting
from watcher.model.signal import Link, place
from watcher.model.source import Document, slug
from watcher.pipeline.pages import as_kept
from watcher.read import page_links
from watcher.store import Store

_HUB: Final = re.compile(
    r"legal( (center|centre|hub|information|documents|notices?))?|(all )?(terms|policies)( (and|&) (policies|terms))?"
    r"|policy cent(er|re)|note legali|documenti legali|mentions légales|rechtliches|aviso legal",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One entry: to follow a document, to follow one at its new address, or to name a hub. `why` is a sentence."""

    kind: Literal["follow", "move", "hub"]
    service: str
    name: str
    urls: tuple[str, ...]
    why: str
    language: str = "en"
    variant: str = ""


def suggestions(
    store: Store, documents: Sequence[Document], service: str | None = None, *, every: bool = False
) -> tuple[Suggestion, ...]:
    """What the config could say, service by service.

    Of a hub's documents those that are new on it or seem to be about AI or content licences; `every` one otherwise.
    """
    names = dict.fromkeys(one.service for one in documents if service in (None, one.service))
    return tuple(
        one
        for name in names
        for one in _of_service(store, name, [d for d in documents if d.service == name], every=every)
    )


def _of_service(
    store: Store, service: str, documents: Sequence[Document], *, every: bool
) -> Iterator[Suggestion]:
    terms = [one for one in documents if one.kind == "terms"]
    yield from _moved(store, terms)
    if not any(one.kind == "hub" for one in documents):
        yield from _hub(store, service, terms)
        return
    followed = {
        place(url)
        for one in terms
        for page in one.pages
        for url in (page.url, store.archive.addresses(one.key).get(page.url, page.url))
    }
    sighted = {place(seen.url): seen for seen in store.sightings.appeared(service)}
    taken = {slug(one.name) for one in terms}
    for link in store.signals.hub(service):
        seen = sighted.get(place(link.url))
        if place(link.url) not in followed and (every or seen or signals.concerns(link)):
            yield _follow(service, link, seen, terms, taken=slug(link.label) in taken)


def _follow(
    service: str, link: Link, seen: Sighting | None, terms: Sequence[Document], *, taken: bool
) -> Suggestion:
    why = f"new on the hub since {seen.at:%Y-%m-%d}" if seen else "on the hub, and not followed"
    why += ", about AI or licences" if signals.concerns(link) else ""
    language = terms[0].language if terms else "en"
    variant = link.url.rstrip("/").rpartition("/")[2][:40] if taken else ""
    return Suggestion("follow", service, link.label, (link.url,), why, language, variant)


def _moved(store: Store, terms: Sequence[Document]) -> Iterator[Suggestion]:
    for document in terms:
        at = store.archive.addresses(document.key)
        urls = tuple(at.get(page.url, page.url) for page in document.pages)
        gone = [
            page.url for page, url in zip(document.pages, urls, strict=True) if place(page.url) != place(url)
        ]
        if gone:
            why = f"moved for good; was {', '.join(gone)}"
            yield Suggestion(
                "move", document.service, document.name, urls, why, document.language, document.variant
            )


def _hub(store: Store, service: str, terms: Sequence[Document]) -> Iterator[Suggestion]:
    """A link of a kept page that looks like a list of legal documents."""
    for document in terms:
        latest = store.archive.latest(document.key)
        for page in as_kept(latest.evidence if latest else (), store.archive):
            for link in page_links(page):
                if _HUB.fullmatch(link.label) and place(link.url) not in {
                    place(p.url) for p in document.pages
                }:
                    why = f"“{link.label}” on the page of its {document.name}"
                    yield Suggestion("hub", service, link.label, (link.url,), why)
                    return


def as_yaml(found: Sequence[Suggestion]) -> str:
    """The entries as a config or catalogue holds them, with the reason above each; strings quoted as JSON does."""
    lines = ["services:"]
    for service in dict.fromkeys(one.service for one in found):
        mine = [one for one in found if one.service == service]
        lines.append(f"  - name: {_quoted(service)}")
        for hub in (one for one in mine if one.kind == "hub"):
            lines += [f"    # {_plain(hub.why)}", f"    hub: {_quoted(hub.urls[0])}"]
        documents = [one for one in mine if one.kind != "hub"]
        if documents:
            lines.append("    documents:")
        for one in documents:
            lines += _entry(one)
    return "\n".join(lines) + "\n"


def _entry(one: Suggestion) -> Iterator[str]:
    yield f"      # {_plain(one.why)}"
    yield f"      - name: {_quoted(one.name)}"
    if one.variant:
        yield f"        variant: {_quoted(one.variant)}"
    if one.kind == "follow" and one.language != "en":
        yield f"        language: {one.language}"
    if len(one.urls) == 1:
        yield f"        url: {_quoted(one.urls[0])}"
    else:
        yield "        pages:"
        yield from (f"          - {_quoted(url)}" for url in one.urls)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> str:
    return " ".join(text.split())

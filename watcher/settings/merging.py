"""Catalogues laid over each other, the operator's own services on top: what is watched in the end."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from watcher.errors import Problem
from watcher.model.source import Document, Page, Verification, slug
from watcher.settings.entries import DocumentEntry, Follow, PageEntry, ServiceEntry, SignalsEntry, given
from watcher.settings.signalled import signal_documents
from watcher.yamlfile import Key, YamlFile

Services = Sequence[tuple[tuple[Key, ...], ServiceEntry | None]]
"""The services of one file with their places; None is one whose mistakes were told already."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The services of one file. `pins`: its documents are watched whatever is followed."""

    file: YamlFile
    services: Services
    shipped: bool = False
    pins: bool = False


@dataclass(slots=True)
class _Draft:
    """A document while layers change it. `pinned`: named by the operator, so it is watched whatever is followed."""

    service: str
    values: dict[str, Any]
    source: Verification
    pinned: bool = False
    pages: tuple[PageEntry, ...] = field(default=())


class Shelf:
    """All documents by key, in the order in which they were first named.

    `complete` turns false when something was left out because it is broken: then a name that nobody knows may well be
    among what is missing, and is no mistake.
    """

    def __init__(self) -> None:
        self.drafts: dict[str, _Draft] = {}
        self.of_service: dict[str, list[_Draft]] = {}
        self.problems: list[Problem] = []
        self.complete = True

    def lay(self, layer: Layer) -> None:
        """Add a layer: it brings documents, and changes those of layers before it by the keys that it gives."""
        self.complete = self.complete and all(service for _, service in layer.services)
        seen: dict[str, int] = {}
        for at, service in layer.services:
            if service is None:
                continue
            shared = given(service)
            shared.pop("documents", None)
            name = shared.pop("name")
            known = self.of_service.setdefault(slug(name), [])
            for draft in known:
                _change(draft, shared, layer)
            if not known and not service.documents and self.complete:
                near = _near(name, {draft.service for draft in self.drafts.values()})
                self.note(
                    layer, (*at, "name"), f"no catalogue knows a service {name!r}", near or "add `documents`"
                )
            if known:
                shared = {"groups": known[0].values.get("groups", ()), **shared}
                name = known[0].service
            for number, entry in enumerate(service.documents):
                place = (*at, "documents", number)
                self._document(layer, place, entry, service=name, shared=shared, seen=seen)

    def note(self, layer: Layer, keys: Sequence[Key], what: str, remedy: str = "") -> None:
        """Keep a problem of this layer's file."""
        self.problems.append(Problem(layer.file.place(keys), what, remedy))

    def _document(
        self,
        layer: Layer,
        at: tuple[Key, ...],
        entry: DocumentEntry,
        *,
        service: str,
        shared: Mapping[str, Any],
        seen: dict[str, int],
    ) -> None:
        key = Document(service, entry.name, (), variant=entry.variant).key
        line = layer.file.line(at)
        if key in seen:
            what = f"{service} {entry.name!r} stands twice, first in line {seen[key]}"
            self.note(layer, (*at, "name"), what, "give one of them a `variant`, or remove it")
            return
        seen[key] = line
        own = given(entry)
        if key not in self.drafts:
            if entry.url is None and entry.pages is None:
                if self.complete:
                    what = f"no catalogue knows {service} {entry.name!r}"
                    what += f" with the variant {entry.variant!r}" if entry.variant else ""
                    self.note(layer, (*at, "name"), what, self._suggestion(service, entry))
                return
            self.drafts[key] = _Draft(service, {}, "operator")
            self.of_service[slug(service)].append(self.drafts[key])
            own = {**shared, **own}
        draft = self.drafts[key]
        _change(draft, own, layer)
        draft.pinned = draft.pinned or layer.pins

    def _suggestion(self, service: str, entry: DocumentEntry) -> str:
        siblings = self.of_service[slug(service)]
        if not siblings:
            near = _near(service, {draft.service for draft in self.drafts.values()}, listed=False)
            return f"{near}; or give its `url` to add it" if near else "give its `url` to add it"
        same = [draft for draft in siblings if slug(draft.values["name"]) == slug(entry.name)]
        if same:
            variants = ", ".join(draft.values.get("variant") or "none" for draft in same)
            return f"its variants: {variants}; or give its `url` to add it"
        near = _near(entry.name, {draft.values["name"] for draft in siblings})
        return f"{near}; or give its `url` to add it"

    def documents(
        self, follow: Follow, schedule: str, timezone: str, signals: SignalsEntry
    ) -> tuple[Document, ...]:
        """Those that are followed and not switched off; `schedule` and `timezone` where they name none.

        After them comes what is followed of their services besides, as `signals` and the services say.
        """
        followed = [
            (_document(draft, schedule, timezone), draft.values)
            for draft in self.drafts.values()
            if draft.values.get("enabled", True) and (draft.pinned or _followed(draft, follow))
        ]
        return (*(document for document, _ in followed), *signal_documents(followed, signals))

    def unknown(self, follow: Follow) -> Iterator[tuple[tuple[Key, ...], str, str]]:
        """What `follow` names although no document has it: keys, sentence, remedy."""
        if not self.complete:
            return
        drafts = self.drafts.values()
        have = {
            "services": {draft.service for draft in drafts},
            "groups": {group for draft in drafts for group in draft.values.get("groups", ())},
            "languages": {_language(draft) for draft in drafts},
        }
        for kind, known in have.items():
            slugs = {slug(each) for each in known}
            for number, wanted in enumerate(getattr(follow, kind)):
                if slug(wanted) not in slugs:
                    what = f"no document of the catalogues has the {kind.removesuffix('s')} {wanted!r}"
                    yield ("follow", kind, number), what, _near(wanted, known)


def _change(draft: _Draft, values: Mapping[str, Any], layer: Layer) -> None:
    """Only what is given replaces; new pages replace all pages, selectors given alone hold for every page."""
    values = dict(values)
    url, pages = values.pop("url", None), values.pop("pages", None)
    if url is not None:
        pages = (PageEntry(url=url),)
    if pages is not None:
        draft.pages = pages
        draft.source = "catalogue" if layer.shipped else "operator"
        draft.values.pop("verified", None)
    else:
        overruled: dict[str, Any] = {key: None for key in ("select", "remove", "javascript") if key in values}
        if overruled:
            draft.pages = tuple(page.model_copy(update=overruled) for page in draft.pages)
    if values.get("verified") and not layer.shipped:
        draft.source = "operator"
    draft.values.update(values)


def _document(draft: _Draft, schedule: str, timezone: str) -> Document:
    values = draft.values
    return Document(
        service=draft.service,
        name=values["name"],
        pages=tuple(_page(page, values) for page in draft.pages),
        language=values.get("language", "en"),
        groups=values.get("groups", ()),
        schedule=values.get("schedule") or schedule,
        timezone=values.get("timezone") or timezone,
        obey_robots=values.get("obey_robots", True),
        source=draft.source if values.get("verified", True) else "unverified",
        opt_out=values.get("opt_out"),
        variant=values.get("variant", ""),
    )


def _page(page: PageEntry, values: Mapping[str, Any]) -> Page:
    def of(key: str, default: object) -> Any:
        own = getattr(page, key)
        return values.get(key, default) if own is None else own

    return Page(page.url, of("select", ()), of("remove", ()), of("javascript", False))


def _followed(draft: _Draft, follow: Follow) -> bool:
    languages = {slug(each) for each in follow.languages}
    if languages and slug(_language(draft)) not in languages:
        return False
    if not follow.services and not follow.groups:
        return True
    groups = {slug(each) for each in draft.values.get("groups", ())}
    return slug(draft.service) in map(slug, follow.services) or not groups.isdisjoint(
        map(slug, follow.groups)
    )


def _language(draft: _Draft) -> str:
    language: str = draft.values.get("language", "en")
    return language


def _near(name: str, known: Iterable[str], *, listed: bool = True) -> str:
    folded = {each.lower(): each for each in known}
    near = difflib.get_close_matches(name.lower(), folded, n=1, cutoff=0.6)
    if near:
        return f"did you mean {folded[near[0]]!r}?"
    return f"known: {', '.join(sorted(folded.values()))}" if listed and 0 < len(folded) <= 20 else ""

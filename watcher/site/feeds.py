"""What changed, for feed readers: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Ids are name-based UUIDs (RFC 9562, section 5.5) of lasting names, so they survive a site that moves; each language has
ids of its own, or a reader that follows two would take one for the other.
"""

import json
import re
import xml.etree.ElementTree as xml
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from watcher.model.alert import Event
from watcher.model.search import Told
from watcher.site.frame import Frame, folder_of
from watcher.site.library import Tools
from watcher.site.paths import INDEX, Place, change_page
from watcher.site.story import story
from watcher.voice import Voice, environment

MOST = 50
"""Entries in one feed, the latest."""
KINDS = {"atom": "application/atom+xml", "json": "application/feed+json"}
_NAMESPACE = UUID("8a3c8f0e-5a0c-5d0b-9f55-6d0c1c6b2f7e")
_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, however it is written (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a feed tells it, what the feed is limited to before what else the version changes.

    `address` is its page, relative to the feed when the site has no address.
    """

    id: str
    address: str
    title: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    categories: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written. `address` and `home` are absolute, or empty when the site has no address."""

    id: str
    title: str
    subtitle: str
    language: str
    site: str
    address: str
    home: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the latest entry was; long ago for an empty feed, which must name a time as well."""
        return max((entry.updated for entry in self.entries), default=BEFORE_ALL)


def make(
    told: Sequence[Told],
    path: str,
    language: str,
    frame: Frame,
    tools: Tools,
    *,
    about: str = "",
    query: str = "",
) -> Feed:
    """The feed at `path` within a language's folder; `about` names what it is limited to, `query` asks for that."""
    voice = Voice.of(language)
    place = Place(path, folder_of(voice.language))
    address = f"{place.file}?{query}" if query else place.file
    title = voice.text("%(site)s: %(about)s", site=frame.title, about=about) if about else frame.title
    home = Place(INDEX, place.folder).file
    return Feed(
        id=_id(f"feed {voice.language} {path} {query}"),
        title=title,
        subtitle=voice.text("What changes about artificial intelligence in the terms of platforms"),
        language=voice.language,
        site=frame.title,
        address=frame.absolute(address) if frame.base_url else "",
        home=frame.absolute(home) if frame.base_url else "",
        entries=tuple(_entry(one, place, voice, frame, tools) for one in told[:MOST]),
    )


def written(feed: Feed, kind: str) -> bytes:
    """The feed as "atom" or "json"."""
    return atom(feed) if kind == "atom" else json_feed(feed)


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    xml.register_namespace("", _ATOM)
    root = xml.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _put(root, "id", feed.id)
    _put(root, "title", feed.title)
    _put(root, "subtitle", feed.subtitle)
    _put(root, "updated", _time(feed.updated))
    _put(root, "generator", "Terms Watcher")
    if feed.address:
        _put(root, "link", rel="self", type=KINDS["atom"], href=feed.address)
        _put(root, "link", rel="alternate", type="text/html", href=feed.home)
    _put(_put(root, "author"), "name", feed.site)
    for entry in feed.entries:
        one = _put(root, "entry")
        _put(one, "id", entry.id)
        _put(one, "title", entry.title)
        _put(one, "published", _time(entry.published))
        _put(one, "updated", _time(entry.updated))
        _put(one, "link", rel="alternate", type="text/html", href=entry.address)
        for term, label in entry.categories:
            _put(one, "category", term=term, label=label)
        _put(one, "summary", entry.summary)
        _put(one, "content", entry.html, type="html")
    xml.indent(root, "")
    return bytes(xml.tostring(root, "utf-8", xml_declaration=True)) + b"\n"


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    whole: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [{"name": feed.site}],
        "items": [
            {
                "id": entry.id,
                "title": entry.title,
                "summary": entry.summary,
                "content_html": entry.html,
                "date_published": _time(entry.published),
                "date_modified": _time(entry.updated),
                "language": feed.language,
                "tags": [label for _, label in entry.categories],
            }
            | ({"url": entry.address} if feed.address else {})
            for entry in feed.entries
        ],
    }
    if feed.address:
        whole |= {"home_page_url": feed.home, "feed_url": feed.address}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _entry(told: Told, place: Place, voice: Voice, frame: Frame, tools: Tools) -> Entry:
    event = told.event
    whole = story(event, voice, tools, first=told.fitting)
    page = change_page(event.id)
    address = frame.absolute(Place(page, place.folder).file) if frame.base_url else place.to(page)
    html = environment(voice.language).get_template("site/entry.html").render(story=whole, address=address)
    return Entry(
        id=_id(f"change {voice.language} {event.id}"),
        address=address,
        title=whole.lead.headline,
        published=event.seen_at,
        updated=told.updated,
        summary=whole.lead.meaning or whole.lead.headline,
        html=html,
        categories=_categories(event, voice),
    )


def _categories(event: Event, voice: Voice) -> tuple[tuple[str, str], ...]:
    named = {event.document.service: event.document.service}
    named |= {change.category: voice.category(change.category) for change in event.changes}
    return tuple(named.items())


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(_NAMESPACE, name)}"


def _time(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _put(parent: xml.Element, name: str, text: str = "", **attributes: str) -> xml.Element:
    element = xml.SubElement(
        parent, f"{{{_ATOM}}}{name}", {key: _sound(value) for key, value in attributes.items()}
    )
    if text:
        element.text = _sound(text)
    return element


def _sound(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)

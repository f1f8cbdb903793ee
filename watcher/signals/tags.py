"""Headers and metas of a page: "no AI" tags, TDM declarations, usage preferences, licences."""

from collections.abc import Iterator, Mapping, Sequence

from watcher.errors import ReadError
from watcher.model.fetched import Fetched
from watcher.model.signal import Crawler, PageHead, Signal
from watcher.model.text import Clause
from watcher.signals.clause import clause, unclear
from watcher.signals.rsl import read as read_rsl
from watcher.signals.tdm import POLICY, RESERVATION, declaration
from watcher.signals.usage import NotUnderstood, preferences, said

HEADERS, METAS = "HTTP headers", "metas of the page"
_NOAI = ("noai", "noimageai")
"""DeviantArt's directives of November 2022, in robots metas and X-Robots-Tag."""


def read(answer: Fetched, head: PageHead, crawlers: Mapping[str, Crawler]) -> Iterator[Clause]:
    """Every statement of the page about itself."""
    for value in answer.all_of("x-robots-tag"):
        yield from _robots_tag(value, crawlers)
    for name, content in head.metas:
        if name == "robots" or name in crawlers:
            agent = "*" if name == "robots" else crawlers[name].name
            yield from _directives(content, f"meta {name}", METAS, agent)
    yield from _usage(answer)
    yield from _tdm(answer, head)
    for number, document in enumerate(head.inline, 1):
        name = f"RSL licence {number} in the page"
        try:
            yield from read_rsl(document.strip(), name)
        except ReadError as error:
            yield unclear("rsl", error.what, name, under=METAS)


def _robots_tag(value: str, crawlers: Mapping[str, Crawler]) -> Iterator[Clause]:
    """Directives, after the name of a crawler where only that is meant ("otherbot: noai")."""
    name, colon, rest = value.partition(":")
    named = colon and name.strip() and not any(mark in name for mark in ", =")
    if not named:
        yield from _directives(value, "X-Robots-Tag", HEADERS, "*")
    elif name.strip().lower() in crawlers:
        agent = crawlers[name.strip().lower()].name
        yield from _directives(rest, f"X-Robots-Tag: {agent}", HEADERS, agent)


def _directives(value: str, name: str, under: str, agent: str) -> Iterator[Clause]:
    words = {word.strip().lower() for word in value.split(",")}
    for word in _NOAI:
        if word in words:
            yield clause(Signal(word, "signal-noai", agent=agent, where=()), f"{name}: {word}", under=under)


def _usage(answer: Fetched) -> Iterator[Clause]:
    """Several header lines of one name are one list (RFC 9110, section 5.3)."""
    value = ", ".join(answer.all_of("content-usage"))
    if not value:
        return
    try:
        stated = preferences(value)
    except NotUnderstood as error:
        yield unclear("content-usage", str(error), f"Content-Usage: {value}", under=HEADERS)
        return
    for label, word in stated.items():
        yield said(label, word, "Content-Usage", under=HEADERS, where=())


def _tdm(answer: Fetched, head: PageHead) -> Iterator[Clause]:
    """What the page says itself holds before what its headers say (TDMRep, "Priority")."""
    metas = dict(reversed(head.metas))
    if RESERVATION in metas:
        yield declaration(metas[RESERVATION].strip(), metas.get(POLICY), "meta", under=METAS)
        return
    value = answer.header(RESERVATION)
    if value is not None:
        yield declaration(value.strip(), answer.header(POLICY), under=HEADERS)


def links(answer: Fetched) -> Sequence[str]:
    """The licences that Link headers name: `<address>; rel="license"; type="application/rsl+xml"` (RFC 8288)."""
    found = []
    for value in answer.all_of("link"):
        for part in value.split("<")[1:]:
            address, _, parameters = part.partition(">")
            plain = parameters.lower().replace('"', "").replace(" ", "")
            if "rel=license" in plain and "type=application/rsl+xml" in plain:
                found.append(address.strip())
    return found

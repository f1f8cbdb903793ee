"""What a robots.txt says to AI crawlers (RFC 9309)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from protego import Protego

from watcher.model.signal import Crawler, Signal
from watcher.model.text import Clause
from watcher.signals.clause import clause, unclear
from watcher.signals.groups import ALLOW, DISALLOW, Groups, scan, stray
from watcher.signals.usage import content_signals, content_usage

FILE = "robots.txt"
_FORBIDS, _ADMITS = "signal-robots-forbids", "signal-robots-admits"
_HOST = "https://host.invalid"
_ANYWHERE = "/4f1d-a-page-that-no-rule-names/x"
# A name that no token is a part of: it gets the group for everybody.
_NOBODY = "\x01"


@dataclass(frozen=True, slots=True)
class Reach:
    """What a crawler may fetch: `closed` and `opened` are the patterns that decide, ("/",) for everything."""

    closed: tuple[str, ...]
    opened: tuple[str, ...]

    @property
    def everything(self) -> bool:
        """Nothing is forbidden."""
        return not self.closed


class Matcher:
    """Matches paths as RFC 9309, section 2.2.2, says: the longest rule wins, of two equal ones the one that allows."""

    def __init__(self, text: str, groups: Groups) -> None:
        self._groups, self._named = groups, groups.agents
        self._robots = Protego.parse(text)

    def permits(self, agent: str, path: str) -> bool:
        """Whether a crawler may fetch what stands at a path or pattern."""
        # The library also takes a group for a part of a name; the RFC wants the whole product token.
        asked = agent if agent.lower() in self._named else _NOBODY
        return bool(self._robots.can_fetch(_HOST + _concrete(path), asked))

    def reach(self, agent: str) -> Reach:
        """What a crawler that has a group, or "*", may fetch."""
        allow = sorted({value for value in self._groups.values(agent, ALLOW) if value})
        disallow = sorted({value for value in self._groups.values(agent, DISALLOW) if value})
        if self.permits(agent, _ANYWHERE):
            return Reach(tuple(path for path in disallow if not self.permits(agent, path)), ())
        return Reach(("/",), tuple(path for path in allow if self.permits(agent, path)))


def read(text: str, crawlers: Mapping[str, Crawler]) -> Iterator[Clause]:
    """A statement for each AI crawler that is named, and one for everybody where all is forbidden to all.

    Raises ReadError when the file is no robots.txt.
    """
    groups = scan(text, FILE)
    matcher = Matcher(text, groups)
    everybody = matcher.reach("*") if "*" in groups.agents else Reach((), ())
    if everybody.closed == ("/",):
        yield _forbids("*", Crawler("*", ""), everybody, training=True)
    for name in sorted(groups.agents):
        if name in crawlers:
            yield _crawler(crawlers[name], matcher.reach(name), everybody)
    for agent in _agents(groups):
        yield from content_usage(groups, agent, matcher.permits)
    for agent in _agents(groups):
        yield from content_signals(groups, agent)
    for field, value in stray(groups):
        yield unclear(field, "before any User-agent, so it binds nobody", f"{field}: {value}", under=FILE)


def _crawler(crawler: Crawler, reach: Reach, everybody: Reach) -> Clause:
    training = crawler.purpose == "training"
    excepted = everybody.closed == ("/",)
    if reach.closed == ("/",) or not (excepted or set(reach.closed) <= set(everybody.closed)):
        return _forbids(crawler.name, crawler, reach, training=training)
    # Named with the limits that everybody has, it is let in without a word about it.
    rule = _ADMITS if training and (reach.everything or excepted) else ""
    lines = [f"Disallow: {path}" for path in reach.closed] or ["Allow: /"]
    signal = Signal(
        crawler.name, rule, crawler.owner, where=reach.closed or ("/",), partly=bool(reach.closed)
    )
    return clause(signal, f"User-agent: {crawler.name}", *lines, under=FILE)


def _forbids(name: str, crawler: Crawler, reach: Reach, *, training: bool) -> Clause:
    partly = reach.closed != ("/",) or bool(reach.opened)
    signal = Signal(
        name,
        _FORBIDS if training else "",
        crawler.owner,
        where=reach.closed,
        partly=partly,
        detail=" ".join(reach.opened),
    )
    closed = [f"Disallow: {path}" for path in reach.closed]
    opened = [f"Allow: {path}" for path in reach.opened]
    return clause(signal, f"User-agent: {name}", *closed, *opened, under=FILE)


def _agents(groups: Groups) -> list[str]:
    return [name for _, name in sorted(groups.agents.items())]


def _concrete(pattern: str) -> str:
    """A path that a pattern matches (RFC 9309, 2.2.3: `*` is any sequence of characters, `$` the end)."""
    path = pattern.removesuffix("$").replace("*", "x")
    return path if path.startswith("/") else f"/{path}"

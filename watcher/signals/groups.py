"""The lines of a robots.txt: groups of rules, each for some crawlers (RFC 9309, section 2.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from watcher.errors import ReadError

AGENT, ALLOW, DISALLOW = "user-agent", "allow", "disallow"
USAGE, SIGNAL, LICENCE = "content-usage", "content-signal", "license"

_KNOWN = frozenset(
    {
        AGENT, ALLOW, DISALLOW, USAGE, SIGNAL, LICENCE,
        "sitemap", "crawl-delay", "host", "clean-param", "noindex", "request-rate", "visit-time",
    }
)  # fmt: skip
_IN_GROUPS = frozenset({ALLOW, DISALLOW, USAGE, SIGNAL, LICENCE})
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")


@dataclass(slots=True)
class Group:
    """Some crawlers, named as written, and their lines (field, value) in order."""

    agents: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Groups:
    """A whole file. `loose` are lines that stand in no group: for the whole site, or for nobody."""

    groups: tuple[Group, ...]
    loose: tuple[tuple[str, str], ...]

    @property
    def agents(self) -> dict[str, str]:
        """Every crawler that is named, by its name in lower case (RFC 9309, 2.2.1: matched without case)."""
        return {agent.lower(): agent for group in reversed(self.groups) for agent in group.agents}

    def of(self, agent: str) -> list[tuple[str, str]]:
        """The lines for a crawler; several groups for one are taken together (RFC 9309, 2.2.1)."""
        wanted = agent.lower()
        return [line for g in self.groups if wanted in map(str.lower, g.agents) for line in g.lines]

    def values(self, agent: str, name: str) -> list[str]:
        """The values of one field for a crawler."""
        return [value for key, value in self.of(agent) if key == name]


def scan(text: str, file: str) -> Groups:
    """Take a file apart. Raises ReadError when it is no such file: binary, or without a single known line."""
    if len(_BINARY.findall(text[:4096])) > 4:
        raise ReadError(f"{file} holds binary data, not text")
    groups: list[Group] = []
    loose: list[tuple[str, str]] = []
    open_to_agents, blank, understood, written = False, True, 0, 0
    for line in text.splitlines():
        bare = line.partition("#")[0].strip()
        if not bare:
            blank = blank or not line.strip()
            continue
        written += 1
        name, _, value = bare.partition(":")
        name, value = name.strip().lower(), value.strip()
        if name not in _KNOWN:
            continue
        understood += 1
        if name == AGENT:
            if not open_to_agents:
                groups.append(Group())
            open_to_agents = True
            if value:
                groups[-1].agents.append(value)
        elif name in _IN_GROUPS:
            # RSL 1.0, 4.4: a licence that stands apart from the rules is the whole site's.
            if not groups or (name == LICENCE and blank):
                loose.append((name, value))
            else:
                groups[-1].lines.append((name, value))
                open_to_agents = False
        blank = name == "sitemap"
    if written and not understood:
        raise ReadError(f"not one line of {file} is a rule")
    return Groups(tuple(group for group in groups if group.agents), tuple(loose))


def stray(groups: Groups) -> Iterator[tuple[str, str]]:
    """Rules before any User-agent line: they bind nobody (RFC 9309, 2.1)."""
    return ((name, value) for name, value in groups.loose if name in (ALLOW, DISALLOW, USAGE))

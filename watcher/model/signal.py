"""What a machine-readable source says about AI, and the links of a legal hub: the clauses that machines write."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Purpose = Literal["training", "search", "assistant"]
"""What a crawler takes pages for: to train models, to fill a search engine that answers, or for one user's question."""


@dataclass(frozen=True, slots=True)
class Crawler:
    """An AI crawler, or a token that stands for a use, by the name that robots.txt calls it (RFC 9309, 2.2.1)."""

    name: str
    owner: str
    purpose: Purpose = "training"


@dataclass(frozen=True, slots=True)
class Signal:
    """One statement. `rule` judges it; empty when it is not about training, or nothing that can be understood.

    `about` is who or what is meant: a crawler ("GPTBot"), a use ("train-ai"), a kind of file ("images"), "*" for all;
    `owner` the company behind a crawler. `agent` is whom it is said to, "*" everybody. `where` are the paths it holds
    for, nothing when that is the page itself. `partly`: it forbids or admits a part only. `detail` holds a price, the
    address of a policy, or why it was not understood (`unclear`).
    """

    about: str
    rule: str = ""
    owner: str = ""
    agent: str = "*"
    where: tuple[str, ...] = ("/",)
    partly: bool = False
    detail: str = ""
    unclear: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same statement in another text; a crawler is itself, whatever its paths."""
        return (self.about,) if self.owner else (self.about, self.agent, *self.where)

    @property
    def name(self) -> str:
        """For people: "GPTBot (OpenAI)"."""
        return f"{self.about} ({self.owner})" if self.owner else self.about


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a page shows it: its words and its absolute address. `inside` is the part that the selectors name."""

    label: str
    url: str
    inside: bool = True


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says to machines: metas by name (lower case) in order, and the licences that it names or holds.

    `licences` are the addresses of RSL documents, `inline` such documents themselves.
    """

    metas: tuple[tuple[str, str], ...] = ()
    licences: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()


def place(url: str) -> str:
    """An address without what makes no other page of it: scheme, "www.", a slash at the end."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}{query}"

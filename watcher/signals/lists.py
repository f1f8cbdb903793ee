"""signals.yaml: the AI crawlers that are known, and what each kind of signal means to people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from watcher.errors import PackError
from watcher.model.finding import ChangeKind, RuleText, Severity
from watcher.model.folding import digest
from watcher.model.signal import Crawler, Purpose
from watcher.resources import shipped
from watcher.yamlfile import load, validate


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CrawlerEntry(_Entry):
    """A crawler."""

    name: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    purpose: Purpose = "training"


class Words(_Entry):
    """What a rule says to people in one language."""

    title: str
    meaning: str
    advice: str


class RuleEntry(_Entry):
    """A kind of signal: its category, what it does, and how much a change of it matters."""

    id: str
    category: str
    polarity: Literal["permitted", "denied", "required"]
    severity: Mapping[Literal["default"] | ChangeKind, Severity]
    text: Mapping[Literal["en", "it"], Words]


class SignalsFile(_Entry):
    """signals.yaml."""

    version: int
    crawlers: tuple[CrawlerEntry, ...]
    rules: tuple[RuleEntry, ...]


@dataclass(frozen=True)
class Lists:
    """The file, ready for use. `label` is what findings carry as their pack."""

    crawlers: tuple[Crawler, ...]
    rules: Mapping[str, RuleEntry] = field(repr=False)
    label: str
    version: str

    def known(self, own: Iterable[Crawler] = ()) -> Mapping[str, Crawler]:
        """Crawlers by their name in lower case, the operator's `own` before the shipped ones."""
        return {one.name.lower(): one for one in (*self.crawlers, *own)}

    def severity(self, rule: str, change: ChangeKind) -> Severity:
        """How much a change of this rule's statements matters."""
        entry = self.rules[rule].severity
        return entry.get(change, entry["default"])

    def explain(self, rule: str, language: str) -> RuleText:
        """A rule's words. KeyError for an unknown rule."""
        text = self.rules[rule].text
        code: Literal["en", "it"] = "it" if language.split("-", maxsplit=1)[0].lower() == "it" else "en"
        words = text[code]
        return RuleText(rule, words.title, words.meaning, words.advice, code)


@cache
def shipped_lists() -> Lists:
    """The shipped file. Raises PackError when it is broken."""
    file = load(shipped("signals.yaml"))
    found, problems = validate(SignalsFile, file)
    if found is None:
        raise PackError("signals.yaml cannot be used", problems)
    return Lists(
        tuple(Crawler(one.name, one.owner, one.purpose) for one in found.crawlers),
        {rule.id: rule for rule in found.rules},
        f"signals {found.version}",
        digest(repr(file.data))[:12],
    )

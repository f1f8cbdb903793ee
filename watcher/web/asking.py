"""What a reader asks for, from the parameters of an address: forgiving, because people edit addresses by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, Protocol

from watcher.model.finding import SEVERITIES, ChangeKind, Severity
from watcher.model.search import EVERYTHING, Filters
from watcher.model.source import slug
from watcher.model.words import LONGEST, Wanted, parse

Where = Literal["texts", "changes"]
FILTERS = ("service", "group", "type", "category", "change", "severity", "since", "until")
_MOST_VALUES = 20
_NAMED = {"service": "services", "group": "groups", "type": "types", "category": "categories"}


class Parameters(Protocol):
    """The parameters of an address, each with one value or several."""

    def getlist(self, key: str) -> list[str]:
        """All values of one."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: `words` as typed and as understood, filters, where to look, and after which place.

    `wrong` are values that mean nothing, by the names of their parameters; they set no limit.
    """

    words: str
    wanted: Wanted
    filters: Filters
    where: Where
    after: str = ""
    wrong: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether something was asked that can be looked for."""
        return bool(self.wanted) or self.filters != EVERYTHING


def asked(parameters: Parameters) -> Asked:
    """Read `q`, `in`, `service`, `group`, `type`, `category`, `change`, `severity`, `since`, `until` and `after`.

    Dates are days in UTC, both included. A filter that only changes have looks in the changes.
    """
    wrong: dict[str, tuple[str, ...]] = {}
    kinds = tuple(ChangeKind(one) for one in _values(parameters, "change") if one in tuple(ChangeKind))
    severity: Severity | None = next(
        (one for one in SEVERITIES if one in _values(parameters, "severity")), None
    )
    known: tuple[tuple[str, tuple[str, ...]], ...] = (("change", tuple(ChangeKind)), ("severity", SEVERITIES))
    for name, there in known:
        if odd := tuple(one for one in _values(parameters, name) if one not in there):
            wrong[name] = odd
    since, until = (_day(parameters, name, wrong) for name in ("since", "until"))
    filters = Filters(
        services=tuple(slug(one) for one in _values(parameters, "service")),
        groups=_values(parameters, "group"),
        types=tuple(slug(one) for one in _values(parameters, "type")),
        categories=_values(parameters, "category"),
        changes=kinds,
        severity=severity,
        since=since,
        until=until + timedelta(days=1) if until else None,
    )
    words = next(iter(parameters.getlist("q")), "")[: LONGEST + 1]
    only_changes = bool(kinds or severity) or "changes" in parameters.getlist("in")
    after = next(iter(parameters.getlist("after")), "")
    return Asked(words, parse(words), filters, "changes" if only_changes else "texts", after, wrong)


def without(question: Asked, wrong: Mapping[str, tuple[str, ...]]) -> Asked:
    """The question without filters that ask for what there is not, which set no limit."""
    left: dict[str, Any] = {
        kind: tuple(one for one in getattr(question.filters, kind) if one not in wrong[name])
        for name, kind in _NAMED.items()
        if name in wrong
    }
    return replace(question, filters=replace(question.filters, **left), wrong={**question.wrong, **wrong})


def _values(parameters: Parameters, name: str) -> tuple[str, ...]:
    found = (one.strip()[:200] for one in parameters.getlist(name)[:_MOST_VALUES])
    return tuple(dict.fromkeys(one for one in found if one))


def _day(parameters: Parameters, name: str, wrong: dict[str, tuple[str, ...]]) -> datetime | None:
    for value in _values(parameters, name):
        try:
            day = date.fromisoformat(value)
            if day.year < 9999:
                return datetime.combine(day, time(), UTC)
        except ValueError:
            pass
        wrong[name] = (value,)
    return None

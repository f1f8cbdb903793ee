"""What a reader asks for, from the parameters of an address: forgiving, because people edit addresses by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Protocol

from watcher.model.finding import SEVERITIES, ChangeKind, Severity
from watcher.model.search import EVERYTHING, Filters
from watcher.model.source import slug
from watcher.model.words import LONGEST, Wanted, parse

Where = Literal["texts", "changes"]
FILTERS = ("service", "group", "type", "category", "change", "severity", "since", "until")
_MOST_VALUES = 20


class Parameters(Protocol):
    """The parameters of an address, each with one value or several."""

    def getlist(self, key: str) -> list[str]:
        """All values of one."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: `words` as typed and as understood, filters, where to look, and after which place.

    `wrong` are the names of parameters whose value means nothing; they set no limit.
    """

    words: str
    wanted: Wanted
    filters: Filters
    where: Where
    after: str = ""
    wrong: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether something was asked that can be looked for."""
        return bool(self.wanted) or self.filters != EVERYTHING


def asked(parameters: Parameters) -> Asked:
    """Read `q`, `in`, `service`, `group`, `type`, `category`, `change`, `severity`, `since`, `until` and `after`.

    Dates are days in UTC, both included. A filter that only changes have looks in the changes.
    """
    wrong: list[str] = []
    kinds = tuple(ChangeKind(one) for one in _values(parameters, "change") if one in tuple(ChangeKind))
    severity: Severity | None = next(
        (one for one in SEVERITIES if one in _values(parameters, "severity")), None
    )
    for name, known in (("change", kinds), ("severity", severity)):
        if _values(parameters, name) and not known:
            wrong.append(name)
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
    return Asked(words, parse(words), filters, "changes" if only_changes else "texts", after, tuple(wrong))


def _values(parameters: Parameters, name: str) -> tuple[str, ...]:
    found = (one.strip()[:200] for one in parameters.getlist(name)[:_MOST_VALUES])
    return tuple(dict.fromkeys(one for one in found if one))


def _day(parameters: Parameters, name: str, wrong: list[str]) -> datetime | None:
    for value in _values(parameters, name):
        try:
            day = date.fromisoformat(value)
            if day.year < 9999:
                return datetime.combine(day, time(), UTC)
        except ValueError:
            pass
        wrong.append(name)
    return None

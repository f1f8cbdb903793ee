"""What can be asked: strict, because a program that asks for something else should hear of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request
from pydantic import BeforeValidator, StringConstraints

from watcher.model.finding import ChangeKind, Severity
from watcher.model.search import Filters
from watcher.model.source import slug
from watcher.model.words import LONGEST, MOST_PHRASES, NOTHING, Wanted, parse
from watcher.web import cursor
from watcher.web.api.problems import ParameterError
from watcher.web.context import Here
from watcher.web.known import refuse_unknown

MOST = 200
"""Items on one page of a list."""
_USUAL = 50
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def some(description: str) -> Any:
    """A parameter that takes several values."""
    return Query(max_length=20, description=description)


def _day(value: object) -> object:
    """Only the one form: pydantic would take a number for a time since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a date looks like 2026-03-14")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Many = tuple[Annotated[str, StringConstraints(min_length=1, max_length=200)], ...]
Events = tuple[Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")], ...]
Name = Annotated[str, Path(pattern="^[a-z0-9][a-z0-9.-]{0,190}$")]
Number = Annotated[int, Path(ge=1, le=999_999_999)]

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most")]
After = Annotated[
    str, Query(max_length=400, description="Where to go on: taken from `next`, not to be made up")
]
Since = Annotated[Day | None, Query(description="First day, in UTC")]
Until = Annotated[Day | None, Query(description="Last day, in UTC")]
AsOf = Annotated[Day | None, Query(description="As of the end of a day, in UTC; now when absent")]
_WORDS: Any = Query(
    min_length=1,
    max_length=LONGEST,
    description='Words to look for, all of them; `"a phrase"` in quotes, `begin*` for any ending',
)
Words = Annotated[str, _WORDS]
MaybeWords = Annotated[str | None, _WORDS]


def known(request: Request) -> None:
    """Refuse parameters that the description of the API does not name, and repeated ones that take one value."""
    route = request.scope["route"].path
    described: dict[str, Any] = request.app.openapi()["paths"].get(route, {}).get("get", {})
    taken = {one["name"]: one["schema"] for one in described.get("parameters", ()) if one["in"] == "query"}
    given = request.query_params
    names = f"What can be asked here: {', '.join(taken)}." if taken else "Nothing can be asked here."
    mistakes = [(name, f"There is no such parameter. {names}") for name in given if name not in taken]
    mistakes += [
        (name, "It is given more than once, and takes one value.")
        for name, schema in taken.items()
        if schema.get("type") != "array" and len(given.getlist(name)) > 1
    ]
    if mistakes:
        raise ParameterError(*mistakes)


@dataclass(frozen=True, slots=True)
class Turn:
    """One page of a list: how many, and the cursor behind which it begins."""

    limit: int
    after: str

    def place(self, *kinds: type) -> tuple[Any, ...] | None:
        """The place that the cursor names, None at the beginning; raises `ParameterError` when it is none of ours."""
        if not self.after:
            return None
        place = cursor.read(self.after, *kinds)
        if place is None:
            raise ParameterError(
                ("after", "This is no cursor of this list. Take it from `next` as it stands.")
            )
        return place


def _turn(limit: Limit = _USUAL, after: After = "") -> Turn:
    return Turn(limit, after)


Turns = Annotated[Turn, Depends(_turn)]


def _which(
    site: Here,
    service: Annotated[Many, some("Platforms, by `id`")] = (),
    group: Annotated[Many, some("Kinds of platform, such as music")] = (),
    type: Annotated[Many, some("Kinds of document, such as terms-of-use")] = (),
    document: Annotated[Many, some("Documents, by `id`")] = (),
) -> Filters:
    filters = Filters(
        services=tuple(slug(one) for one in service),
        groups=group,
        types=tuple(slug(one) for one in type),
        documents=document,
    )
    refuse_unknown(site.store, filters)
    return filters


Which = Annotated[Filters, Depends(_which)]
"""Which documents are meant; several values of one parameter widen, several parameters narrow."""


def _categories(
    site: Here, category: Annotated[Many, some("Categories of findings, such as training_grant")] = ()
) -> tuple[str, ...]:
    refuse_unknown(site.store, Filters(categories=category))
    return category


Categories = Annotated[tuple[str, ...], Depends(_categories)]
"""Which categories are meant."""


def _said(
    which: Which,
    category: Categories,
    since: Since = None,
    until: Until = None,
) -> Filters:
    return replace(which, categories=category, **_between(since, until))


Said = Annotated[Filters, Depends(_said)]
"""Which categories and days besides."""


def _weighed(
    site: Here,
    said: Said,
    severity: Annotated[Severity | None, Query(description="The least severity")] = None,
    language: Annotated[Many, some("Languages of the words, such as en")] = (),
) -> Filters:
    refuse_unknown(site.store, Filters(languages=language))
    return replace(said, severity=severity, languages=language)


Weighed = Annotated[Filters, Depends(_weighed)]
"""How severe and in which languages besides."""


def _changed(
    site: Here,
    weighed: Weighed,
    change: Annotated[tuple[ChangeKind, ...], some("What happened")] = (),
    event: Annotated[Events, some("Those of one new version, by `event`")] = (),
) -> Filters:
    refuse_unknown(site.store, Filters(events=event))
    return replace(weighed, changes=change, events=event)


Changed = Annotated[Filters, Depends(_changed)]
"""What happened besides."""


def wanted(words: str | None) -> Wanted:
    """What a search looks for; raises `ParameterError` when it cannot be looked for as it stands."""
    if words is None:
        return NOTHING
    found = parse(words)
    if not found:
        raise ParameterError(("q", "It has no letter and no digit. Ask with at least one word."))
    if found.cut:
        raise ParameterError(("q", f"It asks for too much: {MOST_PHRASES} words or phrases at most."))
    return found


def moment(day: date | None, now: Callable[[], datetime]) -> datetime:
    """The end of a day, or now for a day to come and where none is asked for."""
    here = now()
    return here if day is None else min(here, datetime.combine(day, time.max, UTC))


def _between(since: date | None, until: date | None) -> dict[str, Any]:
    if since and until and until < since:
        raise ParameterError(("until", "It is before `since`."))
    begin = datetime.combine(since, time(), UTC) if since else None
    end = datetime.combine(until + timedelta(days=1), time(), UTC) if until and until < date.max else None
    return {"since": begin, "until": end}

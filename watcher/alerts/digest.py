"""The mail that tells what changed in a day or a week, by platform, most severe first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.alerts.fitting import fitted
from watcher.alerts.letter import rendered
from watcher.alerts.news import Merged, News, Story, Words, is_web, merged, stories
from watcher.model.alert import Body
from watcher.model.finding import Tone
from watcher.model.source import slug
from watcher.voice import Voice
from watcher.voice.passage import clipped, harmless
from watcher.voice.ranking import rank
from watcher.voice.subjects import one_line

_IN_ALL = 24
_ON_A_PLATFORM = 8


@dataclass(frozen=True, slots=True)
class _Room:
    """So many changes are told `in_all` and on a platform; of platforms without any of these, `names` are named.

    `longest` is how many characters a text from elsewhere may have.
    """

    in_all: int = _IN_ALL
    on_a_platform: int = _ON_A_PLATFORM
    names: int = 200
    longest: int | None = None


_ROOMS = (
    *(_Room(on_a_platform=few) for few in range(_ON_A_PLATFORM, 0, -1)),
    *(_Room(in_all, 1) for in_all in (20, 16, 13, 10, 8, 6, 4, 3, 2, 1)),
    _Room(1, 1, names=100, longest=1_000),
    _Room(1, 1, names=30, longest=400),
    _Room(1, 1, names=10, longest=200),
)


@dataclass(frozen=True, slots=True)
class _Group:
    """A platform: `more` changes of it stand on its `page` only."""

    service: str
    stories: tuple[Story, ...]
    more: int
    page: str
    opt_out: str


def digest(news: Sequence[News], language: str, words: Words, *, day: datetime, weekly: bool) -> Body:
    """One body for all `news`, at least one. `day` is when it is written, in the reader's time zone."""
    voice = Voice.of(language)
    platforms = _platforms(news)
    everything = [case for cases in platforms for case in cases]
    counts = Counter(case.change.tone for case, _ in everything)
    groups = [_group(cases, voice, words) for cases in platforms[:_IN_ALL]]
    services = [harmless(cases[0][0].document.service) for cases in platforms]
    common = {
        "weekly": weekly,
        "day": day,
        "headline": _headline(voice, len(everything), len(platforms)),
        "tones": [(voice.tone(tone), counts[tone]) for tone in Tone if counts[tone]],
        "page": words.links.page("changes/index.html", voice.language),
    }
    subject = _subject(voice, platforms)

    def render(room: _Room) -> Body:
        shown = _fewer(groups, room)
        unsaid = services[len(shown) :]
        names = ", ".join(unsaid[: room.names])
        values = {
            "groups": shown,
            "unsaid": names if room.longest is None else clipped(names, room.longest),
            "unnamed": max(0, len(unsaid) - room.names),
        }
        return rendered("digest", subject, voice, words.links, common | values)

    return fitted(_ROOMS, render, words.links)


def _group(cases: Sequence[Merged], voice: Voice, words: Words) -> _Group:
    shown = cases[:_ON_A_PLATFORM]
    service = cases[0][0].document.service
    documents = (one.event.document for _, news in cases for one in news)
    return _Group(
        harmless(service),
        stories(shown, voice, words),
        len(cases) - len(shown),
        words.links.page(f"services/{slug(service)}.html", voice.language),
        next((d.opt_out for d in documents if d.opt_out and is_web(d.opt_out)), ""),
    )


def _fewer(groups: Sequence[_Group], room: _Room) -> list[_Group]:
    """What there is room for; each platform has one change or more, and the last ones are left out."""
    left, shown = room.in_all, []
    for group in groups:
        told = group.stories[: min(left, room.on_a_platform)]
        if not told:
            break
        left -= len(told)
        more = group.more + len(group.stories) - len(told)
        one = replace(group, stories=told, more=more)
        if room.longest is not None:
            short = tuple(story.within(room.longest) for story in told)
            one = replace(one, service=clipped(group.service, room.longest), stories=short)
        shown.append(one)
    return shown


def _platforms(news: Sequence[News]) -> list[tuple[Merged, ...]]:
    by_service: dict[str, list[News]] = {}
    for one in news:
        by_service.setdefault(one.event.document.service, []).append(one)
    platforms = [merged(mine) for mine in by_service.values()]
    return sorted(platforms, key=lambda cases: (rank(cases[0][0].change), -len(cases)))


def _headline(voice: Voice, changes: int, platforms: int) -> str:
    what = voice.plural("%(count)s change", "%(count)s changes", changes)
    return voice.plural(
        "%(what)s on %(count)s platform", "%(what)s on %(count)s platforms", platforms, what=what
    )


def _subject(voice: Voice, platforms: Sequence[tuple[Merged, ...]]) -> str:
    """Of one platform as an alert's; of several their names as far as they fit, and how many changes."""
    if len(platforms) == 1:
        first = platforms[0]
        service = first[0][0].document.service
        return voice.subject(service, (case.change for case, _ in first), documents=len(first[0][1]))
    names = [one_line(cases[0][0].document.service) for cases in platforms]
    few = names[:2]
    if len(names) > 2:
        few.append(voice.plural("%(count)s more", "%(count)s more", len(names) - 2))
    changes = sum(len(cases) for cases in platforms)
    what = voice.plural("%(count)s change", "%(count)s changes", changes)
    return one_line(f"{voice.listing(few)}: {what}")[:120]

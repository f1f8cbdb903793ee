"""The mail that tells what changed in a day or a week, by platform, most severe first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.alerts.letter import rendered
from watcher.alerts.news import Merged, News, Story, Words, merged, stories
from watcher.model.alert import Body
from watcher.model.finding import Tone
from watcher.model.source import slug
from watcher.voice import Voice
from watcher.voice.passage import harmless
from watcher.voice.ranking import rank
from watcher.voice.subjects import one_line

# A mail above 100 kB is cut off by Gmail. What does not fit is counted, and named by its platform.
_IN_ALL = 24
_ON_A_PLATFORM = 8


@dataclass(frozen=True, slots=True)
class _Group:
    service: str
    stories: tuple[Story, ...]
    more: int
    page: str


def digest(news: Sequence[News], language: str, words: Words, *, day: datetime, weekly: bool) -> Body:
    """One body for all `news`, at least one. `day` is when it is written, in the reader's time zone."""
    voice = Voice.of(language)
    platforms = _platforms(news)
    room, groups, unsaid = _IN_ALL, [], []
    for cases in platforms:
        service = cases[0][0].document.service
        shown = cases[: min(room, _ON_A_PLATFORM)]
        if not shown:
            unsaid.append(harmless(service))
            continue
        room -= len(shown)
        page = words.links.page(f"services/{slug(service)}.html", voice.language)
        groups.append(_Group(harmless(service), stories(shown, voice, words), len(cases) - len(shown), page))
    everything = [case for cases in platforms for case in cases]
    counts = Counter(case.change.tone for case, _ in everything)
    values = {
        "weekly": weekly,
        "day": day,
        "headline": _headline(voice, len(everything), len(platforms)),
        "tones": [(voice.tone(tone), counts[tone]) for tone in Tone if counts[tone]],
        "groups": groups,
        "unsaid": unsaid,
    }
    return rendered("digest", _subject(voice, platforms), voice, words.links, values)


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

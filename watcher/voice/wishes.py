"""What a subscriber hears of, in words: for pages and mails alike."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from watcher.model.alert import Subscriber
from watcher.model.finding import NEW_DOCUMENT
from watcher.voice.msg import msg
from watcher.voice.voice import Voice

GROUPS: dict[str, str] = {
    "ai": msg("AI services"),
    "code": msg("Code"),
    "distribution": msg("Music distribution"),
    "funding": msg("Funding by fans"),
    "games": msg("Games"),
    "images": msg("Images"),
    "learning": msg("Learning"),
    "messaging": msg("Messaging"),
    "music": msg("Music"),
    "podcasts": msg("Podcasts"),
    "shops": msg("Shops"),
    "social": msg("Social networks"),
    "tools": msg("Tools"),
    "video": msg("Video"),
    "voice": msg("Voice"),
    "writing": msg("Writing"),
}

# From everything to the gravest only, as the least severity that is still told.
LEAST: dict[str, str] = {
    "low": msg("every change of meaning"),
    "medium": msg("not the minor ones"),
    "high": msg("serious and very serious ones"),
    "critical": msg("very serious ones only"),
}

LICENCES = "licence_*"
_TOPICS = {
    LICENCES: msg("What a licence takes from you"),
    NEW_DOCUMENT: msg("New legal documents about AI or licences"),
}

_AREAS: dict[str, str] = {
    "Africa": msg("Africa"),
    "America": msg("America"),
    "Antarctica": msg("Antarctica"),
    "Arctic": msg("Arctic"),
    "Asia": msg("Asia"),
    "Atlantic": msg("Atlantic"),
    "Australia": msg("Australia"),
    "Europe": msg("Europe"),
    "Indian": msg("Indian Ocean"),
    "Pacific": msg("Pacific"),
}


class Wish(NamedTuple):
    """One line: "Platforms", "all"."""

    label: str
    words: str


class Words:
    """Names of what can be chosen, for templates."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def group(self, name: str) -> str:
        """A group of platforms; one that an operator made up is called as she called it."""
        return group(self._voice, name)

    def topic(self, category: str) -> str:
        """A category, or the pattern that stands for everything a licence takes."""
        return topic(self._voice, category)

    def least(self, severity: str) -> str:
        """The least severity that is told, as which changes those are."""
        return self._voice.text(LEAST[severity])

    def hour(self, value: int) -> str:
        """As "08:00"."""
        return hour(value)


def wishes(voice: Voice, subscriber: Subscriber) -> tuple[Wish, ...]:
    """Which platforms, which topics, how serious, when."""
    return (
        Wish(voice.text("Platforms"), _platforms(voice, subscriber)),
        Wish(voice.text("Topics"), _topics(voice, subscriber)),
        Wish(voice.text("Changes"), voice.text(LEAST[subscriber.severity])),
        Wish(voice.text("When"), rhythm(voice, subscriber)),
    )


def rhythm(voice: Voice, subscriber: Subscriber) -> str:
    """As "once a day at 08:00, Rome time"."""
    if subscriber.rhythm == "at_once":
        return voice.text("at once")
    if subscriber.rhythm == "daily":
        frame = msg("once a day at %(hour)s, %(place)s")
    else:
        frame = msg("on Mondays at %(hour)s, %(place)s")
    return _at(voice, frame, subscriber.hour) % {"place": _time_of(voice, subscriber.timezone)}


def _at(voice: Voice, frame: str, value: int) -> str:
    """The frame with its hour; Italian says "alle 08:00" and "all'1:00". Other placeholders stay."""
    words, shown = voice.gettext(frame), hour(value)
    if voice.language == "it" and value == 1:
        words, shown = words.replace("alle %(hour)s", "all'%(hour)s"), "1:00"
    return words.replace("%(hour)s", shown)


def hour(value: int) -> str:
    """As "08:00"."""
    return f"{value:02}:00"


def group(voice: Voice, name: str) -> str:
    """A group of platforms; one that an operator made up is called as she called it."""
    return voice.text(GROUPS[name]) if name in GROUPS else name


def named_groups(voice: Voice, groups: Iterable[str]) -> list[tuple[str, str]]:
    """Groups, each once, with their names for people and by these."""
    named = ((one, group(voice, one)) for one in set(groups))
    return sorted(named, key=lambda one: (one[1].casefold(), one[0]))


def topic(voice: Voice, category: str) -> str:
    """A category, or the pattern that stands for everything a licence takes."""
    return voice.text(_TOPICS[category]) if category in _TOPICS else voice.category(category)


def city(voice: Voice, timezone: str) -> str:
    """The place that a time zone is named after, in the reader's language: "Rome", "Roma"."""
    if "/" not in timezone:
        return timezone
    return _cities(voice.language).get(timezone) or timezone.rpartition("/")[2].replace("_", " ")


def area(voice: Voice, timezone: str) -> str:
    """The part of the world that it lies in."""
    name = timezone.partition("/")[0]
    return voice.text(_AREAS[name]) if name in _AREAS else name


def _time_of(voice: Voice, timezone: str) -> str:
    return timezone if "/" not in timezone else voice.text("%(city)s time", city=city(voice, timezone))


def _platforms(voice: Voice, subscriber: Subscriber) -> str:
    named = [
        *subscriber.services,
        *(voice.text("the group %(group)s", group=group(voice, name)) for name in subscriber.groups),
    ]
    return voice.listing(named) if named else voice.text("all")


def _topics(voice: Voice, subscriber: Subscriber) -> str:
    if not subscriber.categories:
        return voice.text("everything about AI")
    return "; ".join(topic(voice, name) for name in subscriber.categories)


@cache
def _cities(language: str) -> dict[str, str]:
    from babel import Locale

    zones = Locale.parse(language).time_zones
    return {name: zone["city"] for name, zone in zones.items() if "city" in zone}

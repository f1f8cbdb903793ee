"""Time zones to choose from, as the places people know (the tz database's zone.tab: country, place, name)."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from watcher.voice import Voice
from watcher.voice.wishes import area, city

# Languages of which most readers live in the country of the same name.
_AT_HOME = ("de", "es", "fr", "it")


class Place(NamedTuple):
    """One choice: its IANA name and what people call it."""

    name: str
    city: str


def areas(voice: Voice, also: str) -> tuple[tuple[str, tuple[Place, ...]], ...]:
    """Every time zone by part of the world, both in the reader's order; `also` is one to offer whatever it is."""
    known = _areas(voice.language)
    if also == "UTC" or any(place.name == also for _, places in known for place in places):
        return known
    return ((area(voice, also), (Place(also, city(voice, also)),)), *known)


def likely(wishes: str, language: str, fallback: str) -> str:
    """Where a reader may live, from the region of her browser's first language (RFC 9110, section 12.5.4; RFC 5646).

    Without one, `fallback`, or where the page's `language` is at home. A guess to start from, which the form shows.
    """
    first = wishes.partition(",")[0].partition(";")[0].strip()
    region = first.replace("_", "-").upper().rpartition("-")
    if region[1] and (place := _first_of().get(region[2])):
        return place
    home = first.lower() if first.lower() in _AT_HOME else language
    return _first_of()[home.upper()] if fallback == "UTC" and home in _AT_HOME else fallback


@cache
def _areas(language: str) -> tuple[tuple[str, tuple[Place, ...]], ...]:
    voice = Voice.of(language)
    found: dict[str, list[Place]] = {}
    for _, name in _zones():
        found.setdefault(area(voice, name), []).append(Place(name, city(voice, name)))
    return tuple(
        (where, tuple(sorted(found[where], key=lambda place: place.city))) for where in sorted(found)
    )


@cache
def _first_of() -> dict[str, str]:
    """Each country's first zone, in which most of its people live."""
    return dict(reversed(_zones()))


@cache
def _zones() -> tuple[tuple[str, str], ...]:
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((row[0], row[2]) for row in rows)

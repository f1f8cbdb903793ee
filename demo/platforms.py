"""The platforms of the demo: what each shows on each day, and what the watcher must make of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from watcher.model.source import DocumentKind, slug
from watcher.pipeline import Outcome

PAGES: Final = Path(__file__).parent / "history"

# Five Mondays; the first pass only records what stands.
DAYS: Final = tuple(datetime(2026, 3, day, 6, 0, tzinfo=UTC) for day in (2, 9, 16, 23, 30))

FIRST, SAME, CHANGED = Outcome.FIRST, Outcome.UNCHANGED, Outcome.CHANGED

Told = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Platform:
    """One document of a made-up platform, or what it tells AI crawlers in its robots.txt.

    `shows` names for each day a file of `demo/history`; one that ends in "-503" is answered with that status.
    `expected` are the outcomes of the five checks, `told` the (category, change) pairs that its one alert tells.
    """

    service: str
    name: str
    language: str
    group: str
    shows: tuple[str, ...]
    expected: tuple[Outcome, ...]
    told: frozenset[Told] = frozenset()
    kind: DocumentKind = "terms"

    @property
    def path(self) -> str:
        """Where the document stands on the server."""
        return "/robots.txt" if self.kind == "robots" else f"/{slug(self.service)}/{slug(self.name)}"

    @property
    def media(self) -> str:
        """Its media type."""
        return "text/html; charset=utf-8" if self.kind == "terms" else "text/plain; charset=utf-8"

    def file(self, day: int) -> Path:
        """What it shows on a day, from 0."""
        return PAGES / f"{self.shows[day]}.{'html' if self.kind == 'terms' else 'txt'}"


PLATFORMS: Final = (
    # Gains a permission to train AI, and says nothing about it: even the date above the terms stays the same.
    Platform(
        "Wavecrest",
        "Terms of Service",
        "en",
        "music",
        ("wavecrest-1", "wavecrest-2", "wavecrest-2", "wavecrest-2", "wavecrest-2"),
        (FIRST, CHANGED, SAME, SAME, SAME),
        # What separate agreements with labels cover is left out, which is a promise to those who have one.
        frozenset({("training_grant", "introduced"), ("training_commitment", "introduced")}),
    ),
    # Drops its promise not to train without asking.
    Platform(
        "Canzoniere",
        "Condizioni d’uso",
        "it",
        "music",
        ("canzoniere-1", "canzoniere-1", "canzoniere-2", "canzoniere-2", "canzoniere-2"),
        (FIRST, SAME, CHANGED, SAME, SAME),
        frozenset({("training_commitment", "removed")}),
    ),
    # Lets others train, thinks better of it, and does it after all: told once.
    Platform(
        "Driftlight Radio",
        "Podcaster Terms",
        "en",
        "podcasts",
        ("driftlight-1", "driftlight-1", "driftlight-2", "driftlight-1", "driftlight-2"),
        (FIRST, SAME, CHANGED, Outcome.RETURN, Outcome.RETURN),
        frozenset({("third_party_training", "introduced"), ("training_choice", "introduced")}),
    ),
    # Gives people a way to object.
    Platform(
        "Bottega Chiara",
        "Termini per chi espone",
        "it",
        "images",
        ("bottega-1", "bottega-1", "bottega-1", "bottega-2", "bottega-2"),
        (FIRST, SAME, SAME, CHANGED, SAME),
        frozenset({("training_choice", "introduced")}),
    ),
    # Puts its paragraphs into another order, the promise about AI among them.
    Platform(
        "Tonhafen",
        "Artist Terms",
        "en",
        "music",
        ("tonhafen-1", "tonhafen-1", "tonhafen-1", "tonhafen-2", "tonhafen-2"),
        (FIRST, SAME, SAME, CHANGED, SAME),
    ),
    # Sends another nonce and another menu with every answer.
    Platform("Lumalia", "Terms of Use", "en", "images", ("lumalia-1",) * 5, (FIRST, SAME, SAME, SAME, SAME)),
    # The same platform lets AI crawlers in again; its terms do not say so, its robots.txt does.
    Platform(
        "Lumalia",
        "robots.txt",
        "en",
        "images",
        ("lumalia-robots-1",) * 2 + ("lumalia-robots-2",) + ("lumalia-robots-3",) * 2,
        (FIRST, SAME, SAME, CHANGED, SAME),
        frozenset({("training_restriction", "removed")}),
        kind="robots",
    ),
    # Answers 200 with a page that says that there is none; later it sets typographic apostrophes.
    Platform(
        "Quillmoor",
        "Terms for Writers",
        "en",
        "writing",
        ("quillmoor-1", "quillmoor-1", "quillmoor-unavailable", "quillmoor-1", "quillmoor-2"),
        (FIRST, SAME, Outcome.REFUSED, SAME, Outcome.COSMETIC),
    ),
    # Is overloaded once.
    Platform(
        "Kinolumen",
        "Creator Agreement",
        "en",
        "video",
        ("kinolumen-1", "kinolumen-1", "kinolumen-1", "kinolumen-503", "kinolumen-1"),
        (FIRST, SAME, SAME, Outcome.FAILED, SAME),
    ),
)

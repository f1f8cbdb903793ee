"""What the handlers work with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from watcher.assembly import Rules
from watcher.signing import Signer
from watcher.site import NAMES, Frame
from watcher.store import Store

if TYPE_CHECKING:
    from watcher.settings import Settings


@dataclass(frozen=True, slots=True)
class Site:
    """One open store and how the site calls itself. `now` is the clock, in UTC; `rules` say what a rule means."""

    settings: "Settings"
    store: Store
    signer: Signer
    now: Callable[[], datetime]
    frame: Frame
    rules: Rules = field(default_factory=Rules)


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


Here = Annotated[Site, Depends(_site)]
"""The parameter by which a handler gets the site."""


def preferred(request: Request) -> str:
    """The language that the browser would rather read (RFC 9110, section 12.5.4); English when it wants none of ours.

    A weight of 0 means "not this one".
    """
    wishes = []
    for at, part in enumerate(request.headers.get("accept-language", "").split(",")[:20]):
        name, _, parameters = part.strip().partition(";")
        quality = parameters.strip().removeprefix("q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        wishes.append((-weight, at, name.split("-")[0].lower()))
    for weight, _, name in sorted(wishes):
        if name in NAMES and weight < 0:
            return name
    return next(iter(NAMES))

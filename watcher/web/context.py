"""What the handlers work with."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from watcher.assembly import Rules
from watcher.reporting import room
from watcher.signing import Signer
from watcher.site import NAMES, Frame, Room
from watcher.store import Store
from watcher.subscribing import Reception
from watcher.web.kept import Shelf

if TYPE_CHECKING:
    from watcher.settings import Settings


@dataclass(frozen=True)
class Site:
    """One open store and how the site calls itself. `now` is the clock, in UTC; `shelf` keeps pages.

    `posted` is called once letters were written that somebody waits for.
    """

    settings: "Settings"
    store: Store
    signer: Signer
    now: Callable[[], datetime]
    frame: Frame
    posted: Callable[[], None] = lambda: None
    shelf: Shelf = field(default_factory=Shelf)
    reception: Reception = field(init=False)

    def __post_init__(self) -> None:
        received = Reception(self.settings, self.store, self.signer, self.now, lambda: secrets.token_hex(16))
        object.__setattr__(self, "reception", received)

    @cached_property
    def room(self) -> Room:
        """Where its pages are made."""
        return room(self.store, Rules(self.settings.rules), self.frame)


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

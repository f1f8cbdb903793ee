"""After a round: what readers, channels and the operator are to hear is made into letters."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from watcher import operator_note, silences
from watcher.assembly import Rules
from watcher.composing import compose
from watcher.log import alone
from watcher.signing import Signer, signing_key
from watcher.store import Store

if TYPE_CHECKING:
    from watcher.settings import Settings


async def tell(
    settings: "Settings",
    store: Store,
    rules: Rules,
    now: Callable[[], datetime],
    *,
    gather: timedelta = timedelta(),
    stop: asyncio.Event | None = None,
) -> int:
    """Notice who fell silent, make letters of what is due, and write the operator's note; how many letters to readers.

    Each step is whole in itself: a death between two leaves the rest to the next time, and a mistake of the program in
    the first or last does not keep alerts back.
    """
    signer = Signer(signing_key(settings.signing_key, settings.data), now)
    with alone("who fell silent"):
        silences.look(settings, store, now())
    store.notices.unmake_withdrawn()
    made = await compose(settings, store, rules, signer, now, gather=gather, stop=stop)
    with alone("the operator's note"):
        operator_note.write(settings, store, signer, now())
    return made

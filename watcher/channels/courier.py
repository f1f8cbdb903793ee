"""Hands a channel's letters over; the outbox keeps them until that worked, as it keeps mails."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from watcher.channels.webhook import send_signed
from watcher.errors import TransientDeliveryError
from watcher.model.alert import Letter
from watcher.model.options import ChannelOptions


class Courier(Protocol):
    """What `watcher.delivery` asks of whoever hands letters over."""

    @property
    def connections(self) -> int:
        """How many letters at once."""

    async def send(self, letter: Letter) -> None:
        """Returns when the letter was taken, or raises `DeliveryError`."""


def courier(channel: ChannelOptions, now: Callable[[], datetime]) -> Courier:
    """The one for a channel."""
    return _Webhook(channel, now) if channel.webhook else _Chat(channel)


class _Webhook:
    connections = 1

    def __init__(self, channel: ChannelOptions, now: Callable[[], datetime]) -> None:
        self._channel, self._now = channel, now

    async def send(self, letter: Letter) -> None:
        channel, body = self._channel, letter.text.encode("utf-8", "replace")
        name = letter.message_id.strip("<>")
        await asyncio.to_thread(send_signed, channel.webhook, channel.secret, name, body, self._now())


class _Chat:
    connections = 1

    def __init__(self, channel: ChannelOptions) -> None:
        self._channel = channel

    async def send(self, letter: Letter) -> None:
        """Apprise says yes or no, and nothing of the reason; a no is tried again."""
        name = self._channel.name
        try:
            import apprise
        except ImportError:
            raise TransientDeliveryError(
                "the extra `channels` is not installed",
                where=name,
                remedy="pip install 'terms-watcher[channels]'",
                concerns="server",
            ) from None
        # What it logs may hold a channel's address, which is a secret.
        logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
        chat = apprise.Apprise()
        plugin = apprise.Apprise.instantiate(self._channel.url)
        if plugin is None:
            raise TransientDeliveryError(
                "Apprise does not know this kind of address",
                where=name,
                remedy="Mend the channel's `url`.",
                concerns="server",
            )
        if "overflow=" not in self._channel.url:
            # What is longer than a chat takes (500 signs on Mastodon) comes in parts; sent whole it would be refused.
            plugin.overflow_mode = apprise.OverflowMode.SPLIT
        chat.add(plugin)
        taken = await asyncio.to_thread(
            chat.notify, body=letter.text, title=letter.subject, body_format=apprise.NotifyFormat.TEXT
        )
        if not taken:
            raise TransientDeliveryError(
                "the channel did not take it", where=name, remedy="Is its address right?", concerns="either"
            )

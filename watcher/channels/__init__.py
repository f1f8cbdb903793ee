"""Ways to tell that are no mail: chats and feeds through Apprise, and signed webhooks."""

from watcher.channels.courier import Courier, courier
from watcher.channels.post import post_correction, post_news

__all__ = ["Courier", "courier", "post_correction", "post_news"]

"""Tells people: which changes a subscriber hears of, the letter that says so, and the way to the mail server."""

from watcher.alerts.letter import write
from watcher.alerts.mailer import Mailer
from watcher.alerts.message import message
from watcher.alerts.wants import wants

__all__ = ["Mailer", "message", "wants", "write"]

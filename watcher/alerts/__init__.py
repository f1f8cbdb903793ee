"""Tells people: which changes a subscriber hears of, the letter that says so, and the way to the mail server."""

from watcher.alerts.asking import confirmation, way_back
from watcher.alerts.letter import write
from watcher.alerts.links import Links
from watcher.alerts.mailer import Mailer
from watcher.alerts.message import message
from watcher.alerts.wants import wants

__all__ = ["Links", "Mailer", "confirmation", "message", "wants", "way_back", "write"]

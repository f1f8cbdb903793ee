"""Tells people: which changes a subscriber hears of, the letter that says so, and the way to the mail server."""

from watcher.alerts.alert import alert
from watcher.alerts.asking import confirmation, way_back
from watcher.alerts.correction import correction
from watcher.alerts.digest import digest
from watcher.alerts.letter import addressed
from watcher.alerts.links import Links
from watcher.alerts.mailer import Mailer
from watcher.alerts.message import message
from watcher.alerts.news import News, Words
from watcher.alerts.note import note
from watcher.alerts.silence import silence
from watcher.alerts.trial import trial
from watcher.alerts.wants import follows, wants

__all__ = [
    "Links",
    "Mailer",
    "News",
    "Words",
    "addressed",
    "alert",
    "confirmation",
    "correction",
    "digest",
    "follows",
    "message",
    "note",
    "silence",
    "trial",
    "wants",
    "way_back",
]

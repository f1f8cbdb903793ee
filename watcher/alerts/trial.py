"""The mail that proves the mail settings."""

from datetime import datetime

from watcher.alerts.letter import rendered
from watcher.alerts.links import Links
from watcher.model.alert import Body
from watcher.model.options import MailOptions
from watcher.voice import Voice


def trial(language: str, links: Links, options: MailOptions, *, day: datetime) -> Body:
    """Says which server and sender it came by."""
    voice = Voice.of(language)
    values = {
        "day": day,
        "server": f"{options.host}:{options.port} ({options.security})",
        "sender": options.sender,
    }
    return rendered("trial", voice.text("Terms watcher: a test, nothing else"), voice, links, values)

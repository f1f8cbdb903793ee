"""How the report is made, and where to write."""

from watcher.site.library import Asked, Room


def method(room: Room, asked: Asked) -> str:
    """From a page to a change, how often that is right, and what it cannot do."""
    return room.print(asked, "method.html")


def contact(room: Room, asked: Asked) -> str:
    """Corrections, takedown, and platforms that are missing."""
    return room.print(asked, "contact.html")

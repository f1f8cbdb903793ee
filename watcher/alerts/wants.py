"""Who hears of what."""

from fnmatch import fnmatchcase

from watcher.model.alert import Event, Subscriber
from watcher.model.finding import ABOUT_AI, SEVERITIES, Change
from watcher.model.source import Document, slug


def wants(subscriber: Subscriber, event: Event) -> tuple[Change, ...]:
    """The changes of an event that this subscriber hears of, in the event's order; none when she hears nothing."""
    if not follows(subscriber, event.document):
        return ()
    floor = SEVERITIES.index(subscriber.severity)
    # Other packs (licences, arbitration) are asked for by name, or by a pattern such as "licence_*".
    patterns = subscriber.categories or ABOUT_AI
    return tuple(
        change
        for change in event.changes
        if change.change.matters
        and SEVERITIES.index(change.severity) >= floor
        and any(fnmatchcase(change.category, pattern) for pattern in patterns)
    )


def follows(subscriber: Subscriber, document: Document) -> bool:
    """Whether the document's platform is among those that this subscriber asked for."""
    if not subscriber.services and not subscriber.groups:
        return True
    services = {slug(name) for name in subscriber.services}
    groups = {slug(name) for name in subscriber.groups}
    return slug(document.service) in services or bool(groups & {slug(name) for name in document.groups})

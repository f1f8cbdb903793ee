"""Letters: a body that is rendered once for many, and what is each subscriber's own."""

from datetime import datetime
from typing import Any

from watcher.alerts.links import Links
from watcher.model.alert import (
    PREFERENCES,
    UNSUBSCRIBE,
    Body,
    Letter,
    LetterKind,
    Subscriber,
    message_id,
)
from watcher.model.options import MailOptions
from watcher.voice import Voice, environment
from watcher.voice.inlined import inlined
from watcher.voice.passage import harmless


def rendered(template: str, subject: str, voice: Voice, links: Links, values: dict[str, Any]) -> Body:
    """The body from `mail/<template>.html` and `.txt`. Its reader's own links are filled in later."""
    speaking = environment(voice.language)
    on_the_web = bool(links.base_url)
    values = values | {
        "subject": subject,
        "unsubscribe": UNSUBSCRIBE if on_the_web else "",
        "preferences": PREFERENCES if on_the_web else "",
        "method_url": links.method(voice.language),
    }
    return Body(
        subject=harmless(subject),
        text=speaking.get_template(f"mail/{template}.txt").render(values),
        html=inlined(speaking.get_template(f"mail/{template}.html").render(values)),
        language=voice.language,
    )


def addressed(
    body: Body,
    subscriber: Subscriber,
    *,
    about: str,
    kind: LetterKind,
    options: MailOptions,
    links: Links,
    written_at: datetime,
    event: str | None = None,
) -> Letter:
    """The letter that brings a body to a subscriber; `about` names what it tells, and is the same whenever that is."""
    return Letter(
        message_id=message_id(about, subscriber.address, options.domain),
        event=event,
        address=subscriber.address,
        subject=body.subject,
        text="",
        html="",
        language=body.language,
        written_at=written_at,
        kind=kind,
        unsubscribe=links.unsubscribe(subscriber),
        preferences=links.preferences(subscriber),
        body=body.digest,
    )

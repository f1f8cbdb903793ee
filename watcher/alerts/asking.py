"""The two letters that a form can cause: one asks an address to confirm, one shows a subscriber her way back."""

from datetime import datetime

from watcher.alerts.letter import rendered
from watcher.alerts.links import Links
from watcher.model.alert import Letter, Subscriber
from watcher.model.folding import digest
from watcher.model.options import MailOptions
from watcher.model.reader import Request
from watcher.voice import Voice
from watcher.voice.msg import msg
from watcher.voice.wishes import wishes


def confirmation(
    request: Request, links: Links, options: MailOptions, site: str, expires: datetime
) -> Letter:
    """Asks whoever reads the mailbox whether she wants what somebody asked for in her name; `site` is its title.

    Nothing in it can be written by a stranger but the choice among known names, so that it carries nobody's message.
    """
    return _letter(
        "confirm",
        request.wishes,
        options,
        request.asked_at,
        request.id,
        msg("%(site)s: please confirm your alerts"),
        links,
        site=site,
        confirm_url=links.confirm(request),
        expires=expires,
    )


def way_back(
    subscriber: Subscriber,
    links: Links,
    options: MailOptions,
    site: str,
    *,
    again: bool,
    written_at: datetime,
    letter: str,
) -> Letter:
    """Tells a subscriber where her preferences are.

    `again` says that somebody asked to subscribe the address once more, else that she asked for her link. `letter`
    tells one such letter from the next.
    """
    return _letter(
        "link",
        subscriber,
        options,
        written_at,
        letter,
        msg("%(site)s: you already get alerts") if again else msg("%(site)s: your preferences"),
        links,
        site=site,
        again=again,
        preferences_url=links.preferences(subscriber),
        unsubscribe_url=links.unsubscribe(subscriber),
    )


def _letter(
    template: str,
    whom: Subscriber,
    options: MailOptions,
    written_at: datetime,
    name: str,
    subject: str,
    links: Links,
    *,
    site: str,
    **values: object,
) -> Letter:
    voice = Voice.of(whom.language)
    values |= {"address": whom.address, "wishes": wishes(voice, whom), "site": site}
    body = rendered(template, voice.text(subject, site=site), voice, links, values)
    return Letter(
        # The name itself is what the signed link holds, so only a digest of it travels in a header.
        message_id=f"<{template}.{digest(name)[:24]}@{options.domain}>",
        event=None,
        address=whom.address,
        subject=body.subject,
        text=body.text,
        html=body.html,
        language=voice.language,
        written_at=written_at,
        kind="confirm",
    )

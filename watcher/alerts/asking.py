"""The two letters that a form can cause: one asks an address to confirm, one shows a subscriber her way back."""

from datetime import datetime

from watcher.alerts.links import Links
from watcher.model.alert import Letter, Subscriber
from watcher.model.folding import digest
from watcher.model.options import MailOptions
from watcher.model.reader import Request
from watcher.voice import Voice, environment
from watcher.voice.inlined import inlined
from watcher.voice.passage import harmless
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
    **values: object,
) -> Letter:
    voice = Voice.of(whom.language)
    speaking = environment(voice.language)
    values |= {"address": whom.address, "wishes": wishes(voice, whom)}
    subject = harmless(speaking.get_template(f"mail/{template}.subject.txt").render(values))
    values["subject"] = subject
    return Letter(
        # The name itself is what the signed link holds, so only a digest of it travels in a header.
        message_id=f"<{template}.{digest(name)[:24]}@{options.domain}>",
        event=None,
        address=whom.address,
        subject=subject,
        text=speaking.get_template(f"mail/{template}.txt").render(values),
        html=inlined(speaking.get_template(f"mail/{template}.html").render(values)),
        language=voice.language,
        written_at=written_at,
        kind="confirm",
    )

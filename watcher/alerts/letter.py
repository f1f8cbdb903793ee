"""Writes the letter that tells one subscriber of one event."""

from dataclasses import replace
from datetime import datetime

from watcher.model.alert import Event, Letter, Subscriber, message_id
from watcher.model.comparison import Comparison
from watcher.model.finding import Change
from watcher.model.options import MailOptions
from watcher.voice import Voice, environment, ranked
from watcher.voice.card import Explain, cards
from watcher.voice.inlined import inlined
from watcher.voice.passage import Mark, harmless

# A mail above 100 kB is cut off by Gmail; ten changes in full stay well below, the others are told in a line each.
_IN_FULL = 10
_IN_A_LINE = 30


def write(
    event: Event,
    subscriber: Subscriber,
    changes: tuple[Change, ...],
    *,
    options: MailOptions,
    explain: Explain,
    mark: Mark,
    written_at: datetime,
    comparison: Comparison | None = None,
    base_url: str = "",
) -> Letter:
    """One letter for all `changes` (those that `wants` gave, at least one), most severe first.

    `explain` gives a rule's words in a language, `mark` the changed words of two texts; `comparison` adds the
    headings above a clause, `base_url` (where the report stands) the links to comparison and method.
    """
    if not changes:
        raise ValueError("a letter needs a change to tell of")
    voice = Voice.of(subscriber.language)
    told = replace(event, changes=ranked(changes))
    full, brief = told.changes[:_IN_FULL], told.changes[_IN_FULL:]
    document = event.document
    here = _place(base_url, voice)
    values = {
        "subject": voice.subject(told),
        "event": told,
        "service": harmless(document.service),
        "title": harmless(document.title),
        "cards": cards(document, full, voice=voice, explain=explain, mark=mark, comparison=comparison),
        "brief": [harmless(voice.headline(document, change)) for change in brief[:_IN_A_LINE]],
        "unsaid": max(0, len(brief) - _IN_A_LINE),
        "live": [page.url for page in document.pages if _is_web(page.url)],
        "opt_out": document.opt_out if _is_web(document.opt_out) else None,
        "comparison_url": f"{here}changes/{event.id}.html" if here else None,
        "method_url": f"{here}method.html" if here else None,
    }
    speaking = environment(voice.language)
    return Letter(
        message_id=message_id(event.id, subscriber.address, options.domain),
        event=event.id,
        address=subscriber.address,
        subject=harmless(speaking.get_template("mail/alert.subject.txt").render(values)),
        text=speaking.get_template("mail/alert.txt").render(values),
        html=inlined(speaking.get_template("mail/alert.html").render(values)),
        language=voice.language,
        written_at=written_at,
    )


def _place(base_url: str, voice: Voice) -> str:
    """Where the report stands in this language: English at the top, others in a folder of their own."""
    if not base_url:
        return ""
    top = base_url.rstrip("/") + "/"
    return top if voice.language == "en" else f"{top}{voice.language}/"


def _is_web(url: str | None) -> bool:
    return (
        url is not None
        and url.startswith(("https://", "http://"))
        and harmless(url) == url
        and " " not in url
    )

"""How the tracking of a document goes, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from watcher.model.report import DocumentStatus
from watcher.model.source import Document
from watcher.schedule import next_check
from watcher.voice import Voice
from watcher.voice.msg import msg
from watcher.voice.troubles import reason

__all__ = ["Health", "health", "late", "reason", "stands_still"]

WEEK = timedelta(days=7)
# So many of its own times must a document have missed: once may be a night without power.
_MISSED = 3


@dataclass(frozen=True, slots=True)
class Health:
    """`state`, with a sign and a word; `sentence` says it whole.

    `failing` could not be read when it was looked at last, `stale` was not looked at for too long (`late`), `unseen`
    never was.
    """

    state: Literal["well", "failing", "stale", "unseen"]
    sign: str
    word: str
    voice: Voice
    status: DocumentStatus

    @property
    def sentence(self) -> str:
        """Made when it is asked for: lists of hundreds of documents show the word alone."""
        voice, status = self.voice, self.status
        if self.state == "unseen" or status.last_check is None:
            return voice.text("Not checked yet.")
        if self.state == "well":
            last = voice.dated(msg("Read well, last on %(date)s."), status.last_check)
            return last % {"date": voice.moment(status.last_check)}
        if self.state == "stale":
            since = msg("Nobody has read this document since %(date)s; it is long overdue.")
            return voice.dated(since, status.last_check) % {"date": voice.date(status.last_check)}
        why = reason(voice, status.reason)
        if status.last_good is None:
            return voice.text("We could not read this document yet: %(why)s", why=why)
        sentence = voice.dated(
            msg("We could not read this document since %(date)s: %(why)s"), status.last_good
        )
        return sentence % {"date": voice.date(status.last_good), "why": why}


def unjudged(voice: Voice, why: str) -> str:
    """Why nobody knows what a text says, as the second half of a sentence, from the word of a record."""
    if why.startswith("no pack for "):
        return voice.text(
            "there are no rules for its language (%(code)s)", code=why.removeprefix("no pack for ")
        )
    return voice.text("its language is not known")


def health(voice: Voice, status: DocumentStatus, now: datetime) -> Health:
    """The state of one document."""
    if status.failures:
        return Health("failing", "!", voice.text("needs a look"), voice, status)
    if status.last_check is None:
        return Health("unseen", "–", voice.text("not checked yet"), voice, status)
    if late(status.document, status.last_check, now):
        since = voice.dated(msg("not read since %(date)s"), status.last_check)
        return Health("stale", "!", since % {"date": voice.date(status.last_check)}, voice, status)
    return Health("well", "✓", voice.text("read well"), voice, status)


def late(document: Document, last: datetime, now: datetime) -> bool:
    """Whether a document looked at `last` should have been looked at again long ago.

    That is more than a week ago, and three times that its own schedule names have passed since.
    """
    due = last
    for _ in range(_MISSED if now - last > WEEK else 0):
        due = next_check(document.schedule, document.timezone, due, now)
        if due > now:
            return False
    return now - last > WEEK


def stands_still(statuses: Iterable[DocumentStatus], now: datetime) -> bool:
    """Whether all documents that were ever looked at are late: then it is the watcher that does not run."""
    checked = [(one.document, one.last_check) for one in statuses if one.last_check]
    return bool(checked) and all(late(document, last, now) for document, last in checked)

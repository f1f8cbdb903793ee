"""How the tracking of a document goes, in plain words."""

from dataclasses import dataclass
from typing import Literal

from watcher.model.report import DocumentStatus
from watcher.voice import Voice
from watcher.voice.msg import msg
from watcher.voice.troubles import reason

__all__ = ["Health", "health", "reason"]


@dataclass(frozen=True, slots=True)
class Health:
    """`state` is `well`, `failing` or `unseen` (not checked yet), with a sign and a word; `sentence` says it whole."""

    state: Literal["well", "failing", "unseen"]
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
            said = voice.dated(msg("Read well, last on %(date)s."), status.last_check)
            return said % {"date": voice.moment(status.last_check)}
        why = reason(voice, status.reason)
        if status.last_good is None:
            return voice.text("We could not read this document yet: %(why)s", why=why)
        said = voice.dated(msg("We could not read this document since %(date)s: %(why)s"), status.last_good)
        return said % {"date": voice.date(status.last_good), "why": why}


def unjudged(voice: Voice, why: str) -> str:
    """Why nobody knows what a text says, as the second half of a sentence, from the word of a record."""
    if why.startswith("no pack for "):
        return voice.text(
            "there are no rules for its language (%(code)s)", code=why.removeprefix("no pack for ")
        )
    return voice.text("its language is not known")


def health(voice: Voice, status: DocumentStatus) -> Health:
    """The state of one document."""
    if status.failures:
        return Health("failing", "!", voice.text("needs a look"), voice, status)
    if status.last_check is None:
        return Health("unseen", "–", voice.text("not checked yet"), voice, status)
    return Health("well", "✓", voice.text("read well"), voice, status)

"""How the tracking of a document goes, in plain words."""

from dataclasses import dataclass
from typing import Literal

from watcher.model.report import DocumentStatus
from watcher.voice import Voice
from watcher.voice.troubles import reason

__all__ = ["Health", "health", "reason"]


@dataclass(frozen=True, slots=True)
class Health:
    """`state` is `well`, `failing` or `unseen` (not checked yet), with a sign and a word; `sentence` says it whole."""

    state: Literal["well", "failing", "unseen"]
    sign: str
    word: str
    sentence: str


def health(voice: Voice, status: DocumentStatus) -> Health:
    """The state of one document."""
    if status.failures:
        why = reason(voice, status.reason)
        return Health(
            "failing",
            "!",
            voice.text("needs a look"),
            voice.text(
                "We could not read this document since %(date)s: %(why)s",
                date=voice.date(status.last_good),
                why=why,
            )
            if status.last_good
            else voice.text("We could not read this document yet: %(why)s", why=why),
        )
    if status.last_check is None:
        return Health("unseen", "–", voice.text("not checked yet"), voice.text("Not checked yet."))
    return Health(
        "well",
        "✓",
        voice.text("read well"),
        voice.text("Read well, last on %(moment)s.", moment=voice.moment(status.last_check)),
    )

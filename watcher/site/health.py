"""How the tracking of a document goes, in plain words."""

from dataclasses import dataclass
from typing import Literal

from watcher.model.report import DocumentStatus
from watcher.voice import Voice
from watcher.voice.msg import msg

REASONS: dict[str, str] = {
    "empty": msg("the page is empty."),
    "shell": msg("the page shows its text only to browsers that run scripts."),
    "not-found": msg("the page says that there is nothing at this address."),
    "error-page": msg("it shows an error page instead of the document."),
    "bot-wall": msg("it answers with a bot check."),
    "login-wall": msg("it asks to log in first."),
    "consent-wall": msg("it shows a cookie notice instead of the document."),
    "home-page": msg("it leads to the home page instead of the document."),
    "other-language": msg("it answers in another language."),
    "other-document": msg("it shows another document."),
    "half-loaded": msg("only part of the document came."),
    "selectors": msg("the page was rebuilt, and our settings no longer find the document on it."),
    "unreadable": msg("the file cannot be read."),
    "drastic": msg("almost everything on it changed at once; we wait until a later visit confirms it."),
    "timeout": msg("the server does not answer in time."),
    "dns": msg("the name of the server is not known."),
    "connect": msg("the server cannot be reached."),
    "disconnected": msg("the connection breaks off."),
    "protocol": msg("the server breaks off its answer."),
    "tls": msg("no secure connection comes about."),
    "address": msg("the address is not a public one."),
    "robots": msg("the site asks automatic visitors to stay away (robots.txt)."),
    "redirects": msg("the address leads round in circles."),
    "too-large": msg("the answer is larger than we accept."),
    "encoding": msg("the answer is packed in a way that we cannot open."),
    "http-401": msg("it asks to log in first."),
    "http-403": msg("the server refuses us."),
    "http-404": msg("there is nothing at this address any more."),
    "http-410": msg("there is nothing at this address any more."),
    "http-429": msg("the server asks us to come less often."),
    "http-451": msg("the server refuses us for legal reasons."),
    "internal": msg("our own program failed on it."),
}


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
            return voice.text("Read well, last on %(moment)s.", moment=voice.moment(status.last_check))
        why = reason(voice, status.reason)
        if status.last_good is None:
            return voice.text("We could not read this document yet: %(why)s", why=why)
        return voice.text(
            "We could not read this document since %(date)s: %(why)s",
            date=voice.date(status.last_good),
            why=why,
        )


def reason(voice: Voice, word: str) -> str:
    """Why a page was not taken, as the second half of a sentence, from the stable word of a record."""
    if known := REASONS.get(word):
        return voice.text(known)
    if word.startswith("http-"):
        return voice.text("the server answers with error %(status)s.", status=word.removeprefix("http-"))
    return voice.text("something went wrong (%(word)s).", word=word or "?")


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

"""Why a page could not be read, in plain words."""

from typing import TYPE_CHECKING

from watcher.voice.msg import msg

if TYPE_CHECKING:
    from watcher.voice.voice import Voice

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
    "document_appeared": msg("the list of legal documents names it for the first time."),
    "document_moved": msg("the list of legal documents leads to another address now."),
    "document_gone": msg("the list of legal documents names it no more."),
    "internal": msg("our own program failed on it."),
}


def reason(voice: "Voice", word: str) -> str:
    """Why a page was not taken, as the second half of a sentence, from the stable word of a record."""
    if known := REASONS.get(word):
        return voice.text(known)
    if word.startswith("http-"):
        return voice.text("the server answers with error %(status)s.", status=word.removeprefix("http-"))
    return voice.text("something went wrong (%(word)s).", word=word or "?")

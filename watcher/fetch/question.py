"""How we ask: what we call ourselves, which language we want, and what we have already."""

from watcher.errors import UsageError
from watcher.fetch.body import ACCEPT_ENCODING
from watcher.model.fetched import Validators

PRODUCT_TOKEN = "terms-watcher"  # noqa: S105 - the name that robots.txt calls us by
_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"


def user_agent(version: str, contact: str) -> str:
    """Our name and version, and whom to write to (RFC 9110, section 10.1.5). Raises `UsageError`."""
    if not (contact.isascii() and contact.isprintable()):
        raise UsageError(
            f"{contact!r} cannot stand in a User-Agent",
            where="contact",
            remedy="Write a mail address or a URL in plain ASCII.",
        )
    return f"{PRODUCT_TOKEN}/{version} (+{contact})" if contact else f"{PRODUCT_TOKEN}/{version}"


def question(language: str, validators: Validators) -> dict[str, str]:
    """The headers that ask for a page in a language (BCP 47), unless it still is what `validators` stand for."""
    headers = {"accept": _ACCEPT, "accept-encoding": ACCEPT_ENCODING, "accept-language": _languages(language)}
    # A validator that a header cannot carry back (RFC 9110 lets servers send other bytes) is as good as none.
    if validators.etag and validators.etag.isascii():
        headers["if-none-match"] = validators.etag
    if validators.last_modified and validators.last_modified.isascii():
        headers["if-modified-since"] = validators.last_modified
    return headers


def _languages(tag: str) -> str:
    """A BCP 47 tag as Accept-Language (RFC 9110, section 12.5.4): itself, its bare language, then anything."""
    if tag in ("", "und"):
        return "*"
    bare = tag.split("-", maxsplit=1)[0]
    return f"{tag},*;q=0.1" if bare == tag else f"{tag},{bare};q=0.8,*;q=0.1"

"""Single values as operators write them; each check raises ValueError with a plain sentence."""

import re
from datetime import timedelta
from email.utils import parseaddr
from typing import Final
from urllib.parse import urlsplit

_MAIL: Final = re.compile(r"[^@\s<>\"(),:;\\]+@[^@\s<>\"(),:;\\.]+(\.[^@\s<>\"(),:;\\.]+)*")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DURATION: Final = re.compile(r"(\d{1,5})\s*(minute|hour|day)s?")
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 24 * 60}
_HOST: Final = re.compile(r"[^\s/@:\[\]]+|[0-9a-fA-F:.]+")


def url(value: str) -> str:
    """An address on the web: http or https, with a host, without a name and password."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"the address {value!r} cannot be read") from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"the address {value!r} must begin with https:// or http://")
    if not host or re.search(r"\s", value):
        raise ValueError(f"the address {value!r} has no host, or a blank in it")
    if parts.username or parts.password:
        raise ValueError("an address must not carry a name or password")
    return value


def mail_address(value: str) -> str:
    """One mail address, nothing around it."""
    if not _MAIL.fullmatch(value):
        raise ValueError(f"{value!r} is not a mail address such as alerts@example.org")
    return value


def mailbox(value: str) -> str:
    """A mail address, with a name before it if wanted: `Terms Watcher <alerts@example.org>` (RFC 5322, 3.4)."""
    _, address = parseaddr(value)
    if re.search(r"[\r\n]", value) or not _MAIL.fullmatch(address):
        raise ValueError(f"{value!r} is not a mail address such as alerts@example.org")
    return value


def contact(value: str) -> str:
    """A mail address or an address on the web, where people who run sites can ask; or nothing."""
    if not value:
        return value
    return url(value) if "://" in value else mail_address(value)


def language(value: str) -> str:
    """A language tag (BCP 47) such as `en` or `pt-BR`."""
    if not _LANGUAGE.fullmatch(value):
        raise ValueError(f"{value!r} is not a language code such as en, it or pt-BR")
    return value


def host(value: str) -> str:
    """A host name or an IP address, without scheme, port and path."""
    if not _HOST.fullmatch(value):
        raise ValueError(f"{value!r} is not a host name or address such as mail.example.org")
    return value


def selector(value: str) -> str:
    """A CSS selector that can be used on a page."""
    import soupsieve  # heavy, and the shipped selectors are checked by a test

    try:
        soupsieve.compile(value)
    except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as error:
        reason = str(error).splitlines()[0].rstrip(":")
        raise ValueError(f"{value!r} is not a CSS selector: {reason}") from None
    return value


def duration(value: object) -> timedelta:
    """A time such as "30 minutes", "2 hours" or "1 day"; 0 for none; at most 30 days."""
    text = str(value).strip().lower()
    found = _DURATION.fullmatch(text)
    if text != "0" and not found:
        raise ValueError(f'{text!r} is no time such as "30 minutes", "2 hours" or 0')
    length = timedelta(minutes=int(found[1]) * _MINUTES[found[2]]) if found else timedelta()
    if length > timedelta(days=30):
        raise ValueError(f"{text!r} is longer than 30 days")
    return length

"""What the address that answered says: a home page, a log-in, another country."""

import re
from urllib.parse import SplitResult, urlsplit

from watcher.model.version import Doubt
from watcher.read.walls import Wall

_HOME = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2,4})?|intl|global|www)/?){0,2}(?:(?:home|index|default|start|main|welcome|accueil|startseite|inicio)(?:\.\w{2,5})?/?)?",
    re.I,
)
_LOGIN = re.compile(
    r"/(?:u/|accounts?/|users?/|auth/|session/)?(?:log[-_]?in|sign[-_]?in|signon|sso|authenticate|authorize)\b",
    re.I,
)
_ERROR = re.compile(
    r"/(?:40[34]|50\d|errors?|not[-_]?found|page[-_]?not[-_]?found|sorry|unavailable|maintenance|blocked|denied|captcha)\b",
    re.I,
)
_CONSENT = re.compile(r"^consent\.|/(?:consent|cookie[-_]?wall|privacy[-_]?gate|gdpr[-_]?consent)\b", re.I)
_LOCALE = re.compile(r"^/(?:intl/)?([a-z]{2})[-_]([a-z]{2})(?=/|$)|^/([a-z]{2})/([a-z]{2})(?=/|$)", re.I)
_LANGUAGE = re.compile(r"^/(?:intl/)?([a-z]{2})(?=/|$)", re.I)


def judge_address(asked: str, answered: str) -> Wall | None:
    """The doubt that a redirect raises, or None. Both are absolute addresses."""
    if not answered or asked == answered:
        return None
    try:
        here, there = urlsplit(asked), urlsplit(answered)
    except ValueError:
        return None
    for pattern, doubt in (
        (_LOGIN, Doubt.LOGIN_WALL),
        (_CONSENT, Doubt.CONSENT_WALL),
        (_ERROR, Doubt.NOT_FOUND),
    ):
        if _place(pattern, there) and not _place(pattern, here):
            return Wall(doubt, answered)
    if _HOME.fullmatch(there.path) and not _HOME.fullmatch(here.path) and not (there.query or there.fragment):
        return Wall(Doubt.HOME_PAGE, answered)
    return None


def other_locale(asked: str, answered: str) -> str:
    """What the answer is in instead ("fr-fr" for "en-us"), when both addresses name language or country; else empty."""
    here, there = _locale(asked), _locale(answered)
    if not (here and there) or here == there:
        return ""
    same_language = here[0] == there[0]
    same_country = not (here[1] and there[1]) or here[1] == there[1]
    return "" if same_language and same_country else "-".join(part for part in there if part)


def _locale(address: str) -> tuple[str, str] | None:
    try:
        path = urlsplit(address).path
    except ValueError:
        return None
    both = _LOCALE.match(path)
    if both:
        one, two = (part.lower() for part in both.groups() if part)
        return one, two
    one_only = _LANGUAGE.match(path)
    return (one_only[1].lower(), "") if one_only else None


def _place(pattern: re.Pattern[str], parts: SplitResult) -> bool:
    return bool(pattern.search(parts.path) or (parts.hostname and pattern.search(parts.hostname)))

"""Is what was read the document? The judgement before anything is recorded."""

import re
from collections.abc import Sequence

from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import HEALTHY, Doubt, Verdict
from watcher.read.html import PageText
from watcher.read.kinship import Kinship, kinship, vouched
from watcher.read.language import same_language
from watcher.read.look import Look
from watcher.read.redirects import judge_address, other_locale
from watcher.read.several import lost_part, page_known, twins
from watcher.read.unmatched import part_unmatched
from watcher.read.walls import Wall, find_wall, has_substance, is_lawless, legal_share, prose_share, vendor_of

_ENOUGH_FOR_LANGUAGE = 25
_PLAINLY_THE_SAME = 0.5
_MOSTLY_KNOWN = 0.7
_HALF = 0.6
_LITTLE_KEPT = 0.35
_NOTHING_KEPT = 0.1
_COMPARABLE = 40
_SCRAP = 150
_TORN_SIZE = 0.25
_TORN_KNOWN = 0.97
_KNOWN_LANGUAGES = frozenset(["en", "it", "fr", "de", "es"])
_LAWFUL = 0.02

_DETAILS = {
    Doubt.BOT_WALL: "The site answered with a check for robots",
    Doubt.CONSENT_WALL: "The site asks for consent before it shows the document",
    Doubt.LOGIN_WALL: "The site asks to log in before it shows the document",
    Doubt.NOT_FOUND: "The site says that there is no such page",
    Doubt.ERROR_PAGE: "The site shows an error",
    Doubt.SHELL: "The page is a shell that a browser would fill",
    Doubt.HOME_PAGE: "The address now leads to a home page",
}

_SUBJECTS = {
    "privacy": r"privacy|confidentialit|vie privée|riservatezza|datenschutz|privacidad|données perso|dati personali",
    "cookies": r"cookie|tracker|traceur",
    "terms": r"terms|conditions|(?:user|service) agreement|condizioni|termini|nutzungsbeding|agb|términos|condiciones",
    "imprint": r"imprint|impressum|mentions légales|note legali|aviso legal|legal notice",
    "conduct": r"guidelines|code of conduct|community standards|acceptable use|regole|règles|richtlinien|normas",
}


def judge(
    document: Document, looks: Sequence[Look], text: DocumentText, standing: DocumentText | None
) -> Verdict:
    """The verdict on all pages of a document together: the first doubt that applies, the most certain ones first."""
    near = kinship(text, standing) if standing is not None else None
    gone = _pages(looks, standing, near) or _lawless(document, looks, text, standing)
    if gone is not None:
        return gone
    for look in looks:
        if look.missed:
            names = ", ".join(look.missed)
            return Verdict(
                Doubt.SELECTORS, f"Nothing on {look.fetched.url} matches {names}; the page was rebuilt."
            )
    language = _language(document, looks, text, standing)
    if language is not None or standing is None or near is None:
        return language or HEALTHY
    if text.loose_digest == standing.loose_digest:
        return HEALTHY
    doubts = [
        part_unmatched(looks, text, standing, near),
        lost_part(document, looks, standing) if len(looks) > 1 else None,
        _against(text, standing, near),
    ]
    found = [verdict for verdict in doubts if verdict is not None]
    return min(found, key=lambda verdict: verdict.waits, default=HEALTHY)


def judge_text(
    text: DocumentText, beside: DocumentText | None = None, earlier: DocumentText | None = None
) -> Verdict:
    """The verdict on a text from a file: an error page, a wall, a shell or an empty text is no document.

    `beside` is the text it is compared with: a scrap that has nothing of a far longer text is not that document.
    `earlier` is what stood before: a small piece of it that brings nothing new was saved before the page was whole.
    """
    wall = find_wall(text.clauses, text.title)
    if wall is not None:
        return _verdict(wall)
    if not has_substance(text.clauses):
        return _bare(text.title)
    if beside is not None and text.words < _SCRAP and text.words < 0.15 * beside.words:
        near = kinship(text, beside)
        if near.kept < _NOTHING_KEPT:
            return Verdict(
                Doubt.HALF_LOADED, f"Only {text.words} words stand where the other text has {beside.words}."
            )
    if earlier is not None and text.words < _TORN_SIZE * earlier.words:
        near = kinship(text, earlier)
        if near.known >= _TORN_KNOWN:
            left = f"{text.words} of {earlier.words} words are left and nothing is new"
            return Verdict(Doubt.HALF_LOADED, f"{left}: the page was saved before it was whole.")
    return HEALTHY


def _pages(looks: Sequence[Look], standing: DocumentText | None, near: Kinship | None) -> Verdict | None:
    """What single pages say, and that two of them are one."""
    for look in looks:
        if not _known(look, looks, standing, near):
            verdict = _page(look)
            if verdict.doubt is not None:
                return verdict
    return twins(looks, standing)


def _known(look: Look, looks: Sequence[Look], standing: DocumentText | None, near: Kinship | None) -> bool:
    """Whether a page's text mostly stood there before: it is the document, whatever address or single phrases say.

    A page beside others is known by its own text only; theirs would vouch for a wall in its place.
    """
    if standing is None or near is None:
        return False
    if len(looks) > 1:
        return page_known(look, standing)
    return near.kept >= _PLAINLY_THE_SAME and near.known >= _PLAINLY_THE_SAME


def _page(look: Look) -> Verdict:
    fetched, page, clauses = look.fetched, look.text, look.text.clauses
    wall = find_wall(clauses, page.facts.title, page.shown)
    if wall is not None:
        return _verdict(wall)
    words = sum(len(clause.text.split()) for clause in clauses)
    lawful = legal_share(clauses) > _LAWFUL
    if words < 120 and not lawful:
        vendor = vendor_of(look.html)
        if vendor:
            return Verdict(Doubt.BOT_WALL, f"The site answered with a check for robots (markup of {vendor}).")
    led = judge_address(fetched.url, fetched.final_url)
    if led is not None and not (words > 300 and lawful):
        return _verdict(led)
    return HEALTHY if has_substance(clauses) else _without_text(page)


def _lawless(
    document: Document, looks: Sequence[Look], text: DocumentText, standing: DocumentText | None
) -> Verdict | None:
    """A first text of a few words, none of them legal: some page, but not a document. Only in languages we know."""
    known = document.language.split("-")[0].lower() in _KNOWN_LANGUAGES
    if (
        standing is None
        and known
        and is_lawless(text.clauses, " ".join(look.text.facts.title for look in looks))
    ):
        words = f"The page has {text.words} words and none of those that terms are made of"
        return Verdict(Doubt.OTHER_DOCUMENT, f"{words}: “{text.clauses[0].text[:80]}”.")
    return None


def _without_text(page: PageText) -> Verdict:
    facts = page.facts
    if facts.refresh:
        return Verdict(Doubt.SHELL, f"The page only leads on to {facts.refresh}.")
    if facts.password:
        return Verdict(Doubt.LOGIN_WALL, "The page holds a log-in form and no text.")
    if facts.scripts or facts.noscript:
        return Verdict(Doubt.SHELL, "The page holds no text until a browser has run its scripts.")
    return _bare(page.title)


def _language(
    document: Document, looks: Sequence[Look], text: DocumentText, standing: DocumentText | None
) -> Verdict | None:
    # An operator may have accepted the language of the standing text.
    accepted = standing is not None and same_language(standing.language, text.language)
    if (
        text.words >= _ENOUGH_FOR_LANGUAGE
        and not accepted
        and not same_language(document.language, text.language)
    ):
        return Verdict(
            Doubt.OTHER_LANGUAGE,
            f"The text is in {text.language}, the document is followed in {document.language}.",
        )
    for look in looks:
        locale = other_locale(look.fetched.url, look.fetched.final_url)
        if locale:
            return Verdict(
                Doubt.OTHER_LANGUAGE,
                f"The address led to the edition for {locale}: {look.fetched.final_url}.",
            )
    return None


def _against(text: DocumentText, standing: DocumentText, near: Kinship) -> Verdict | None:
    """What the last good text says against a new one that keeps little of it."""
    if standing.words < _COMPARABLE:
        return None
    shrunk = near.size < _HALF and near.known >= _MOSTLY_KNOWN and near.kept < _HALF
    if not shrunk and near.kept >= _LITTLE_KEPT:
        return None
    other = _other_document(text, standing) if near.kept < _NOTHING_KEPT else ""
    if other:
        return Verdict(Doubt.OTHER_DOCUMENT, other)
    if vouched(text, standing):
        return None
    left = f"Only {near.kept:.0%} of the last version is left"
    if shrunk:
        return Verdict(
            Doubt.HALF_LOADED, f"{left} and hardly anything is new: it may be half-loaded.", waits=True
        )
    return Verdict(Doubt.DRASTIC, f"{left}; a later fetch must show the new text again.", waits=True)


def _other_document(text: DocumentText, standing: DocumentText) -> str:
    """Why a text that has nothing of the last version is another document, or empty."""
    was, now = _subject(standing.title), _subject(text.title)
    if was and now and was != now:
        return f"“{text.title}” stands where “{standing.title}” stood."
    if text.words < _SCRAP and text.words < 0.1 * standing.words:
        return f"A few words stand where the document stood: “{text.clauses[0].text[:80] if text.clauses else ''}”."
    lawful = legal_share(text.clauses)
    unlike = lawful < _LAWFUL <= legal_share(standing.clauses)
    if unlike and (lawful < 0.3 * _LAWFUL or prose_share(text.clauses) < 0.35):
        return "The page has nothing of the last version and is no legal text."
    return ""


def _subject(title: str) -> str:
    found = [name for name, pattern in _SUBJECTS.items() if re.search(pattern, title, re.I)]
    return found[0] if len(found) == 1 else ""


def _verdict(wall: Wall) -> Verdict:
    return Verdict(wall.doubt, f"{_DETAILS[wall.doubt]}: “{wall.words[:100]}”.")


def _bare(title: str) -> Verdict:
    said = f" but its title “{title}”" if title else ""
    return Verdict(Doubt.EMPTY, f"The page holds no text{said}.")

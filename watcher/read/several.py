"""A document on several pages: whether each page is still its own part, however much the others show."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urldefrag

from watcher.model.source import Document
from watcher.model.text import DocumentText
from watcher.model.version import Doubt, Verdict
from watcher.read.kinship import kinship, runs
from watcher.read.language import same_language
from watcher.read.look import Look
from watcher.read.redirects import judge_address

_KNOWN = 0.5
_ALIKE = 0.9
_LITTLE_KEPT = 0.35
_NOTHING_KEPT = 0.1
_COMPARABLE = 40
_SCRAP = 150
_ENOUGH_FOR_LANGUAGE = 25


def page_known(look: Look, standing: DocumentText) -> bool:
    """Whether a page's own clauses stood in the document before, so that their wording says nothing against it."""
    clauses = look.text.clauses
    stood = {clause.key for clause in standing.clauses}
    verbatim = bool(clauses) and all(clause.key in stood for clause in clauses)
    return verbatim or kinship(look.alone, standing).known >= _KNOWN


def twins(looks: Sequence[Look], standing: DocumentText | None) -> Verdict | None:
    """The doubt that two pages with addresses of their own were answered from one and the same."""
    answered: dict[str, Look] = {}
    for look in looks:
        asked, there = _address(look.fetched.url), _address(look.fetched.final_url or look.fetched.url)
        first = answered.setdefault(there, look)
        if asked == _address(first.fetched.url) or (standing is not None and _stood_twice(look, standing)):
            continue
        # The one that was led away is to blame, also when the page it was led to comes later.
        strayed = look if asked != there else first
        led = judge_address(strayed.fetched.url, strayed.fetched.final_url)
        return Verdict(
            led.doubt if led is not None else Doubt.OTHER_DOCUMENT,
            f"{strayed.fetched.url} led to {there}, where another page of the document stands.",
        )
    return None


def lost_part(document: Document, looks: Sequence[Look], standing: DocumentText) -> Verdict | None:
    """The doubt that a page no longer shows its part: what stood in the document and no other page shows.

    A certain doubt is given before one that waits.
    """
    shown, stood = [runs(look.alone) for look in looks], runs(standing)
    found = []
    for at, look in enumerate(looks):
        others = set[int]().union(*shown[:at], *shown[at + 1 :])
        verdict = _part(document, look, shown[at], others, stood)
        if verdict is not None and not (shown[at] <= others and _stood_twice(look, standing)):
            found.append(verdict)
    return min(found, key=lambda verdict: verdict.waits, default=None)


def _part(
    document: Document, look: Look, mine: set[int], others: set[int], stood: set[int]
) -> Verdict | None:
    part, words, url = stood - others, look.alone.words, look.fetched.url
    kept = len(mine & part) / len(part) if part else 1.0
    if len(part) < _COMPARABLE or kept >= _LITTLE_KEPT:
        return None
    if mine and len(mine & others) >= _ALIKE * len(mine) and words >= _COMPARABLE:
        return Verdict(Doubt.OTHER_DOCUMENT, f"{url} shows what another page of the document shows.")
    left = f"Only {kept:.0%} of what stood on no other page is left on {url}"
    if mine and len(mine & stood) >= _KNOWN * len(mine):
        # A short page beside one that lost much looks the same: the next fetch tells.
        small = words < _SCRAP and words < _LITTLE_KEPT * len(part)
        return Verdict(Doubt.HALF_LOADED, f"{left}: it may be half-loaded.", waits=True) if small else None
    language = look.alone.language
    if words >= _ENOUGH_FOR_LANGUAGE and not same_language(document.language, language):
        return Verdict(
            Doubt.OTHER_LANGUAGE,
            f"{url} is in {language}, the document is followed in {document.language}.",
        )
    if kept < _NOTHING_KEPT and words < _SCRAP and words < _LITTLE_KEPT * len(part):
        said = look.text.clauses[0].text[:80] if look.text.clauses else ""
        return Verdict(Doubt.OTHER_DOCUMENT, f"A few words stand where {url} had its part: “{said}”.")
    return Verdict(Doubt.DRASTIC, f"{left}; a later fetch must show the new text again.", waits=True)


def _stood_twice(look: Look, standing: DocumentText) -> bool:
    """Whether the standing text holds this page's words twice: an operator accepted that two pages are alike."""
    times = Counter(clause.key for clause in standing.clauses)
    words = twice = 0
    for clause in look.text.clauses:
        length = len(clause.folded.split())
        words += length
        twice += length if times[clause.key] > 1 else 0
    return words > 0 and twice >= _KNOWN * words


def _address(url: str) -> str:
    return urldefrag(url).url

"""Pages that stand where the document should be: walls, errors, shells. Judged by what they say and how little else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watcher.model.text import Clause
from watcher.model.version import Doubt
from watcher.read.phrases import KINDS, binding_words, legal_words, sayings

_HEADLINE = 14
_LINE = 8
_SHORT = 400
_LITTLE = 60
_ENOUGH_PROSE = 60
_SUBSTANCE = 8
_LONG = 18
_BRIEF = 150
_LAWFUL = 0.02
_QUOTES = str.maketrans("’‘`´“”", "''''\"\"")
_COOKIE_TALK = re.compile(
    r"\bcookies?\b|\bconsen|\bpartner|\badvert|\bpublicit|\bpubblicit|\bwerbung|\binteressi\b|\bsocios\b"
)
_ONLY_LINK = re.compile(r"\W*\[(?:[^\[\]\\]|\\.)*\]\([^()]*\)\W*")
_ACCEPT = re.compile(
    r"(?:i )?(?:accept|agree|allow|ok|okay|got it|accetto|accetta|ho capito|(?:j')?accepte[rz]?|d'accord|akzeptieren"
    r"|zustimmen|einverstanden|verstanden|aceptar|acepto|entendido|accepteren)(?: all| tutti| tout| alle| todo)?!?"
)
_COOKIE_TITLE = re.compile(r"cookie|tracker|traceur", re.I)
_COOKIE_POLICY = re.compile(
    r"(?:policy|notice|statement|declaration|politique|déclaration|charte|informativa|política|aviso).*(?:cookie|traceur)"
    r"|(?:cookies?|tracker).{0,3}\b(?:policy|notice|statement|declaration)|cookie-?(?:richtlinie|erklärung|hinweis)",
    re.I,
)

_VENDORS = {
    "Cloudflare": re.compile(
        r"_cf_chl_opt|cf-browser-verification|cf-challenge|cf_chl_|cf-turnstile|cf-error-details"
    ),
    "PerimeterX": re.compile(r"px-captcha|_pxappid|captcha\.px-cdn|perimeterx", re.I),
    "DataDome": re.compile(r"captcha-delivery\.com|datadome", re.I),
    "Akamai": re.compile(
        r"sec-if-cpt-container|bm-verify|errors\.edgesuite\.net|akamai.{0,20}reference", re.I
    ),
    "AWS WAF": re.compile(r"awswaf\.com|awsWafCookieDomainList|AwsWafIntegration|gokuProps"),
    "Imperva": re.compile(r"_Incapsula_Resource|incapsula incident", re.I),
    "Kasada": re.compile(r"KPSDK\."),
    "Sucuri": re.compile(r"sucuri_cloudproxy|Sucuri WebSite Firewall", re.I),
    "a captcha": re.compile(
        r"g-recaptcha|h-captcha|hcaptcha\.com/1/api|arkoselabs|friendly-challenge|geetest", re.I
    ),
}


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands there, and the words that show it."""

    doubt: Doubt
    words: str


def find_wall(clauses: Sequence[Clause], title: str, shown: Sequence[str] = ()) -> Wall | None:
    """The wall that a text is, or None. `shown` are all visible lines of the page, asked when hardly any text was read.

    A text with enough legal prose is never a wall, whatever else it says: terms speak of errors, cookies and log-ins.
    """
    words = sum(len(clause.text.split()) for clause in clauses)
    if words > _SHORT:
        return _by_headline(clauses, title)
    found = _by_sayings(clauses, title, list(_lines(clauses)), words)
    if found is None and words < _LITTLE:
        found = _by_sayings(clauses, title, list(_lines(clauses, shown)), words)
    return found or _by_button(clauses, shown)


def _by_sayings(clauses: Sequence[Clause], title: str, lines: Sequence[str], words: int) -> Wall | None:
    """What a short text says it is: the first headline counts, then what the sentences say."""
    cookies = _about_cookies(clauses)
    kinds = [doubt for doubt in KINDS if not (cookies and doubt is Doubt.CONSENT_WALL)]
    prose = _prose(lines, cookies)
    heads = [_plain(title), *[line for line in lines if len(line.split()) <= _HEADLINE][:8]]
    bodies = [line for line in lines if len(line.split()) > _HEADLINE]
    asked = (heads if prose < _ENOUGH_PROSE else []) + (bodies if prose < _LINE and words < _BRIEF else [])
    found = [wall for line in asked if (wall := _said(line, kinds)) is not None]
    if found and found[0].doubt is Doubt.ERROR_PAGE:
        # "Oops" and "sorry" come before the reason.
        return next((wall for wall in found if wall.doubt is Doubt.NOT_FOUND), found[0])
    return found[0] if found else None


def _by_button(clauses: Sequence[Clause], shown: Sequence[str]) -> Wall | None:
    """A page that speaks of nothing but cookies and has a button to accept them."""
    bodies = [clause.text for clause in clauses if clause.kind != "heading"]
    only_cookies = bodies and all(_COOKIE_TALK.search(_plain(text)) for text in bodies)
    button = next((line for line in shown if _ACCEPT.fullmatch(_plain(line))), "")
    if (
        button
        and only_cookies
        and sum(len(text.split()) for text in bodies) < _BRIEF
        and not _about_cookies(clauses)
    ):
        return Wall(Doubt.CONSENT_WALL, button)
    return None


def _said(line: str, kinds: Sequence[Doubt]) -> Wall | None:
    for doubt in kinds:
        match = sayings(doubt).search(line)
        if match:
            return Wall(doubt, match[0].strip())
    return None


def vendor_of(html: str) -> str:
    """Whose challenge a page's markup is, or empty.

    Healthy pages carry such scripts too: ask only of pages with hardly any text.
    """
    return next((vendor for vendor, pattern in _VENDORS.items() if pattern.search(html)), "")


def has_substance(clauses: Sequence[Clause]) -> bool:
    """Whether there is anything but titles and links: at least one sentence's worth of words."""
    words = sum(
        len(clause.text.split())
        for clause in clauses
        if clause.kind != "heading" and not _ONLY_LINK.fullmatch(clause.markdown)
    )
    return words >= _SUBSTANCE or sum(len(clause.text) for clause in clauses if _is_dense(clause.text)) >= 20


def legal_share(clauses: Sequence[Clause]) -> float:
    """Words of the law as a share of all words, 0 to 1, in the five languages whose words are known.

    Half of all terms have more than 0.04, guidelines in plain words down to 0.01.
    """
    text = " ".join(clause.text for clause in clauses).lower()
    words = len(text.split())
    return len(legal_words().findall(text)) / words if words else 0.0


def is_lawless(clauses: Sequence[Clause], title: str) -> bool:
    """Whether a scrap of text has not one word of those that terms, policies and notices are made of."""
    words = sum(len(clause.text.split()) for clause in clauses)
    text = " ".join((title, *(clause.text for clause in clauses))).lower()
    return words < _LITTLE and legal_words().search(text) is None


def prose_share(clauses: Sequence[Clause]) -> float:
    """The share of words that stand in long clauses, 0 to 1: home pages and lists of links have little."""
    counts = [len(clause.text.split()) for clause in clauses]
    return sum(count for count in counts if count >= _LONG) / sum(counts) if sum(counts) else 0.0


def _by_headline(clauses: Sequence[Clause], title: str) -> Wall | None:
    """A page whose title or first heading is nothing but an error: a "not found" page full of suggestions."""
    first = next((clause.text for clause in clauses[:3] if clause.kind == "heading"), "")
    if legal_share(clauses) > _LAWFUL or prose_share(clauses) > 0.6:
        return None
    for line in (_plain(first), _plain(title)):
        for doubt in (Doubt.NOT_FOUND, Doubt.ERROR_PAGE, Doubt.BOT_WALL):
            match = sayings(doubt).search(line)
            if match and len(match[0]) >= 0.5 * len(line):
                return Wall(doubt, match[0])
    return None


def _lines(clauses: Sequence[Clause], shown: Sequence[str] = ()) -> Iterator[str]:
    seen = set()
    for text in (*(clause.text for clause in clauses), *shown):
        line = _plain(text)
        if line and line not in seen:
            seen.add(line)
            yield line


def _plain(text: str) -> str:
    return text.translate(_QUOTES).lower().strip()


def _prose(lines: Sequence[str], about_cookies: bool) -> int:
    """Words in lines that only a document would have; talk of cookies is none but in a cookie policy."""
    total = 0
    for line in lines:
        count = len(line.split())
        legal = len(set(legal_words().findall(line)))
        if count < _LINE or not legal or (not about_cookies and _COOKIE_TALK.search(line)):
            continue
        wall = any(sayings(kind).search(line) for kind in KINDS)
        if not wall or (legal >= 2 and binding_words().search(line)):
            total += count
    return total


def _about_cookies(clauses: Sequence[Clause]) -> bool:
    """A cookie policy says what a consent wall says; its title tells them apart."""
    heads = [clause.text for clause in clauses[:3] if clause.kind == "heading"]
    words = sum(len(clause.text.split()) for clause in clauses)
    if words > _LITTLE // 2 and any(_COOKIE_POLICY.search(text) for text in heads):
        return True
    named = any(
        _COOKIE_TITLE.search(text) and not sayings(Doubt.CONSENT_WALL).search(_plain(text)) for text in heads
    )
    return named and words > _LITTLE


def _is_dense(text: str) -> bool:
    """Scripts without blanks between words (Chinese, Japanese, Thai)."""
    return len(text) > 12 and " " not in text and any(ord(c) > 0x0E00 for c in text)

"""A service's legal hub as a list of links: which documents it publishes, which are new, moved or gone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from watcher.model.comparison import Comparison
from watcher.model.finding import Change, ChangeKind, Finding, Judgement
from watcher.model.folding import fold
from watcher.model.signal import Link, place
from watcher.model.source import Document
from watcher.model.text import Clause, DocumentText
from watcher.model.version import HEALTHY, Doubt, Reading, Verdict
from watcher.signals.clause import heading
from watcher.signals.lists import Lists, shipped_lists

RULE: Final = "hub-document"

_LEGAL: Final = re.compile(
    r"""\b(?:terms?|tos|eula|legal|polic(?:y|ies)|privacy|cookies?|guidelines?|licen[cs](?:e|es|ing)|copyright|dmca
    |agreements?|conditions?|community[ -](?:rules|standards)|acceptable[ -]use|imprint|code[ -]of[ -]conduct
    |condizioni|termini|informativa|riservatezza|licenz[ae]|linee[ -]guida|note[ -]legali|diritto[ -]d.autore
    |conditions|confidentialit[ée]|mentions[ -]légales|charte|droits?[ -]d.auteur
    |nutzungsbedingungen|agb|datenschutz(?:erklärung)?|impressum|richtlinien?|urheberrecht
    |términos|condiciones|privacidad|aviso[ -]legal|derechos[ -]de[ -]autor)\b""",
    re.I | re.X,
)
_CONCERNS: Final = re.compile(
    r"""\b(?:a\.?i\.?|artificial[ -]intelligence|machine[ -]learning|generative|training|deepfakes?|synthetic
    |intelligenza[ -]artificiale|i\.?a\.?|addestramento|generativa|intelligence[ -]artificielle|entraînement
    |ki|künstliche[ -]intelligenz|inteligencia[ -]artificial|entrenamiento
    |(?:content|music|creator|artist|user|upload(?:er)?|data)[ -](?:licen[cs](?:e|es|ing)|terms|agreements?)
    |licen[cs](?:e|es|ing)|licenz[ae]|lizenz\w*|licencias?)\b""",
    re.I | re.X,
)
"""Words of links to documents about AI or about licences of content, in the five languages that are judged."""

_MOST = 0.5
_LONGEST_NAME = 8  # words


@dataclass(frozen=True, slots=True)
class Moves:
    """What a new list of links changes. `moved` are pairs of the link as it was and as it is."""

    appeared: tuple[Link, ...]
    moved: tuple[tuple[Link, Link], ...]
    gone: tuple[Link, ...]


def concerns(link: Link) -> bool:
    """Whether a document seems to be about AI or content licences, by the words of its link and its address."""
    return bool(_CONCERNS.search(link.label) or _CONCERNS.search(_path(link.url)))


def legal(links: Sequence[Link], home: str, *, chosen: bool) -> tuple[Link, ...]:
    """The legal documents among the links, each address once, in the order of their names.

    `chosen`: the operator said where on the page they stand, and every link there counts; else their words decide,
    and they stand on the site of `home`, the hub's own address.
    """
    found: dict[str, Link] = {}
    for link in links:
        if link.inside if chosen else _named(link) and _site(link.url) == _site(home):
            found.setdefault(place(link.url), link)
    return tuple(sorted(found.values(), key=lambda link: (link.label.casefold(), link.url)))


def read(document: Document, links: Sequence[Link], standing: DocumentText | None) -> Reading:
    """The list as a document. A page without a single legal link is no hub; links that vanish must be gone twice."""
    page = document.pages[0]
    found = legal(links, page.url, chosen=bool(page.select))
    if not found:
        return Reading(None, Verdict(Doubt.EMPTY, "The page holds no link to a legal document."))
    top = heading(f"{document.name} ({page.url})")
    text = DocumentText(document.name, "und", (top, *(_clause(link) for link in found)), "hub")
    if standing is None:
        return Reading(text, HEALTHY)
    moves = compared(standing, text)
    most = len(moves.gone) > _MOST * max(1, len(links_of(standing)))
    if most or (moves.gone and not moves.appeared and not moves.moved):
        what = f"{len(moves.gone)} of {len(links_of(standing))} links are gone"
        return Reading(text, Verdict(Doubt.DRASTIC, f"{what}; a later fetch must show it again.", waits=True))
    return Reading(text, HEALTHY)


def _clause(link: Link) -> Clause:
    return Clause(
        kind="item",
        text=f"{link.label} ({link.url})",
        markdown=f"[{link.label}]({link.url})",
        level=1,
        said=link,
    )


def compared(old: DocumentText, new: DocumentText) -> Moves:
    """Links by their address; one that has the words of a vanished one moved."""
    before = {place(link.url): link for link in links_of(old)}
    after = {place(link.url): link for link in links_of(new)}
    gone = [link for address, link in before.items() if address not in after]
    come = [link for address, link in after.items() if address not in before]
    moved = []
    for link in list(come):
        same = [one for one in gone if fold(one.label) == fold(link.label)]
        if len(same) == 1:
            moved.append((same[0], link))
            gone.remove(same[0])
            come.remove(link)
    return Moves(tuple(come), tuple(moved), tuple(gone))


def links_of(text: DocumentText) -> tuple[Link, ...]:
    """The links of a hub's text."""
    return tuple(clause.said for clause in text.clauses if isinstance(clause.said, Link))


def judge(comparison: Comparison) -> Judgement:
    """What subscribers hear: documents about AI or content licences that appear, move or disappear."""
    lists = shipped_lists()
    moves = compared(comparison.old, comparison.new)
    return Judgement(tuple(_changes(moves, lists)), rules=f"{lists.label} {lists.version}")


def _changes(moves: Moves, lists: Lists) -> Iterator[Change]:
    for link in filter(concerns, moves.appeared):
        yield _change(ChangeKind.INTRODUCED, None, link, lists)
    for was, now in moves.moved:
        if concerns(now) or concerns(was):
            yield _change(ChangeKind.MIXED, was, now, lists)
    for link in filter(concerns, moves.gone):
        yield _change(ChangeKind.REMOVED, link, None, lists)


def _change(kind: ChangeKind, was: Link | None, now: Link | None, lists: Lists) -> Change:
    before, after = (_finding(link, kind, lists) if link else None for link in (was, now))
    stands = after or before
    assert stands is not None
    return Change(
        category=stands.category,
        change=kind,
        severity=stands.severity,
        rule=RULE,
        quote=stands.quote,
        previous=before.quote if before and after else None,
        language="und",
        now=after,
        before=before,
    )


def _finding(link: Link, kind: ChangeKind, lists: Lists) -> Finding:
    rule = lists.rules[RULE]
    return Finding(
        category=rule.category,
        rule=RULE,
        pack=lists.label,
        severity=lists.severity(RULE, kind),
        quote=f"{link.label} ({link.url})",
        language="und",
        clause=_clause(link).key,
        actor="provider",
        recipients=(link.label,),
    )


def _named(link: Link) -> bool:
    """Whether the words name a legal document, or name AI and the address a legal place: products are about AI, too."""
    # A link to a news story has a long title, and one that shows its address has no name; a document has one.
    if len(link.label.split()) > _LONGEST_NAME or link.label.startswith(("http://", "https://", "www.")):
        return False
    return bool(
        _LEGAL.search(link.label) or (_CONCERNS.search(link.label) and _LEGAL.search(_path(link.url)))
    )


def _path(url: str) -> str:
    """The words of an address's path."""
    return re.sub(r"[-_/.+]", " ", urlsplit(url).path)


def _site(url: str) -> str:
    """The last two labels of the host: documents often stand on "help." or "policies." of the same site."""
    return ".".join((urlsplit(url).hostname or "").split(".")[-2:])

"""One HTML page as clauses: parse, cut out the document, walk it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from watcher.model.folding import tidy
from watcher.model.text import Clause
from watcher.read.blocks import assemble
from watcher.read.main_content import cut_banners, find_main
from watcher.read.selection import matches, pick, take_out
from watcher.read.tree import Facts, parse
from watcher.read.walker import read_blocks

_TITLE_PARTS = re.compile(r"\s+[|–—·:•»-]{1,2}\s+")
_TITLE_WORDS = 8
_LEGAL = re.compile(
    r"terms|polic|privacy|agreement|condition|legal|notice|cookie|guideline|licen[cs]e|termini|condizioni|informativa"
    r"|mentions|politique|confidentialit|règl|nutzungs|datenschutz|agb|richtlinie|bedingung|política|términos|condiciones|aviso",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read from one page. `shown` are all its visible lines, menus and banners included.

    `unmatched` are the selectors that matched nothing while others did.
    """

    title: str
    clauses: tuple[Clause, ...]
    facts: Facts = field(default_factory=Facts)
    shown: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()


def read_page(
    html: str, *, url: str = "", select: Sequence[str] = (), remove: Sequence[str] = ()
) -> PageText:
    """The document on a page: what the selectors match, or the main content when there are none.

    Raises SelectorError when `select` is given and matches nothing.
    """
    page = parse(html, url)
    shown = tuple(filter(None, map(tidy, page.body.text(separator="\n").split("\n"))))
    heading = page.body.css_first("h1")
    headline = tidy(heading.text(separator=" ")) if heading is not None else ""
    take_out(page.body, remove)
    unmatched = tuple(selector for selector in select if not matches(page.body, selector))
    if select:
        parts = pick(page.body, select, url)
        for part in parts:
            cut_banners(part)
    else:
        parts = [find_main(page.body)]
    blocks = [block for part in parts for block in read_blocks(part.html or "", page.base)]
    clauses = assemble(blocks)
    return PageText(_title(clauses, headline, page.facts.title), clauses, page.facts, shown, unmatched)


def _title(clauses: Sequence[Clause], headline: str, page_title: str) -> str:
    own = next((clause.text for clause in clauses if clause.kind == "heading" and clause.level == 1), "")
    if own or (headline and len(headline) < 150):
        return own or headline
    parts = [part for part in _TITLE_PARTS.split(page_title) if part]
    first = clauses[0].text if clauses and len(clauses[0].text.split()) <= _TITLE_WORDS else ""
    # A page title that names no document ("Wavecrest") says less than a first line that does ("Privacy Policy").
    named = next((part for part in (*parts, first) if _LEGAL.search(part)), "")
    heading = next((clause.text for clause in clauses if clause.kind == "heading"), "")
    return named or (parts[0] if parts else heading)

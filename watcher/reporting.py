"""The report of a store, as `watcher report` and the demo write it, and the room that the server makes pages in."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from watcher.assembly import Rules
from watcher.diff import compare, mark
from watcher.model.comparison import Comparison
from watcher.model.finding import RuleText
from watcher.model.search import EVERYTHING, Filters, Told
from watcher.model.source import slug
from watcher.model.text import DocumentText
from watcher.standing import read_unread
from watcher.store import Store

if TYPE_CHECKING:
    from watcher.site import Frame, Room

# Pages of one document are made one after the other, and a comparison is shown in two languages.
_TEXTS, _COMPARISONS, _RULES = 24, 8, 2_000


def report_store(
    store: Store,
    out: Path,
    *,
    now: datetime,
    rules: Sequence[Path] = (),
    title: str = "Terms Watcher",
    base_url: str = "",
    contact: str = "",
    evidence: bool = False,
    told: Callable[[], None] = lambda: None,
) -> Path:
    """Write everything that the store knows to `out` as static pages; the path of the first page.

    English stands at the root and Italian below `it/`, always, because mails link to both. Texts that nobody read yet
    are read first; `told` hears of each. With `evidence` the package of each change lies beside its page.
    """
    from watcher.proving import prove
    from watcher.site import Frame, write_report

    packs = Rules(rules)
    read_unread(store, packs.says, told=told)
    made = room(store, packs, Frame(title, base_url, contact=contact, evidence=evidence))
    proof = partial(prove, store, explain=made.tools.explain, frame=made.frame) if evidence else None
    write_report(out, made, now, proof)
    return out / "index.html"


def room(store: Store, rules: Rules, frame: "Frame") -> "Room":
    """Where pages of a store are made; texts and comparisons that several pages show are kept for a while."""
    from watcher.site import Room, Tools

    text_of = lru_cache(maxsize=_TEXTS)(store.library.text)

    @lru_cache(maxsize=_COMPARISONS)
    def compared(old: str, new: str) -> Comparison:
        return compare(text_of(old), text_of(new))

    def compare_kept(old: DocumentText, new: DocumentText) -> Comparison:
        return compared(old.digest, new.digest)

    @lru_cache(maxsize=_RULES)
    def explain(rule: str, language: str) -> RuleText:
        return rules.explain(rule, language)

    def feeds(service: str) -> tuple[Told, ...]:
        return store.searches.events(filters=Filters(services=(slug(service),)) if service else EVERYTHING)

    return Room(store.library, Tools(text_of, compare_kept, mark, explain), frame, feeds)

"""One watched document on a real server, a real store, a clock set by hand, and a judge simple enough to see."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fetch.conftest import Clock, Reply, Site, Visitor, serving
from watcher.model.alert import Event, Notice
from watcher.model.comparison import Comparison
from watcher.model.finding import Change, ChangeKind, Judgement
from watcher.model.source import Document, Page
from watcher.pipeline import Checked, Desk, check
from watcher.store import Store

SECTIONS = [
    ("Who we are", "Wavecrest is a place where musicians publish their recordings and listeners find them."),
    ("Your account", "You need an account to upload, and you keep its password to yourself at all times."),
    ("Your content", "You own what you upload. You grant us a licence to host it, stream it and show it."),
    ("Payments", "We pay you each month what listeners paid for your recordings, less our commission."),
    ("Ending", "You may close your account at any time, and we then delete what you have uploaded."),
    ("Contact", "Write to our office in Ghent with any question about these terms and your account."),
]
CLAUSE = "We may use what you upload to inform, train or develop artificial intelligence."


def page(sections=SECTIONS, *, extra: str = "", menu: str = "Home", nonce: str = "1") -> Reply:
    body = "".join(f"<h2>{title}</h2><p>{text}</p>" for title, text in sections)
    more = f"<h2>Technology</h2><p>{extra}</p>" if extra else ""
    html = (
        f"<!doctype html><html lang=en><head><title>Terms of Use</title><script nonce={nonce}>x={nonce}</script></head>"
        f"<body><nav><a href=/>{menu}</a></nav><main><h1>Terms of Use</h1>{body}{more}</main></body></html>"
    )
    return Reply(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def simple_judge(comparison: Comparison, *, service: str, known: Callable[[str], bool]) -> Judgement:
    """Every added clause that names training is a grant, every removed one a grant that is gone."""
    changes = [
        Change("training_grant", kind, "high", "test.grant", clause.text, None, "en")
        for pair in comparison.pairs
        for clause, kind in ((pair.new, ChangeKind.INTRODUCED), (pair.old, ChangeKind.REMOVED))
        if pair.kind == ("added" if kind is ChangeKind.INTRODUCED else "removed")
        and clause is not None
        and "train" in clause.text
        and not known(clause.folded)
    ]
    return Judgement(tuple(changes), rules="test 1")


@dataclass
class Watch:
    """What a test turns: the server, the clock, and then `check()`."""

    site: Site
    store: Store
    clock: Clock
    document: Document
    desk: Desk
    visitor: Visitor

    def serve(self, *replies: Reply) -> None:
        self.site.on("/terms", *replies)

    async def check(self, hours: float = 6) -> Checked:
        self.clock.time += timedelta(hours=hours)
        return await check(self.document, self.desk)

    def configure(self, **changes) -> None:
        self.document = replace(self.document, **changes)
        self.store.archive.remember([self.document])


def one_notice(event: Event) -> list[Notice]:
    return [Notice("anna", event.id, event.seen_at)]


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    from random import Random

    from watcher.fetch import Fetcher
    from watcher.model.options import FetchOptions

    clock = Clock()
    options = FetchOptions(allow_hosts=("127.0.0.1",), delay=0, retries=0)
    async with serving() as site:
        fetcher = Fetcher(options, now=clock.now, random=Random(1), version="0", sleep=clock.sleep)
        async with fetcher:
            with Store(tmp_path / "watcher.sqlite") as store:
                document = Document(
                    "Wavecrest", "Terms of Use", (Page(site.origin + "/terms"),), obey_robots=False
                )
                store.archive.remember([document])
                desk = Desk(
                    store=store, pages=fetcher, judge=simple_judge, announce=one_notice, now=clock.now
                )
                yield Watch(site, store, clock, document, desk, Visitor(fetcher, clock))

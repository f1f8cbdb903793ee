"""The real application over a real store, served on loopback."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import uvicorn

from tests.store.conftest import answer, known, make_version
from watcher.model.alert import Event, Letter
from watcher.model.finding import Change, ChangeKind
from watcher.model.options import MailOptions
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import VersionKind
from watcher.settings import Settings
from watcher.settings.result import Site as SiteSettings
from watcher.signing import Signer
from watcher.site import Frame
from watcher.store import Store
from watcher.web import Site, make_app

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
BASE = "https://watcher.example"
WAVECREST = Document(
    "Wavecrest", "Terms of Use", (Page("https://wavecrest.example/terms"),), groups=("music",)
)
LUMALIA = Document("Lumalia", "Terms", (Page("https://lumalia.example/terms"),), groups=("images",))


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "watcher.sqlite") as opened:
        opened.archive.remember([WAVECREST, LUMALIA])
        yield opened


@pytest.fixture
def site(store: Store, clock: Clock, tmp_path: Path) -> Site:
    settings = Settings(
        path=tmp_path / "config.yaml",
        data=tmp_path,
        documents=(WAVECREST, LUMALIA),
        mail=MailOptions(
            host="127.0.0.1", sender="Terms Watcher <alerts@watcher.example>", domain="w.example"
        ),
        site=SiteSettings(base_url=BASE, contact="desk@watcher.example"),
    )
    frame = Frame(settings.site.title, settings.site.base_url, served=True, contact=settings.site.contact)
    return Site(settings, store, Signer("k" * 32, clock), clock, frame)


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """Where the site is served: the socket listens before the server begins, so a first request only waits."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        server = uvicorn.Server(uvicorn.Config(make_app(site), log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def browse(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def letters(store: Store, clock: Clock) -> Callable[[], list[Letter]]:
    """Those that wait for the mail server, oldest first."""
    return lambda: [waiting.letter for waiting in store.outbox.due(clock())]


def path_of(url: str) -> str:
    """An address in a mail as the path that the test's server knows."""
    assert url.startswith(BASE)
    return url.removeprefix(BASE)


GRANT = "We may use what you upload to train artificial intelligence models."
PROMISE = "We will not train AI with your voice unless you agree."


@pytest.fixture
def event(store: Store) -> Event:
    """Wavecrest gained a permission and lost a promise."""
    texts = [
        DocumentText("Terms", "en", tuple(Clause("paragraph", words, words) for words in clauses))
        for clauses in (("Be kind.", PROMISE), ("Be kind.", GRANT))
    ]
    changes = (
        Change("training_commitment", ChangeKind.REMOVED, "critical", "ai-promise", PROMISE, None, "en"),
        Change("training_grant", ChangeKind.INTRODUCED, "critical", "ai-grant", GRANT, None, "en"),
    )
    happened = Event(WAVECREST, 1, 2, texts[0].digest, texts[1].digest, NOW, changes)
    before: DocumentText | None = None
    for number, text in enumerate(texts, start=1):
        kind = VersionKind.FIRST if number == 1 else VersionKind.CHANGED
        page = answer(f"<p>{number}</p>", NOW)
        store.archive.record(
            make_version(number, text, page, kind),
            at=NOW,
            text=text,
            before=before,
            pages=[known(page)],
            fetched=[page],
            event=happened if number == 2 else None,
        )
        before = text
    return happened

"""The real application over a real store, served on loopback."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    with opened(tmp_path) as store:
        yield store


@pytest.fixture
def site(store: Store, clock: Clock, tmp_path: Path) -> Site:
    return make_site(store, clock, tmp_path)


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def browse(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        yield client


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """A store that knows two documents."""
    with Store(folder / "watcher.sqlite") as store:
        store.archive.remember([WAVECREST, LUMALIA])
        yield store


def make_site(store: Store, clock: Clock, folder: Path) -> Site:
    settings = Settings(
        path=folder / "config.yaml",
        data=folder,
        documents=(WAVECREST, LUMALIA),
        mail=MailOptions(
            host="127.0.0.1", sender="Terms Watcher <alerts@watcher.example>", domain="w.example"
        ),
        site=SiteSettings(base_url=BASE, contact="desk@watcher.example"),
    )
    frame = Frame(settings.site.title, settings.site.base_url, served=True, contact=settings.site.contact)
    return Site(settings, store, Signer("k" * 32, clock), clock, frame)


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Where the site is served: the socket listens before the server begins, so a first request only waits."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        server = uvicorn.Server(uvicorn.Config(make_app(site), log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def filled_address(tmp_path_factory) -> Iterator[str]:
    """A site over a filled store that no test changes."""
    from tests.web.filling import fill

    folder = tmp_path_factory.mktemp("filled")
    with opened(folder) as store:
        fill(store)
        with served(make_site(store, Clock(), folder)) as address:
            yield address


@pytest.fixture(scope="session")
def filled_browse(filled_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=filled_address, timeout=30, trust_env=False) as client:
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

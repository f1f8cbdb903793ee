"""A store with two platforms, people who follow them, and the way from a new version to mails on a real server."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from watcher.assembly import Announcer, Rules
from watcher.model.alert import Event, Subscriber
from watcher.model.fetched import Fetched
from watcher.model.finding import Change, ChangeKind, Finding
from watcher.model.options import AlertOptions, MailOptions
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Evidence, KnownPage, Version, VersionKind
from watcher.rounds import empty_outbox
from watcher.settings import Settings
from watcher.settings.result import Site
from watcher.store import Store
from watcher.telling import tell

START = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)  # a Saturday
CLAUSE = "We may use what you upload to train artificial intelligence models."


def document(service: str, name: str = "Terms of Use", group: str = "music") -> Document:
    return Document(
        service, name, (Page(f"https://{service.lower()}.example/{name.lower()}"),), groups=(group,)
    )


def text_of(*paragraphs: str) -> DocumentText:
    return DocumentText("Terms", "en", tuple(Clause("paragraph", one, one) for one in paragraphs))


def change(quote: str = CLAUSE, category: str = "training_grant", severity: str = "high") -> Change:
    now = Finding(category, "ai.grant", "ai-en 1", severity, quote, "en", objects=("content",))
    return Change(category, ChangeKind.INTRODUCED, severity, "ai.grant", quote, None, "en", now=now)


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class Receiver:
    """A mail server that takes mails, unless it is told to refuse some, to fall silent, or to hang up in the middle.

    `refuse` gives for an address the answer to RCPT. `troubles` are what happens to the next mails after DATA:
    "silent" (no answer, though the mail was taken), "drop" (the connection breaks, the mail was taken), "lose" (it
    breaks before the mail was taken), or an answer such as "451 later".
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse: dict[str, str] = {}
        self.troubles: list[str] = []
        self.port = 0

    @property
    def ids(self) -> list[str]:
        return [mail["Message-ID"] for mail in self.mails]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        trouble = self.troubles.pop(0) if self.troubles else ""
        if trouble[:1].isdigit():
            return trouble
        if trouble != "lose":
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=policy.default))
        if trouble in ("drop", "lose"):
            server.transport.abort()
        if trouble == "silent":
            await asyncio.Event().wait()
        return "250 OK"

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        made: list[SMTP] = []

        def protocol() -> SMTP:
            made.append(SMTP(self, hostname="mx.example", loop=loop))
            return made[-1]

        server = await loop.create_server(protocol, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            for one in made:
                if one.transport is not None:
                    one.transport.abort()
                if one._handler_coroutine is not None:
                    one._handler_coroutine.cancel()
            await asyncio.sleep(0)


@dataclass
class House:
    """Everything a round works with, but for the network of pages."""

    store: Store
    settings: Settings
    clock: Clock
    receiver: Receiver
    rules: Rules = field(default_factory=Rules)

    def set(self, **changes) -> None:
        self.settings = replace(self.settings, **changes)

    def mail(self, **changes) -> None:
        self.set(mail=replace(self.settings.mail, **changes))

    def alerts(self, **changes) -> None:
        self.set(alerts=AlertOptions(**changes))

    def subscribe(self, name: str, **wishes) -> Subscriber:
        address = f"{name}@reader.example"
        self.store.subscribers.keep(Subscriber(address, since=START, **wishes))
        found = self.store.subscribers.by_address(address)
        assert found is not None
        return found

    def first(self, *documents: Document) -> None:
        for one in documents:
            self._record(one, 1, text_of(f"Welcome to {one.title}."), VersionKind.FIRST)

    def happens(self, one: Document, *changes: Change, more: str = "") -> Event:
        """A new version with these changes, recorded as the pipeline does."""
        archive = self.store.archive
        standing = archive.latest(one.key)
        assert standing is not None
        before = archive.text(standing.text)
        quotes = [each.quote for each in changes]
        now = text_of(*(clause.text for clause in before.clauses), *quotes, *([more] if more else []))
        event = Event(
            one, standing.number, standing.number + 1, before.digest, now.digest, self.clock(), changes
        )
        announce = Announcer(self.settings, self.store, self.clock)
        self._record(one, standing.number + 1, now, VersionKind.CHANGED, event, announce(event))
        return event

    def _record(self, one, number, text, kind, event=None, notices=()) -> None:
        url = one.pages[0].url
        page = Fetched(url, url, 200, (), f"{one.key} {number}".encode(), self.clock())
        known = KnownPage(url, url, page.validators, "text/html", page.sha256, "glance")
        evidence = Evidence(url, url, self.clock(), page.sha256, "text/html")
        version = Version(one.key, number, kind, self.clock(), text.digest, "1", "s", (evidence,))
        self.store.archive.record(
            version, at=self.clock(), text=text, before=None, pages=[known], fetched=[page], event=event,
            notices=notices,
        )  # fmt: skip

    async def tell(self, **options) -> None:
        """What follows the checks of a round: letters are made, and all that is due is handed over."""
        await tell(self.settings, self.store, self.rules, self.clock, **options)
        await empty_outbox(self.settings, self.store, self.clock)

    def come(self) -> list[EmailMessage]:
        """The mails that came since the last call."""
        mails, self.receiver.mails = self.receiver.mails, []
        return mails


WAVECREST, PRIVACY, LUMALIA = (
    document("Wavecrest"),
    document("Wavecrest", "Privacy Policy"),
    document("Lumalia", group="images"),
)


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    """Two platforms, watched since a moment ago; nobody follows them yet."""
    receiver, clock = Receiver(), Clock()
    async with receiver.listening():
        with Store(folder / "watcher.sqlite") as store:
            documents: Sequence[Document] = (WAVECREST, PRIVACY, LUMALIA)
            settings = Settings(
                path=folder / "config.yaml",
                data=folder,
                documents=tuple(documents),
                mail=MailOptions(
                    "127.0.0.1",
                    receiver.port,
                    "none",
                    sender="Terms Watcher <alerts@watcher.example>",
                    domain="watcher.example",
                    timeout=5,
                ),
                site=Site("https://watcher.example"),
                signing_key="k" * 32,
            )
            store.archive.remember(documents)
            made = House(store, settings, clock, receiver)
            made.first(*documents)
            yield made

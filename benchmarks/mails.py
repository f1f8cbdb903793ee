"""One change and ten thousand subscribers: rows written, letters made and handed to a mail server on loopback.

Beside it the least that Python can do: smtplib sends the same bytes over one connection in a loop, nothing else.
"""

import argparse
import asyncio
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP

from watcher.alerts.message import wire
from watcher.assembly import Announcer, Rules
from watcher.composing import compose
from watcher.model.alert import Event, Subscriber
from watcher.model.fetched import Fetched
from watcher.model.finding import Change, ChangeKind, Cue, Finding
from watcher.model.options import MailOptions
from watcher.model.source import Document, Page
from watcher.model.text import Clause, DocumentText
from watcher.model.version import Evidence, KnownPage, Version, VersionKind
from watcher.rounds import empty_outbox
from watcher.settings import Settings
from watcher.settings.result import Site
from watcher.signing import Signer
from watcher.store import Store

NOW = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
URL = "https://wavecrest.example/terms"
WAVECREST = Document("Wavecrest", "Terms of Use", (Page(URL),), groups=("music",))
OLD = "You give us a licence to host, stream and show your recordings so that people can hear them on Wavecrest."
NEW = (
    f"{OLD[:-1]}, and to use them to inform, train and develop artificial intelligence, and our partners may train "
    "models of their own with your recordings as part of the services that they offer to others."
)


class Receiver:
    """Takes every mail and forgets it."""

    async def handle_DATA(self, *_: object) -> str:
        """Called by aiosmtpd for each mail."""
        return "250 OK"


def receive() -> None:
    """A mail server in a process of its own, so that it may use the other core; prints its port."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(Receiver(), hostname="mx.example", loop=loop), "127.0.0.1", 0
        )
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def receiving() -> Iterator[int]:
    """The receiver's port, for as long as the context lasts."""
    process = subprocess.Popen([sys.executable, __file__, "--receive"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait()


def change(category: str, rule: str, cues: tuple[str, ...], severity: str) -> Change:
    """A change of the clause, with the words that led to it."""
    spots = tuple(Cue(NEW.index(words), NEW.index(words) + len(words), "training") for words in cues)
    clause = Clause("paragraph", NEW, NEW).key
    found = Finding(
        category, rule, "ai-en 1", severity, NEW, "en", spots, clause=clause, objects=("content",)
    )
    return Change(category, ChangeKind.EXPANDED, severity, rule, NEW, OLD, "en", now=found)


CHANGES = (
    change("training_grant", "ai.grant", ("train", "artificial intelligence"), "critical"),
    change("third_party_training", "ai.third-party", ("our partners may train",), "high"),
)


def version(number: int, text: DocumentText, kind: VersionKind) -> tuple[Version, Fetched, KnownPage]:
    """A version with the page behind it."""
    page = Fetched(URL, URL, 200, (), f"<p>{number}</p>".encode(), NOW)
    known = KnownPage(URL, URL, page.validators, "text/html", page.sha256, "glance")
    evidence = Evidence(URL, URL, NOW, page.sha256, "text/html")
    return Version(WAVECREST.key, number, kind, NOW, text.digest, "1", "s", (evidence,)), page, known


def texts() -> tuple[DocumentText, DocumentText]:
    """Terms of 200 clauses before and after the change."""
    rest = [
        f"{number}. You may close your account whenever you like, and so may we." for number in range(200)
    ]
    old, new = (
        DocumentText("Terms", "en", tuple(Clause("paragraph", one, one) for one in (first, *rest)))
        for first in (OLD, NEW)
    )
    return old, new


def fill(store: Store, subscribers: int) -> None:
    """The first version, and subscribers of whom every second one reads Italian."""
    old, _ = texts()
    store.archive.remember([WAVECREST])
    first, page, known = version(1, old, VersionKind.FIRST)
    store.archive.record(first, at=NOW, text=old, before=None, pages=[known], fetched=[page])
    for number in range(subscribers):
        language = "it" if number % 2 else "en"
        store.subscribers.keep(Subscriber(f"reader{number}@listeners.example", language, since=NOW))


def record(settings: Settings, store: Store) -> float:
    """Seconds that the transaction with the event and a row for each subscriber took."""
    old, new = texts()
    began = time.perf_counter()
    event = Event(WAVECREST, 1, 2, old.digest, new.digest, NOW, CHANGES)
    notices = Announcer(settings, store, lambda: NOW)(event)
    second, page, known = version(2, new, VersionKind.CHANGED)
    store.archive.record(
        second, at=NOW, text=new, before=old, pages=[known], fetched=[page], event=event, notices=notices
    )
    return time.perf_counter() - began


async def make_and_send(settings: Settings, store: Store) -> tuple[float, float, list[bytes]]:
    """Seconds to make the letters, seconds to hand them over, and their bytes."""
    began = time.perf_counter()
    await compose(settings, store, Rules(), Signer("k" * 32, lambda: NOW), lambda: NOW)
    made = time.perf_counter() - began
    waiting = store.outbox.due(NOW, 10**9)
    mails = [wire(one.letter, settings.mail) for one in waiting]
    began = time.perf_counter()
    delivered = await empty_outbox(settings, store, lambda: NOW)
    sent = time.perf_counter() - began
    if delivered is None or delivered.sent != len(mails):
        raise SystemExit(f"not every letter was taken: {delivered}")
    return made, sent, mails


def bare(port: int, mails: list[bytes], settings: Settings) -> float:
    """Seconds that smtplib takes to send the same bytes over one connection."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port, local_hostname="bench.example") as client:
        for number, mail in enumerate(mails):
            client.sendmail("alerts@watcher.example", [f"reader{number}@listeners.example"], mail)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscribers", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=MailOptions().connections)
    parser.add_argument("--receive", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.receive:
        receive()
        return
    with tempfile.TemporaryDirectory() as folder, receiving() as port:
        data = Path(folder)
        mail = MailOptions(
            "127.0.0.1",
            port,
            "none",
            sender="Terms Watcher <alerts@watcher.example>",
            domain="watcher.example",
            connections=given.connections,
        )
        settings = Settings(
            data / "config.yaml", data, (WAVECREST,), mail=mail, site=Site("https://watcher.example")
        )
        with Store(data / "watcher.sqlite") as store:
            fill(store, given.subscribers)
            rows = record(settings, store)
            made, sent, mails = asyncio.run(make_and_send(settings, store))
        size = (data / "watcher.sqlite").stat().st_size
        loop = bare(port, mails, settings)
    count = len(mails)
    print(f"{count} subscribers, mails of {sum(map(len, mails)) / count / 1000:.1f} kB")
    print(f"rows written          {rows:6.2f} s")
    print(f"letters made          {made:6.2f} s  {count / made:7.0f} a second")
    print(
        f"handed over           {sent:6.2f} s  {count / sent:7.0f} a second, {given.connections} connections"
    )
    print(f"made and handed over  {made + sent:6.2f} s  {count / (made + sent):7.0f} a second")
    print(f"bare smtplib loop     {loop:6.2f} s  {count / loop:7.0f} a second")
    print(f"ratio                 {loop / (made + sent):6.2f}   (1: as fast as the bare loop)")
    print(f"database              {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()

"""The real site on loopback with a real mail server behind it, as an operator would run them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import uvicorn
from aiosmtpd.controller import Controller

from tests.web.conftest import LUMALIA, WAVECREST, Clock
from watcher.model.options import FetchOptions, MailOptions
from watcher.model.source import Page
from watcher.posting import Postman
from watcher.settings import Settings
from watcher.settings.result import Site as SiteSettings
from watcher.signing import Signer
from watcher.site import Frame
from watcher.store import Store
from watcher.web import Site, make_app


@dataclass
class Inbox:
    """Every mail that was handed over, and a way to wait for the next one."""

    came: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""
    _news: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, server, session, envelope) -> str:
        with self._news:
            if self.refuse:
                return self.refuse
            self.came.append(message_from_bytes(envelope.content, policy=policy.default))
            self._news.notify_all()
        return "250 taken"

    def number(self, count: int) -> EmailMessage:
        """The mail that came as number `count`, from 1; waits until it is there."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.came) >= count, timeout=60), "no mail came"
            return self.came[count - 1]


@contextmanager
def receiving() -> Iterator[tuple[Inbox, int]]:
    """A mail server on a free port."""
    inbox = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield inbox, port
    controller.stop()


@contextmanager
def serving(folder: Path, clock: Clock, mail_port: int, origin: str = "http://127.0.0.1:9") -> Iterator[Site]:
    """The site at its own `base_url`; the terms of its two platforms stand at `origin`."""
    documents = tuple(
        replace(document, pages=(Page(f"{origin}/terms/{number}"),))
        for number, document in enumerate((WAVECREST, LUMALIA))
    )
    with socket.create_server(("127.0.0.1", 0)) as bound, Store(folder / "watcher.sqlite") as store:
        base = f"http://127.0.0.1:{bound.getsockname()[1]}"
        settings = Settings(
            path=folder / "config.yaml",
            data=folder,
            documents=documents,
            fetch=FetchOptions(delay=0.0, retries=0, allow_hosts=("127.0.0.1",)),
            mail=MailOptions(
                host="127.0.0.1",
                port=mail_port,
                security="none",
                sender="alerts@w.example",
                domain="w.example",
            ),
            site=SiteSettings(base_url=base),
            signing_key="k" * 32,
        )
        store.archive.remember(documents)
        site = Site(
            settings, store, Signer("k" * 32, clock), clock, Frame("Terms Watcher", base, served=True)
        )
        with Postman(settings, store, clock, site.reception.tidy) as postman:
            site = replace(site, posted=postman.wake)
            server = uvicorn.Server(uvicorn.Config(make_app(site), log_config=None, lifespan="off"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
            thread.start()
            try:
                yield site
            finally:
                server.should_exit = True
                thread.join()

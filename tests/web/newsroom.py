"""The sample archive of tests/site, served: what journalists browse."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import uvicorn

from tests.site.sample import NOW, fill, keep
from watcher.settings import Settings
from watcher.settings.result import Site as SiteSettings
from watcher.signing import Signer
from watcher.site import Frame
from watcher.store import Store
from watcher.web import Site, make_app


@contextmanager
def newsroom(folder: Path) -> Iterator[tuple[str, Site]]:
    """Its address and the site; the socket listens before the server begins, so a first request only waits."""
    now = NOW + timedelta(hours=1)
    with Store(folder / "watcher.sqlite") as store:
        keep(fill(), store)
        options = SiteSettings(base_url="https://watcher.example", contact="desk@watcher.example")
        settings = Settings(path=folder / "config.yaml", data=folder, documents=(), site=options)
        frame = Frame(options.title, options.base_url, served=True, contact=options.contact)
        site = Site(settings, store, Signer("k" * 32, lambda: now), lambda: now, frame)
        with socket.create_server(("127.0.0.1", 0)) as bound:
            server = uvicorn.Server(uvicorn.Config(make_app(site), log_config=None, lifespan="off"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
            thread.start()
            yield f"http://127.0.0.1:{bound.getsockname()[1]}", site
            server.should_exit = True
            thread.join()

"""The site as a server: the report's pages, forms, search, feeds and API for whoever asks over HTTP.

Importing this room loads FastAPI; only `watcher serve` needs it.
"""

from watcher.web.app import make_app
from watcher.web.context import Site
from watcher.web.serving import listen

__all__ = ["Site", "listen", "make_app"]

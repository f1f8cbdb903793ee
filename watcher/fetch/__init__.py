"""Gets pages over HTTP, politely: the only room that knows httpx."""

from watcher.fetch.fetcher import Fetcher

__all__ = ["Fetcher"]

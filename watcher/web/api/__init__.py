"""The read-only JSON API of the site: an application of its own, mounted below `/api/v1`."""

from watcher.web.api.application import make_api
from watcher.web.api.links import ROOT

__all__ = ["ROOT", "make_api"]

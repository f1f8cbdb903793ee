"""Reads config.yaml and catalogues, validated as a whole, every mistake with its file, line and key."""

from watcher.resources import shipped
from watcher.settings.loading import find, load
from watcher.settings.result import Settings, Site

__all__ = ["Settings", "Site", "find", "load", "starter"]


def starter() -> str:
    """The text of the commented config that `watcher init` writes."""
    return shipped("config.yaml").read_text(encoding="utf-8")

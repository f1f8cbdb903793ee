"""Compares two documents clause by clause: the only room that knows diff-match-patch."""

from watcher.diff.align import compare
from watcher.diff.words import mark

__all__ = ["compare", "mark"]

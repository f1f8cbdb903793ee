"""All proof of a change in one file that anybody can check without this program."""

from watcher.evidence.case import Case, Side, SourcePage
from watcher.evidence.package import package

__all__ = ["Case", "Side", "SourcePage", "package"]

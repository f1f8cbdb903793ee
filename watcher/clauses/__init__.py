"""Judges what clauses say about AI and people's work: the only room that knows spaCy.

Importing it does not import spaCy; that happens once a clause passes a pack's gate.
"""

from watcher.clauses.judge import Classified, Judge
from watcher.clauses.packs import Packs, load_packs

__all__ = ["Classified", "Judge", "Packs", "load_packs"]

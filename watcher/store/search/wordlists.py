"""The full-text index itself: the only module that knows SQLite's FTS5 (https://www.sqlite.org/fts5.html).

Both lists are contentless: they hold words and places, no text, so the file hardly grows. Another database would offer
the same five functions over its own kind of index.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Connection, Integer, Subquery, column, literal_column, select, table, text

from watcher.model.words import Phrase, Wanted

WordList = Literal["clause_words", "change_words"]
LISTS: tuple[WordList, ...] = ("clause_words", "change_words")

# How many instructions of SQLite's machine pass between two looks at the clock: a small part of a millisecond.
_INSTRUCTIONS = 2_000


def create(connection: Connection) -> None:
    """Make both lists. Beginnings of two and three letters have an index of their own, or `co*` would read it all.

    Words come folded already, so the tokenizer only parts them at blanks.
    """
    for name in LISTS:
        connection.execute(
            text(
                f"CREATE VIRTUAL TABLE {name} USING fts5("
                "words, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 0')"
            )
        )


def add(connection: Connection, name: WordList, rows: Sequence[tuple[int, str]]) -> None:
    """Put in entries: their number and their words, folded."""
    if rows:
        connection.execute(
            text(f"INSERT INTO {name} (rowid, words) VALUES (:number, :words)"),  # noqa: S608
            [{"number": number, "words": words} for number, words in rows],
        )


def remove(connection: Connection, name: WordList, rows: Sequence[tuple[int, str]]) -> None:
    """Take out entries; the words must be those that were put in, for the list itself does not know them."""
    if rows:
        connection.execute(
            text(f"INSERT INTO {name} ({name}, rowid, words) VALUES ('delete', :number, :words)"),  # noqa: S608
            [{"number": number, "words": words} for number, words in rows],
        )


def matching(name: WordList, wanted: Wanted) -> Subquery:
    """The numbers (column `number`) of the entries that hold all that is wanted."""
    entries = table(name)
    return (
        select(column("rowid", Integer).label("number"))
        .select_from(entries)
        .where(literal_column(name).op("MATCH")(" AND ".join(map(_phrase, wanted.phrases))))
        .subquery()
    )


@contextmanager
def bounded(connection: Connection, stop: "Stop") -> Iterator[None]:
    """Break off whatever runs on this connection once `stop` says so; the driver then raises "interrupted"."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError("a full-text search needs SQLite's own driver")
    driver.set_progress_handler(stop, _INSTRUCTIONS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


class Stop:
    """Says when the time is over; `over` remembers that it did."""

    def __init__(self, clock: Callable[[], float], seconds: float) -> None:
        self._clock = clock
        self._deadline = clock() + seconds
        self.over = False

    def __call__(self) -> bool:
        """Whether to break off."""
        self.over = self.over or self._clock() > self._deadline
        return self.over


def _phrase(phrase: Phrase) -> str:
    # Folded words are letters and digits alone: nothing in them could end the quotes or mean an operator.
    return f'"{" ".join(phrase.words)}"{" *" if phrase.prefix else ""}'

"""Opening the database: one SQLite file, brought to the newest tables before anyone reads it."""

import sqlite3
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import ExceptionContext

from watcher.errors import StoreError

NEWEST = "0008"


def open_database(path: Path) -> Engine:
    """An engine on the SQLite file, made when absent, its tables upgraded when older.

    WAL, foreign keys on, writers wait up to 30 seconds for each other. Raises `StoreError` when the file is no
    database, not one of ours, or newer than this program.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the data folder cannot be made ({error.strerror})",
            where=str(path.parent),
            remedy="Set `data` in config.yaml to a folder that can be written.",
        ) from error
    # Values of a failed statement may be mail addresses, and errors are logged.
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", partial(_in_words, path))
    try:
        with engine.connect() as connection:
            known = _revision(connection, path)
        if known != NEWEST:
            _upgrade(engine)
    except StoreError as error:
        engine.dispose()
        if isinstance(error.__cause__, sqlite3.DatabaseError) and "not a database" in str(error.__cause__):
            raise StoreError(
                f"this is no database that can be opened ({error.__cause__})",
                where=str(path),
                remedy="Restore it from a backup, or set `data` in config.yaml to another folder.",
            ) from error
        raise
    return engine


def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own transactions begin late and hide BEGIN from us; SQLAlchemy's documentation turns them off.
    connection.isolation_level = None
    # What is deleted is overwritten, so that an erased address does not stay in the file's free pages.
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = NORMAL",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _in_words(path: Path, context: ExceptionContext) -> None:
    """Trouble with the file itself, in words; a mistake of this program stays what it is."""
    if isinstance(
        context.original_exception, sqlite3.OperationalError | sqlite3.DatabaseError
    ) and not isinstance(context.original_exception, sqlite3.IntegrityError | sqlite3.ProgrammingError):
        raise StoreError(
            f"the database cannot be used ({context.original_exception})",
            where=str(path),
            remedy="Look at free space and permissions of the data folder; if it is damaged, restore a backup.",
        ) from context.original_exception


def _begin(connection: Connection) -> None:
    # A transaction that reads and then writes would fail when another writer came between; this one waits instead.
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _revision(connection: Connection, path: Path) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise StoreError(
                "this is a database of another program",
                where=str(path),
                remedy="Set `data` in config.yaml to a folder of its own.",
            )
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and str(revision) > NEWEST:
        raise StoreError(
            f"this database was written by a newer watcher (tables {revision}, this program knows {NEWEST})",
            where=str(path),
            remedy="Upgrade the program.",
        )
    return revision


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, NEWEST)

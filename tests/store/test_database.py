"""Opening, upgrading and refusing databases."""

import sqlite3

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy import text as sql

from tests.store.conftest import DOCUMENT
from watcher.errors import StoreError
from watcher.store import Store
from watcher.store.database import NEWEST
from watcher.store.schema import metadata
from watcher.store.search.wordlists import LISTS


def test_the_migrations_make_exactly_the_tables_the_program_uses(store):
    engine = create_engine(f"sqlite:///{store.path}")
    with engine.connect() as connection:
        # The lists of words are the database's own kind of index, with shadow tables.
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_: not (name or "").startswith(LISTS)}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_the_program_names():
    assert ScriptDirectory("watcher/store/migrations").get_current_head() == NEWEST


def test_a_store_opened_again_still_knows_everything(tmp_path):
    path = tmp_path / "watcher.sqlite"
    with Store(path) as store:
        store.archive.remember([DOCUMENT])
    with Store(path) as store:
        assert [s.document for s in store.reports.statuses()] == [DOCUMENT]


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path):
    path = tmp_path / "watcher.sqlite"
    path.write_text("this is not a database, only a text of some length " * 50)
    with pytest.raises(StoreError, match=r"watcher\.sqlite: this is no database"):
        Store(path)


def test_a_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "watcher.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (id)")
    connection.close()
    with pytest.raises(StoreError, match="another program"):
        Store(path)


def test_a_database_of_a_newer_program_is_left_alone(tmp_path):
    path = tmp_path / "watcher.sqlite"
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="newer watcher"):
        Store(path)


def older(path, revision):
    """A database as the program made it at some revision."""
    config = Config()
    config.set_main_option("script_location", "watcher/store/migrations")
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def test_people_of_an_older_database_keep_their_wishes_and_get_a_name_of_their_own(tmp_path):
    path = tmp_path / "watcher.sqlite"
    engine = older(path, "0001")
    with engine.begin() as connection:
        connection.execute(
            sql("INSERT INTO subscriber VALUES (:address, :wishes)"),
            [{"address": f"{n}@x.example", "wishes": f'{{"address": "{n}@x.example"}}'} for n in "ab"],
        )
    engine.dispose()
    with Store(path) as store:
        first, second = store.subscribers.all()
    assert (first.address, second.address) == ("a@x.example", "b@x.example")
    assert first.id != second.id and len(first.id) == len(second.id) == 32

"""What the operator was told, so that each cause is told once, and its end once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, func, select, update
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Body, Letter
from watcher.model.note import Fact
from watcher.store import outbox, schema

Key = tuple[str, str]


class Facts:
    """Facts by topic and key."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def standing(self) -> dict[Key, str]:
        """What was told and is not over, with its name."""
        table = schema.fact
        query = select(table).where(table.c.over_at.is_(None))
        with self._engine.connect() as connection:
            return {(row.topic, row.key): row.about for row in connection.execute(query)}

    def last(self) -> datetime | None:
        """When the operator was told anything last."""
        table = schema.fact
        with self._engine.connect() as connection:
            told = connection.execute(select(func.max(table.c.told_at), func.max(table.c.over_at))).one()
        return max((at for at in told if at is not None), default=None)

    def tell(
        self,
        new: Sequence[Fact],
        over: Sequence[Key],
        now: datetime,
        letter: Letter | None = None,
        body: Body | None = None,
    ) -> None:
        """Write down what is new and what is over, in one transaction with the letter that says so."""
        table = schema.fact
        with self._writing.begin() as connection:
            for one in new:
                row = insert(table).values(topic=one.topic, key=one.key, about=one.about, told_at=now)
                again = {"about": one.about, "told_at": now, "over_at": None}
                connection.execute(row.on_conflict_do_update(index_elements=["topic", "key"], set_=again))
            for topic, key in over:
                this = (table.c.topic == topic, table.c.key == key)
                connection.execute(update(table).where(*this).values(over_at=now))
            if letter is not None:
                outbox.add(connection, [letter], [body] if body else [])

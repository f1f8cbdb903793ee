"""What readers wrote for the operator: platforms they miss, readings they call wrong."""

from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select, update

from watcher.model.reader import Suggestion, WrongReading, WrongState
from watcher.store import schema


class Suggestions:
    """Platforms that readers would like to see watched."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def add(self, suggestion: Suggestion) -> None:
        """Keep one."""
        values = {name: getattr(suggestion, name) for name in ("platform", "url", "note", "at")}
        with self._writing.begin() as connection:
            connection.execute(insert(schema.suggestion), values)

    def listed(self) -> tuple[Suggestion, ...]:
        """All of them, oldest first."""
        query = select(schema.suggestion).order_by(schema.suggestion.c.number)
        with self._engine.connect() as connection:
            return tuple(
                Suggestion(row.platform, row.url, row.note, row.at, row.number)
                for row in connection.execute(query)
            )

    def drop(self, number: int) -> bool:
        """Forget one; whether there was one."""
        gone = delete(schema.suggestion).where(schema.suggestion.c.number == number)
        with self._writing.begin() as connection:
            return connection.execute(gone).rowcount > 0


class WrongReadings:
    """Events that readers say were read wrongly, until the operator decides."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def report(self, wrong: WrongReading) -> None:
        """Keep one."""
        names = ("event", "position", "note", "address", "language", "at", "state")
        with self._writing.begin() as connection:
            connection.execute(insert(schema.wrong_reading), {name: getattr(wrong, name) for name in names})

    def listed(self, *, every: bool = False) -> tuple[WrongReading, ...]:
        """Those that nobody has decided about, oldest first; decided ones too when `every` is asked for."""
        table = schema.wrong_reading
        query = select(table).order_by(table.c.number)
        if not every:
            query = query.where(table.c.state == "open")
        with self._engine.connect() as connection:
            return tuple(_wrong(row) for row in connection.execute(query))

    def get(self, number: int) -> WrongReading | None:
        """One by its number."""
        query = select(schema.wrong_reading).where(schema.wrong_reading.c.number == number)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _wrong(row) if row else None

    def settle(self, number: int, state: WrongState) -> bool:
        """Write down what was decided; whether there is one with this number.

        The address to answer at is kept no longer than the question is open.
        """
        table = schema.wrong_reading
        decided = update(table).where(table.c.number == number).values(state=state)
        if state != "open":
            decided = decided.values(address="")
        with self._writing.begin() as connection:
            return connection.execute(decided).rowcount > 0


def _wrong(row: Row[Any]) -> WrongReading:
    return WrongReading(
        row.event, row.position, row.note, row.address, row.language, row.at, row.state, row.number
    )

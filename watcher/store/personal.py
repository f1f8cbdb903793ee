"""Everything that is kept about one address, for whoever asks what is known of her (GDPR, article 15)."""

from typing import Any

from sqlalchemy import Engine, select

from watcher.model.alert import Subscriber
from watcher.store import schema
from watcher.store.outbox import whole
from watcher.store.packing import from_json, to_json


class Personal:
    """Reads it; `Subscribers.remove` erases it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def export(self, address: str) -> dict[str, Any] | None:
        """As plain JSON types, times in ISO 8601; None when nothing is kept."""
        subscriber, request, letters, wrong = (
            schema.subscriber,
            schema.request,
            schema.outbox,
            schema.wrong_reading,
        )
        with self._engine.connect() as connection:

            def rows(table: Any) -> Any:
                return connection.execute(select(table).where(table.c.address == address)).all()

            found = {
                "subscription": next((_wishes(row.wishes) for row in rows(subscriber)), None),
                "requests": [
                    {"asked_at": row.asked_at.isoformat(), "wishes": _wishes(row.wishes)}
                    for row in rows(request)
                ],
                "letters": [
                    {
                        "kind": row.kind,
                        "subject": row.letter["subject"],
                        "text": whole(connection, row).text,
                        "written_at": row.written_at.isoformat(),
                        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
                    }
                    for row in rows(letters)
                ],
                "refused": [
                    {"times": row.times, "last_at": row.last_at.isoformat(), "problem": row.problem}
                    for row in rows(schema.refused)
                ],
                "wrong_readings": [
                    {"event": row.event, "note": row.note, "at": row.at.isoformat(), "state": row.state}
                    for row in rows(wrong)
                ],
            }
        return {"address": address, **found} if any(found.values()) else None


def _wishes(kept: Any) -> Any:
    return to_json(Subscriber, from_json(Subscriber, kept))

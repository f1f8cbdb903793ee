"""Subscriptions that were asked for and wait until the mailbox confirms them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from watcher.model.alert import Letter, Subscriber
from watcher.model.reader import Request
from watcher.store import outbox, schema
from watcher.store.packing import from_json, to_json
from watcher.store.subscribers import keep


class Requests:
    """Each holds what is needed to confirm it and nothing else; it goes when it is confirmed or too old."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)

    def ask(self, letter: Letter | None, request: Request | None = None) -> None:
        """Keep a request with the one letter that asks to confirm it, in one transaction; or the letter alone."""
        with self._writing.begin() as connection:
            if request is not None:
                connection.execute(
                    insert(schema.request),
                    {
                        "id": request.id,
                        "address": request.wishes.address,
                        "asked_at": request.asked_at,
                        "wishes": to_json(Subscriber, request.wishes),
                    },
                )
            if letter is not None:
                outbox.add(connection, [letter])

    def find(self, request: str, since: datetime) -> Request | None:
        """One that was asked for at `since` or later."""
        table = schema.request
        query = select(table).where(table.c.id == request, table.c.asked_at >= since)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _request(row) if row else None

    def confirm(self, request: str, now: datetime, since: datetime) -> Subscriber | None:
        """Turn it into a subscription, or into new wishes of an address that has one; None when it is gone."""
        table = schema.request
        with self._writing.begin() as connection:
            row = connection.execute(
                select(table).where(table.c.id == request, table.c.asked_at >= since)
            ).first()
            if row is None:
                return None
            asked = _request(row)
            connection.execute(delete(table).where(table.c.id == request))
            known = connection.execute(
                select(schema.subscriber.c.id).where(schema.subscriber.c.address == row.address)
            ).scalar()
            subscriber = replace(asked.wishes, id=known or asked.id, since=now)
            keep(connection, subscriber)
        return subscriber

    def forget(self, before: datetime) -> None:
        """Drop requests from before a moment, and every letter that asked to confirm one or answered one.

        And that an address was refused, when nobody subscribes with it.
        """
        letters, refused = schema.outbox, schema.refused
        with self._writing.begin() as connection:
            subscribes = select(schema.subscriber.c.address)
            connection.execute(
                delete(refused).where(refused.c.last_at < before, refused.c.address.not_in(subscribes))
            )
            connection.execute(delete(schema.request).where(schema.request.c.asked_at < before))
            connection.execute(
                delete(letters).where(letters.c.kind == "confirm", letters.c.written_at < before)
            )


def _request(row: Row[Any]) -> Request:
    return Request(row.id, from_json(Subscriber, row.wishes), row.asked_at)

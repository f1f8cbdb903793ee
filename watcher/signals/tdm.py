"""The TDM Reservation Protocol (W3C Community Group, final report of 10 May 2024): file, headers and metas."""

import json
from collections.abc import Iterator

from watcher.errors import ReadError
from watcher.model.signal import Signal
from watcher.model.text import Clause
from watcher.signals.clause import clause, unclear

FILE = "tdmrep.json"
RESERVATION, POLICY = "tdm-reservation", "tdm-policy"
_RESERVED, _OPEN = "signal-tdm-reserved", "signal-tdm-open"


def read(text: str) -> Iterator[Clause]:
    """A statement for each rule of /.well-known/tdmrep.json, in its order: the first that matches a path holds.

    Raises ReadError when the file is no JSON array of objects that name a location.
    """
    try:
        rules = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{FILE} is broken JSON ({error})") from None
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise ReadError(f"{FILE} is no array of rules")
    for rule in rules:
        location, reserved = rule.get("location"), rule.get(RESERVATION)
        if not isinstance(location, str) or not location:
            raise ReadError(f"a rule of {FILE} names no location")
        # JSON's true is an integer to Python, and no value of the protocol.
        value = str(reserved) if type(reserved) is int else json.dumps(reserved)
        yield declaration(value, rule.get(POLICY), f"location: {location}", under=FILE, where=(location,))


def declaration(value: str, policy: object, *parts: str, under: str, where: tuple[str, ...] = ()) -> Clause:
    """One declaration: 1 reserves the rights, 0 does not, and anything else is an error that leaves them unset."""
    said = f"{RESERVATION}: {value}"
    if value not in ("0", "1"):
        return unclear(RESERVATION, "neither 0 nor 1, so nothing is declared", *parts, said, under=under)
    address = policy if value == "1" and isinstance(policy, str) else ""
    signal = Signal(RESERVATION, _RESERVED if value == "1" else _OPEN, where=where, detail=address)
    return clause(signal, *parts, said, *([f"{POLICY}: {address}"] if address else []), under=under)

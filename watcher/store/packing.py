"""How rows carry model types: JSON by pydantic, large things packed with zstandard (RFC 8878)."""

from typing import Any, TypeVar

import zstandard
from pydantic import TypeAdapter

from watcher.errors import DamagedError

T = TypeVar("T")

_REMEDY = "The database is damaged or was written by a newer version; restore it from a backup."


# Building an adapter costs milliseconds, so each is built once.
_ADAPTERS: dict[object, TypeAdapter[Any]] = {}


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def to_json(kind: type[T], value: T) -> Any:
    """A model value as plain JSON types."""
    return _adapter(kind).dump_python(value, mode="json")


def from_json(kind: type[T], value: object) -> T:
    """The model value back; raises `DamagedError` when the row does not hold one."""
    try:
        return _adapter(kind).validate_python(value)
    except ValueError as error:
        raise DamagedError(f"a stored {kind} cannot be read", remedy=_REMEDY) from error


def pack(raw: bytes) -> bytes:
    """Compress, to a fifth on terms pages; level 6 would take three times as long for 7 % less space."""
    return zstandard.ZstdCompressor(level=3).compress(raw)


def unpack(packed: bytes) -> bytes:
    """The bytes back; raises `DamagedError` when they are damaged."""
    try:
        return zstandard.ZstdDecompressor().decompress(packed)
    except zstandard.ZstdError as error:
        raise DamagedError(f"a stored page or text cannot be unpacked ({error})", remedy=_REMEDY) from error


def pack_json(kind: type[T], value: T) -> bytes:
    """A model value as packed JSON bytes."""
    return pack(_adapter(kind).dump_json(value))


def unpack_json(kind: type[T], packed: bytes) -> T:
    """The model value back; raises `DamagedError`."""
    try:
        return _adapter(kind).validate_json(unpack(packed))
    except ValueError as error:
        raise DamagedError(f"a stored {kind} cannot be read", remedy=_REMEDY) from error

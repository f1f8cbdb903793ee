"""Links that only this installation can have made: signed, dated, each for one purpose.

A token carries its payload readably (it is signed, not encrypted), so nothing goes into one that its holder may not
know.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from watcher.errors import LinkError, StoreError

_KEY_FILE = "signing-key"


class Signer:
    """Signs and opens tokens with itsdangerous; `now` is the clock, in UTC."""

    def __init__(self, key: str, now: Callable[[], datetime]) -> None:
        self._key = key
        self._now = now
        self._serializers: dict[str, Any] = {}

    def sign(self, purpose: str, payload: Mapping[str, Any]) -> str:
        """A token that fits into a URL as it is; `purpose` keeps one for leaving from serving as one for confirming."""
        token: bytes = self._serializer(purpose).dumps(dict(payload))
        return token.decode("ascii")

    def open(self, purpose: str, token: str, *, lasts: timedelta | None = None) -> dict[str, Any]:
        """The payload; raises `LinkError` when the token is not ours, for another purpose, or older than `lasts`."""
        from itsdangerous import BadData, SignatureExpired

        try:
            seconds = None if lasts is None else int(lasts.total_seconds())
            payload: dict[str, Any] = self._serializer(purpose).loads(token, max_age=seconds)
        except SignatureExpired as error:
            raise LinkError("this link has expired", expired=True) from error
        except BadData as error:
            raise LinkError("this link is not complete, or not one of ours") from error
        return payload

    def digest(self, purpose: str, value: str) -> str:
        """64 hexadecimal digits that are equal for equal values and tell nobody without the key what the value was."""
        return hmac.new(self._key.encode(), f"{purpose}\0{value}".encode(), "sha256").hexdigest()

    def _serializer(self, purpose: str) -> Any:
        """Made once for each purpose: ten thousand mails carry two tokens each."""
        if purpose not in self._serializers:
            self._serializers[purpose] = self._made(purpose)
        return self._serializers[purpose]

    def _made(self, purpose: str) -> Any:
        from itsdangerous import TimestampSigner, URLSafeTimedSerializer

        now = self._now

        class Dated(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(now().timestamp())

            def timestamp_to_datetime(self, ts: int) -> datetime:
                return datetime.fromtimestamp(ts, tz=UTC)

        return URLSafeTimedSerializer(
            self._key,
            salt=f"watcher.{purpose}",
            signer=Dated,
            serializer=_Compact,
            signer_kwargs={"key_derivation": "hmac"},
        )


class _Compact:
    """JSON without spaces, as bytes: links stay short."""

    @staticmethod
    def dumps(value: Any) -> bytes:
        return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()

    @staticmethod
    def loads(raw: bytes) -> Any:
        return json.loads(raw)


def signing_key(configured: str | None, data: Path) -> str:
    """The configured key, else the one kept in the data folder, made when first needed and readable by its owner only.

    Links that were mailed stop working when it is lost. Raises `StoreError` when the folder cannot be used.
    """
    if configured:
        return configured
    path = data / _KEY_FILE
    try:
        data.mkdir(parents=True, exist_ok=True)
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            if key := path.read_text("ascii").strip():
                return key
        key = secrets.token_hex(32)
        path.write_text(f"{key}\n", "ascii")
    except OSError as error:
        raise StoreError(
            f"the signing key cannot be kept ({error.strerror})",
            where=str(path),
            remedy="Make the data folder writable, or set WATCHER_SIGNING_KEY.",
        ) from error
    return key

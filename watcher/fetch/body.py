"""Reads an answer's body with a bound that holds for the decoded bytes.

httpx decodes whole chunks, and 64 KiB of brotli can stand for gigabytes; here a decoder is never asked for more bytes
than there is room for, so that a compression bomb costs no more memory than an honest page of the largest size.
"""

import zlib
from typing import Protocol

import brotli
import httpx

from watcher.errors import PermanentFetchError, TransientFetchError
from watcher.fetch.problems import TRIED_AGAIN

ACCEPT_ENCODING = "gzip, br"


async def read_body(response: httpx.Response, limit: int, *, cut: bool = False) -> bytes:
    """The body after content decoding (RFC 9110, section 8.4), `limit` bytes at most.

    A longer one raises `PermanentFetchError` `too-large`, or is cut off there when `cut` is set. Damaged compression
    raises `TransientFetchError` `encoding`, an unknown one `PermanentFetchError` `encoding`.
    """
    url = str(response.url)
    decoder = _decoder(response.headers.get("content-encoding", ""), url)
    # Compressed bytes are fewer than decoded ones, so an announced length over the limit need not be waited for.
    announced = response.headers.get("content-length", "")
    if not cut and announced.isdecimal() and len(announced) < 16 and int(announced) > limit:
        raise _too_large(url, limit)
    parts: list[bytes] = []
    room = limit
    try:
        async for chunk in response.aiter_raw():
            part = decoder.feed(chunk, room + 1)
            if len(part) > room:
                if not cut:
                    raise _too_large(url, limit)
                parts.append(part[:room])
                return b"".join(parts)
            room -= len(part)
            parts.append(part)
    except (zlib.error, brotli.error) as error:
        raise _damaged(url) from error
    if not decoder.finished:
        raise _damaged(url)
    return b"".join(parts)


def _too_large(url: str, limit: int) -> PermanentFetchError:
    return PermanentFetchError(
        f"the page is larger than {limit:,} bytes",
        where=url,
        remedy="Raise `max_bytes` in the config if a document can be this long.",
        reason="too-large",
    )


def _damaged(url: str) -> TransientFetchError:
    return TransientFetchError(
        "the compressed page is damaged or cut off",
        where=url,
        remedy=TRIED_AGAIN,
        reason="encoding",
    )


class _Decoder(Protocol):
    finished: bool

    def feed(self, data: bytes, most: int) -> bytes:
        """The next decoded bytes; once `most` (at least 1) or more come back, the decoder is done with."""
        ...


def _decoder(codings: str, url: str) -> _Decoder:
    match [coding for raw in codings.split(",") if (coding := raw.strip().lower()) not in ("", "identity")]:
        case []:
            return _Plain()
        case ["gzip" | "x-gzip"]:
            return _Gzip()
        case ["br"]:
            return _Brotli()
    raise PermanentFetchError(
        f"the page comes encoded as {codings!r}, which was not asked for",
        where=url,
        remedy=f"The server ignores `Accept-Encoding: {ACCEPT_ENCODING}`; only its operator can mend that.",
        reason="encoding",
    )


class _Plain:
    finished = True

    def feed(self, data: bytes, most: int) -> bytes:
        return data


class _Gzip:
    """RFC 1952: one or several members one after the other; anything else after a member is padding."""

    def __init__(self) -> None:
        self.finished = True
        self._member = zlib.decompressobj(wbits=31)

    def feed(self, data: bytes, most: int) -> bytes:
        out = b""
        while data and len(out) < most:
            if self._member.eof:
                if not data.startswith(b"\x1f"):
                    break
                self._member = zlib.decompressobj(wbits=31)
            out += self._member.decompress(data, most - len(out))
            data = self._member.unused_data
            self.finished = self._member.eof
        return out


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        self.finished = True
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes, most: int) -> bytes:
        out: bytes = self._stream.process(data, output_buffer_limit=most)
        self.finished = self._stream.is_finished()
        return out

"""Signed webhooks, as Standard Webhooks has them (https://www.standardwebhooks.com): HMAC-SHA256 of id, time, body.

The standard library asks: one POST, no redirects, no cookies.
"""

import base64
import hashlib
import hmac
from binascii import Error
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from watcher.errors import DeliveryError, PermanentDeliveryError, TransientDeliveryError

_TIMEOUT = 30.0
_PREFIX = "whsec_"
# RFC 9110: what is answered to a body that is not liked, so that another one may well be.
_THIS_LETTER = frozenset({400, 409, 411, 413, 415, 422})


def signature(secret: str, name: str, at: datetime, body: bytes) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; a secret with `whsec_` before it is base64."""
    return f"v1,{base64.b64encode(_mac(secret, name, int(at.timestamp()), body)).decode('ascii')}"


def _mac(secret: str, name: str, timestamp: int, body: bytes) -> bytes:
    signed = b".".join((name.encode(), str(timestamp).encode(), body))
    return hmac.new(_key(secret), signed, hashlib.sha256).digest()


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except (Error, ValueError):
            pass
    return secret.encode()


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """A signed body goes nowhere but to the configured address."""


def send_signed(url: str, secret: str, name: str, body: bytes, at: datetime) -> None:
    """POST `body` as JSON. Returns on any 2xx.

    Raises PermanentDeliveryError on 410 (gone, the receiver wants no more), TransientDeliveryError on all else; only
    what is said of this body leaves the others be.
    """
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "terms-watcher",
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature(secret, name, at, body),
    }
    request = Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - the settings take http(s) only
    try:
        with build_opener(_NoRedirects).open(request, timeout=_TIMEOUT):
            return
    except HTTPError as error:
        error.close()
        raise _refused(error.code) from None
    except (URLError, HTTPException, OSError) as error:
        what = f"the webhook cannot be reached ({type(error).__name__})"
        raise TransientDeliveryError(what, remedy="It is tried again.", concerns="server") from None


def _refused(status: int) -> DeliveryError:
    what = f"the webhook answered {status}"
    if status == 410:
        return PermanentDeliveryError(what, remedy="It wants no more; take the channel out of the config.")
    if status in _THIS_LETTER:
        return TransientDeliveryError(what, remedy="It is tried again.", code=status)
    return TransientDeliveryError(what, remedy="It is tried again.", code=status, concerns="server")

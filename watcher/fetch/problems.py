"""What went wrong on the wire, as errors that know whether trying again can help."""

import socket
import ssl
from collections.abc import Iterator
from datetime import datetime

import httpcore
import httpx

from watcher.errors import FetchError, PermanentFetchError, TransientFetchError
from watcher.fetch.addresses import RefusedAddress
from watcher.fetch.retry_after import retry_after

WIRE_ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    OSError,
    RefusedAddress,
)
"""Everything that a request can raise because of the network or the other side. Our transport sits right on httpcore,
so that these are httpcore's errors and not httpx's."""

TRIED_AGAIN = "Nothing to do unless it lasts: it is tried again."
"""The remedy for what passes by itself."""

GOOD = (200, 203, 304)
"""Statuses that answer the question: the page, the page as a middlebox made it, and "as you have it"."""

_PASSING = (202, 408, 425, 429)
"""Refusals for now, beside 5xx. 202 is "not ready yet"; bot checks that run in a browser answer so, too."""


def from_wire(error: Exception, url: str) -> FetchError:
    """An exception of `WIRE_ERRORS` as one of ours."""
    if isinstance(error, RefusedAddress):
        return PermanentFetchError(
            f"the host has no public address ({', '.join(error.addresses)})",
            where=url,
            remedy="If it is yours to reach, add the host to `allow_hosts` in the config.",
            reason="address",
        )
    # The deepest error of the system tells most; httpcore cuts the chain of causes, but its contexts remain.
    root = next((cause for cause in reversed(list(_chain(error))) if isinstance(cause, OSError)), error)
    if isinstance(root, ssl.SSLCertVerificationError):
        return PermanentFetchError(
            f"the certificate is not trusted: {root.verify_message}",
            where=url,
            remedy="Check the address; for an authority of your own, set SSL_CERT_FILE.",
            reason="tls",
        )
    reason, what = _passing(error, root)
    return TransientFetchError(what, where=url, remedy=TRIED_AGAIN, reason=reason)


def _passing(error: Exception, root: BaseException) -> tuple[str, str]:
    match root:
        case socket.gaierror():
            return "dns", "the host name is not known"
        case ssl.SSLError():
            return "tls", f"no secure connection came about ({root})"
    match error:
        case httpcore.TimeoutException() | TimeoutError():
            return "timeout", "the server did not answer in time"
        case httpcore.ConnectError():
            return "connect", f"the server cannot be reached ({root})"
        case httpcore.NetworkError() | OSError():
            return "disconnected", "the connection was lost"
    return "protocol", f"the server broke off or does not speak HTTP ({error})"


def _chain(error: BaseException) -> Iterator[BaseException]:
    step: BaseException | None = error
    while step is not None:
        yield step
        step = step.__cause__ or step.__context__


def from_status(status: int, headers: httpx.Headers, url: str, now: datetime) -> FetchError:
    """A status that is not in `GOOD`, as an error with reason `http-<status>`."""
    reason = f"http-{status}"
    what = f"the server answered {status} {httpx.codes.get_reason_phrase(status)}".rstrip()
    if status in _PASSING or status >= 500:
        return TransientFetchError(
            what,
            where=url,
            remedy=TRIED_AGAIN,
            reason=reason,
            status=status,
            after=retry_after(headers.get("retry-after"), now),
        )
    if status in (404, 410):
        remedy = "The page is gone: look for its new address and change it in the catalogue."
    elif headers.get("cf-mitigated") == "challenge":
        remedy = "The site checks for browsers: ask its owner to admit this watcher."
    elif status in (401, 403, 451):
        remedy = "The site refuses this watcher: look at the page in a browser, and ask its owner for access."
    else:
        remedy = "Look at the address in a browser, and mend it in the catalogue."
    return PermanentFetchError(what, where=url, remedy=remedy, reason=reason, status=status)

"""What an SMTP failure means: whether server or recipient is meant, and whether the letter waits or is given up."""

import re
import ssl
from typing import TYPE_CHECKING, Literal

from watcher.errors import DeliveryError, PermanentDeliveryError, TransientDeliveryError
from watcher.model.options import MailOptions

if TYPE_CHECKING:
    from aiosmtplib import SMTPResponseException

# RFC 3463: class.subject.detail. The words behind it may repeat the address and are left out.
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
# RFC 3463, sections 3.2 and 3.3: the address, the mailbox. X.1.7 and X.1.8 mean the sender's address.
_SENDER = re.compile(r"[45]\.1\.[78]")
_NOBODY = re.compile(r"5\.[12]\.")
_POLICY = re.compile(r"5\.7\.")
# No such recipient, as Exchange Online says it (its "Recipient address rejected: Access denied").
_DENIED = re.compile(r"5\.4\.1")
# RFC 5321: going down (421); RFC 4954: log in first (530), wrong password (535).
_SERVER_WIDE = frozenset({421, 530, 535})


def refusal(error: Exception, options: MailOptions) -> DeliveryError:
    """The project's error for one of aiosmtplib's.

    Permanent is only what says that the recipient's mailbox does not exist or cannot take mail (RFC 3463: 5.1.x and
    5.2.x; without such a code any 5xx to RCPT). What concerns the operator (password, certificate, sender, relaying
    denied) waits and concerns the server, or one wrong setting would lose every letter.
    """
    from aiosmtplib import (
        SMTPConnectError,
        SMTPConnectTimeoutError,
        SMTPDataError,
        SMTPNotSupported,
        SMTPRecipientRefused,
        SMTPResponseException,
    )

    where = f"{options.host}:{options.port}"
    match error:
        case SMTPRecipientRefused():
            return _recipient(error, where)
        case SMTPDataError():
            return _text(error, where)
        case SMTPResponseException():
            return _conversation(error, where)
        case SMTPNotSupported():
            what = "the mail server cannot write the recipient's address (no SMTPUTF8, RFC 6531)"
            return TransientDeliveryError(what, where=where, remedy="An alert is kept and tried again.")
        # ssl.SSLCertVerificationError is a ValueError as well as an OSError.
        case ValueError() if not isinstance(error, OSError):
            return PermanentDeliveryError("the recipient's address cannot be written in SMTP", where=where)
        case _:
            what, remedy = _broken(error, options)
            return TransientDeliveryError(
                what,
                where=where,
                remedy=f"{remedy} Alerts are kept meanwhile.",
                concerns="server",
                unsure=not isinstance(error, SMTPConnectError | SMTPConnectTimeoutError),
            )


def _recipient(error: "SMTPResponseException", where: str) -> DeliveryError:
    """The answer to RCPT.

    A policy (5.7.x) is mostly about who may send, whoever the recipient is (relaying denied, SPF), but some servers say
    so of one recipient who wants no mail from outside.
    """
    code, enhanced = error.code, _enhanced(error.message)
    deed, remedy = "refused to deliver for us", "May this machine and user send through it as mail.sender?"
    if code in _SERVER_WIDE or _SENDER.fullmatch(enhanced):
        return _operator(deed, remedy, error, where)
    if _POLICY.match(enhanced):
        return _operator(deed, remedy, error, where, concerns="either")
    nobody = not enhanced or _DENIED.fullmatch(enhanced) is not None
    return _letter("refused the recipient", error, where, for_good=code >= 500 and nobody)


def _text(error: "SMTPResponseException", where: str) -> DeliveryError:
    """The answer to DATA: what a filter says of a text may change, and says nothing of the recipient."""
    if error.code in _SERVER_WIDE:
        return _operator("refused to deliver for us", "Check mail.username and its log.", error, where)
    return _letter("refused the letter", error, where)


def _letter(
    deed: str, error: "SMTPResponseException", where: str, *, for_good: bool = False
) -> DeliveryError:
    what = f"the mail server {deed}: {_code(error)}"
    enhanced = _enhanced(error.message)
    if for_good or (_NOBODY.match(enhanced) and not _SENDER.fullmatch(enhanced)):
        return PermanentDeliveryError(
            what, where=where, remedy="An alert to it is not tried again.", code=error.code
        )
    remedy = "An alert is kept and tried again."
    return TransientDeliveryError(what, where=where, remedy=remedy, code=error.code)


def _conversation(error: "SMTPResponseException", where: str) -> DeliveryError:
    """An answer to anything else: greeting, STARTTLS, AUTH, MAIL."""
    import aiosmtplib as smtp

    match error:
        case smtp.SMTPAuthenticationError():
            deed, remedy = "refused user name and password", "Check mail.username and the password's file."
        case smtp.SMTPSenderRefused():
            deed, remedy = "refused the sender", "Check mail.sender: may this user send as it?"
        case _:
            deed, remedy = "does not want to talk to us", "Ask whoever runs it why."
    return _operator(deed, remedy, error, where)


def _operator(
    deed: str,
    remedy: str,
    error: "SMTPResponseException",
    where: str,
    *,
    concerns: Literal["server", "either"] = "server",
) -> DeliveryError:
    what = f"the mail server {deed}: {_code(error)}"
    remedy = f"{remedy} Alerts are kept meanwhile."
    return TransientDeliveryError(what, where=where, remedy=remedy, code=error.code, concerns=concerns)


def _broken(error: Exception, options: MailOptions) -> tuple[str, str]:
    """What happened and its remedy, where the server gave no answer that counts."""
    import aiosmtplib as smtp

    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return (
            "the mail server's certificate is not trusted",
            "Add its authority to the system's certificates.",
        )
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        remedy = "mail.security is usually tls on port 465 and starttls on 587."
        return "no encrypted connection came about", remedy
    match error:
        case smtp.SMTPTimeoutError():
            return f"the mail server did not answer within {options.timeout:g} seconds", "Is it overloaded?"
        case smtp.SMTPConnectError():
            return "the mail server cannot be reached", "Check mail.host and mail.port."
        case smtp.SMTPServerDisconnected() | OSError():
            return "the mail server broke off the connection", "See its log for the reason."
        case _:
            # The library has no class of its own for a server without STARTTLS or AUTH.
            return "the mail server lacks what the settings ask for", "Check mail.security and mail.username."


def _code(error: "SMTPResponseException") -> str:
    return f"{error.code} {_enhanced(error.message)}".strip()


def _enhanced(words: str) -> str:
    """The enhanced status code (RFC 2034) at the head of an answer, or nothing."""
    found = _ENHANCED.match(words)
    return found[1] if found else ""

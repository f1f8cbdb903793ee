"""What an SMTP failure means for a letter: wait, or give it up."""

import re
import ssl
from typing import TYPE_CHECKING

from watcher.errors import DeliveryError, PermanentDeliveryError, TransientDeliveryError
from watcher.model.options import MailOptions

if TYPE_CHECKING:
    from aiosmtplib import SMTPResponseException

# RFC 3463: class.subject.detail. The words behind it may repeat the address and are left out.
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")


def refusal(error: Exception, options: MailOptions) -> DeliveryError:
    """The project's error for one of aiosmtplib's.

    What concerns this recipient or this text is permanent when the server says 5xx (RFC 5321, section 4.2.1). What
    concerns the operator (password, certificate, sender) waits, or a wrong password would lose every letter.
    """
    from aiosmtplib import SMTPRecipientsRefused, SMTPResponseException

    where = f"{options.host}:{options.port}"
    match error:
        case SMTPRecipientsRefused():
            first = error.recipients[0]
            return _letter("refused the recipient", first.code, first.message, where)
        case SMTPResponseException():
            return _answered(error, where)
        # ssl.SSLCertVerificationError is a ValueError as well as an OSError.
        case ValueError() if not isinstance(error, OSError):
            return PermanentDeliveryError("the recipient's address cannot be written in SMTP", where=where)
        case _:
            what, remedy = _broken(error, options)
            return TransientDeliveryError(what, where=where, remedy=f"{remedy} Letters are kept meanwhile.")


def _answered(error: "SMTPResponseException", where: str) -> DeliveryError:
    import aiosmtplib as smtp

    match error:
        case smtp.SMTPAuthenticationError():
            deed, remedy = "refused user name and password", "Check mail.username and the password's file."
        case smtp.SMTPSenderRefused():
            deed, remedy = "refused the sender", "Check mail.sender: may this user send as it?"
        case smtp.SMTPConnectResponseError() | smtp.SMTPHeloError():
            deed, remedy = "does not want to talk to us", "Ask whoever runs it why."
        case _:
            return _letter("refused the letter", error.code, error.message, where)
    what = f"the mail server {deed}: {_code(error.code, error.message)}"
    remedy = f"{remedy} Letters are kept meanwhile."
    return TransientDeliveryError(what, where=where, remedy=remedy, code=error.code)


def _letter(deed: str, code: int, words: str, where: str) -> DeliveryError:
    what = f"the mail server {deed}: {_code(code, words)}"
    if 500 <= code < 600:
        return PermanentDeliveryError(what, where=where, remedy="It is not tried again.", code=code)
    return TransientDeliveryError(what, where=where, remedy="The letter is kept and tried again.", code=code)


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


def _code(code: int, words: str) -> str:
    enhanced = _ENHANCED.match(words)
    return f"{code} {enhanced[1]}" if enhanced else str(code)

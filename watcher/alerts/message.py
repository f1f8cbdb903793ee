"""A letter as a message of the mail protocols."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from watcher.errors import PermanentDeliveryError
from watcher.model.alert import Letter
from watcher.model.options import MailOptions

_NAME = "Terms watcher"


def message(letter: Letter, options: MailOptions) -> EmailMessage:
    """Text and HTML as multipart/alternative (RFC 2046), marked as a list's automatic mail (RFC 2919, RFC 3834).

    A letter of a subscription says how to leave it with one click (RFC 2369, RFC 8058).

    Raises PermanentDeliveryError when sender or recipient is no mail address.
    """
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = _address(options.sender, "the sender in the configuration")
    made["To"] = _address(letter.address, "the subscriber's address")
    made["Subject"] = " ".join(letter.subject.split())
    made["Date"] = format_datetime(letter.written_at)
    made["Message-ID"] = letter.message_id
    if options.reply_to:
        made["Reply-To"] = _address(options.reply_to, "the reply address in the configuration")
    made["List-Id"] = f"{_NAME} <alerts.{options.domain}>"
    if letter.unsubscribe:
        made["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # After the bodies, or it would be taken for the text part's and moved there.
    made["Content-Language"] = letter.language
    return made


def _address(written: str, what: str) -> Address:
    """The address of "Name <box@domain>" or "box@domain". The error says which one is wrong, never the address."""
    name, plain = parseaddr(written)
    try:
        if "\n" in written or "\r" in written or "@" not in plain:
            raise ValueError
        return Address(name, addr_spec=plain)
    except (ValueError, IndexError):
        raise PermanentDeliveryError(
            f"{what} is not a mail address", remedy="Write it as box@domain or Name <box@domain>."
        ) from None

"""A letter as the bytes that go over the wire.

What many letters share is put into bytes once, by the standard library; a letter's own headers and links are added
to it. Ten thousand mails of one alert would otherwise spend most of their time in the same header fields.
"""

import re
from binascii import b2a_qp
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from watcher.errors import PermanentDeliveryError
from watcher.model.alert import Body, Letter
from watcher.model.folding import digest
from watcher.model.options import MailOptions

_NAME = "Terms watcher"
_LINE_END = re.compile(r"[\r\n]")
# Whatever could end an address or begin another one (RFC 5322, section 3.4) is no part of one here.
_BOX = re.compile(r"[^\s@<>()\[\],:;\\\"\x00-\x1f\x7f-\x9f]+")


def wire(letter: Letter, options: MailOptions) -> bytes:
    """Text and HTML as multipart/alternative (RFC 2046), marked as a list's automatic mail (RFC 2919, RFC 3834).

    A letter of a subscription says how to leave it with one click (RFC 2369, RFC 8058); where the site is not on the
    web, with a mail. Lines end in CRLF. An address with other letters than ASCII is written in UTF-8 (RFC 6532).

    Raises PermanentDeliveryError when sender or recipient is no mail address.
    """
    to = recipient(letter)
    # A quoted-printable body never holds "=_", so no boundary can be met in it (RFC 2045, section 6.7).
    boundary = f"=_{digest(letter.message_id)[:32]}"
    own = [
        f"To: {to}",
        f"Date: {format_datetime(letter.written_at)}",
        f"Message-ID: {letter.message_id}",
        *_leaving(letter, options),
        f'Content-Type: multipart/alternative; boundary="{boundary}"',
    ]
    parts = (("plain", letter.text), ("html", letter.html))
    lines = [
        _shared(letter.subject, letter.language, options),
        "\r\n".join(own).encode(),
        b"\r\n\r\n",
        *(_part(boundary, kind, text) for kind, text in parts),
        f"--{boundary}--\r\n".encode("ascii"),
    ]
    return b"".join(lines)


def message(letter: Letter, options: MailOptions) -> EmailMessage:
    """The same, to look at."""
    return message_from_bytes(wire(letter, options), policy=policy.SMTP)


def weight(body: Body) -> int:
    """How many bytes both parts of a body take up on the wire, without headers and its reader's own links."""
    return sum(len(_part("", kind, text)) for kind, text in (("plain", body.text), ("html", body.html)))


def recipient(letter: Letter) -> str:
    """The letter's address alone; raises PermanentDeliveryError when it is none."""
    return _address(letter.address, "the subscriber's address").addr_spec


def sender(options: MailOptions) -> str:
    """The configured sender's address alone; raises PermanentDeliveryError when it is none."""
    return _address(options.sender, "the sender in the configuration").addr_spec


def _leaving(letter: Letter, options: MailOptions) -> list[str]:
    if letter.unsubscribe:
        return [
            f"List-Unsubscribe: <{letter.unsubscribe}>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ]
    if letter.kind in ("confirm", "operator"):
        return []
    answers = _address(options.reply_to or options.sender, "the reply address in the configuration")
    return [f"List-Unsubscribe: <mailto:{answers.addr_spec}?subject=stop>"]


@lru_cache(maxsize=64)
def _shared(subject: str, language: str, options: MailOptions) -> bytes:
    """The header fields that are the same in all letters of one subject and language, each ended by CRLF."""
    made = EmailMessage(policy=policy.SMTP)
    made["From"] = _address(options.sender, "the sender in the configuration")
    made["Subject"] = " ".join(subject.split())
    if options.reply_to:
        made["Reply-To"] = _address(options.reply_to, "the reply address in the configuration")
    made["List-Id"] = f"{_NAME} <alerts.{options.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = language
    made["MIME-Version"] = "1.0"
    return made.as_bytes().removesuffix(b"\r\n")


def _part(boundary: str, kind: str, text: str) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f'Content-Type: text/{kind}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace") + b"\n"
    return head.encode("ascii") + b2a_qp(plain, istext=True).replace(b"\n", b"\r\n")


# A letter's address is asked for twice, the sender's in every letter.
@lru_cache(maxsize=256)
def _address(written: str, what: str) -> Address:
    """The address of "Name <box@domain>" or "box@domain". The error says which one is wrong, never the address."""
    name, plain = parseaddr(written)
    box, _, domain = plain.rpartition("@")
    if _LINE_END.search(written) or not (_BOX.fullmatch(box) and _BOX.fullmatch(domain)):
        raise PermanentDeliveryError(
            f"{what} is not a mail address", remedy="Write it as box@domain or Name <box@domain>."
        )
    return Address(name, box, domain)

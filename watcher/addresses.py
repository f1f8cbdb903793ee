"""Mail addresses as people type them."""

from enum import StrEnum

from watcher.errors import InputError

# RFC 5321, section 4.5.3.1.3: a path has at most 256 octets, of which two are angle brackets.
_LONGEST = 254


class Doubt(StrEnum):
    """What is wrong with an address; each word of it is said to people elsewhere, in their language."""

    MISSING = "missing"
    NO_AT = "no_at"
    BLANK = "blank"
    LONG = "long"
    LETTERS = "letters"
    DOMAIN = "domain"
    FORM = "form"


class AddressError(InputError):
    """Not an address that mail can be sent to; `doubt` says why. The address itself stands nowhere in it."""

    def __init__(self, doubt: Doubt) -> None:
        self.doubt = doubt
        super().__init__("this is no mail address", remedy="Write one such as anna@example.org.")


def mail_address(text: str) -> str:
    """One address (RFC 5321) as it is kept: lower case, an international domain in its ASCII form (RFC 5891).

    Nothing is looked up. Quoted boxes, IP addresses and letters beyond ASCII before the @ are refused, because many
    servers refuse them, and so are domains without a period and those reserved for tests. Raises `AddressError`.
    """
    from email_validator import EmailNotValidError, validate_email

    address = text.strip()
    if doubt := _plain(address):
        raise AddressError(doubt)
    try:
        known = validate_email(address, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        box, _, domain = address.rpartition("@")
        if not box.isascii():
            raise AddressError(Doubt.LETTERS) from None
        raise AddressError(Doubt.DOMAIN if _alone(domain) else Doubt.FORM) from None
    return (known.ascii_email or known.normalized).lower()


def shown(address: str) -> str:
    """An address that was kept, as its owner would write it: with the letters of an international domain."""
    from email_validator import EmailNotValidError, validate_email

    if "xn--" not in address:
        return address
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return address


def mailbox_key(address: str) -> str:
    """Equal for addresses that often lead to one mailbox: what follows a + and periods before the @ make no difference.

    For counting only: nobody is written to at it.
    """
    box, _, domain = address.rpartition("@")
    return f"{box.partition('+')[0].replace('.', '')}@{domain}"


def _plain(address: str) -> Doubt | None:
    if not address:
        return Doubt.MISSING
    if len(address) > _LONGEST:
        return Doubt.LONG
    if any(character.isspace() or not character.isprintable() for character in address):
        return Doubt.BLANK
    return None if "@" in address else Doubt.NO_AT


def _alone(domain: str) -> bool:
    """Whether the part after the @ is what is wrong."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return True
    return False

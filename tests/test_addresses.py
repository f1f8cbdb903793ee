"""Mail addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.addresses import AddressError, Doubt, mail_address, mailbox_key, shown

KEPT = {
    " Anna@Reader.Example ": "anna@reader.example",
    "o'brien+alerts@reader.example": "o'brien+alerts@reader.example",
    "anna@münchen.example": "anna@xn--mnchen-3ya.example",
    "anna@xn--mnchen-3ya.example": "anna@xn--mnchen-3ya.example",
    "ANNA@MÜNCHEN.EXAMPLE": "anna@xn--mnchen-3ya.example",
    "'; DROP TABLE subscriber; --@reader.example": None,
    "drop_table'--@reader.example": "drop_table'--@reader.example",
}

REFUSED = {
    "": Doubt.MISSING,
    "   ": Doubt.MISSING,
    "anna": Doubt.NO_AT,
    "anna reader@reader.example": Doubt.BLANK,
    "anna@reader.example\r\nBcc: bo@reader.example": Doubt.BLANK,
    "anna@reader.example, bo@reader.example": Doubt.BLANK,
    "anna\u202e@reader.example": Doubt.BLANK,
    "an\x00na@reader.example": Doubt.BLANK,
    "a" * 250 + "@reader.example": Doubt.LONG,
    "a" * 65 + "@reader.example": Doubt.FORM,
    "änna@reader.example": Doubt.LETTERS,
    "аnna@reader.example": Doubt.LETTERS,  # a Cyrillic first letter
    "anna@reader": Doubt.DOMAIN,
    "anna@localhost": Doubt.DOMAIN,
    "anna@reader.test": Doubt.DOMAIN,
    "anna@reader..example": Doubt.DOMAIN,
    "anna@-reader.example": Doubt.DOMAIN,
    "anna@[127.0.0.1]": Doubt.DOMAIN,
    "anna@": Doubt.DOMAIN,
    '"anna"@reader.example': Doubt.FORM,
    "Anna<anna@reader.example>": Doubt.DOMAIN,
    "an..na@reader.example": Doubt.FORM,
    "<script>alert(1)</script>@reader.example": Doubt.FORM,
    "@reader.example": Doubt.FORM,
    "a@b@reader.example": Doubt.FORM,
}


@pytest.mark.parametrize(("typed", "kept"), KEPT.items())
def test_an_address_is_kept_in_one_form_however_it_is_typed(typed, kept):
    if kept is None:
        with pytest.raises(AddressError):
            mail_address(typed)
    else:
        assert mail_address(typed) == kept
        assert mail_address(kept) == kept


@pytest.mark.parametrize(("typed", "doubt"), REFUSED.items())
def test_what_mail_cannot_be_sent_to_is_refused_with_its_reason_and_without_repeating_it(typed, doubt):
    with pytest.raises(AddressError) as refused:
        mail_address(typed)
    assert refused.value.doubt is doubt
    assert "reader" not in str(refused.value)


@given(
    st.one_of(
        st.text(max_size=300), st.emails(), st.text(max_size=40).map(lambda box: f"{box}@reader.example")
    )
)
def test_whatever_is_accepted_fits_on_one_line_of_a_header_and_stays_as_it_is(typed):
    try:
        address = mail_address(typed)
    except AddressError:
        return
    assert address.isascii() and address.isprintable() and " " not in address
    assert address.count("@") == 1
    assert not set(address) & set('<>"(),;:\\[]')
    assert mail_address(address) == address == address.lower()


def test_an_international_domain_is_shown_in_its_own_letters():
    assert shown("anna@xn--mnchen-3ya.example") == "anna@münchen.example"
    assert shown("anna@reader.example") == "anna@reader.example"


def test_what_many_servers_put_into_one_mailbox_counts_as_one():
    same = {
        mailbox_key(a)
        for a in ("anna@x.example", "an.na@x.example", "anna+1@x.example", "a.nna+2+3@x.example")
    }
    assert same == {"anna@x.example"}
    assert mailbox_key("anna@y.example") not in same

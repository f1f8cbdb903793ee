"""Signed links: only ours, only for their purpose, only for as long as they last."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.errors import LinkError
from watcher.signing import Signer, signing_key

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def signer(key: str = "k" * 32, at: datetime = START) -> Signer:
    return Signer(key, lambda: at)


@given(st.dictionaries(st.text(max_size=8), st.one_of(st.text(), st.integers(), st.lists(st.text()))))
def test_what_was_signed_is_what_is_opened_and_fits_into_an_address(payload):
    token = signer().sign("confirm", payload)
    assert signer().open("confirm", token) == payload
    assert token.isascii() and not set(token) & set("/?#&=%+ ")


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "ü" + t])
def test_a_token_that_was_touched_is_refused(change):
    with pytest.raises(LinkError) as refused:
        signer().open("confirm", change(signer().sign("confirm", {"id": "1"})))
    assert not refused.value.expired


def test_a_token_for_leaving_does_not_confirm():
    with pytest.raises(LinkError):
        signer().open("confirm", signer().sign("leave", {"id": "1"}))


def test_another_installation_s_token_is_refused():
    with pytest.raises(LinkError):
        signer("a" * 32).open("confirm", signer("b" * 32).sign("confirm", {}))


def test_a_token_expires_when_its_time_is_over_and_says_so():
    token = signer().sign("confirm", {"id": "1"})
    assert signer(at=START + 2 * DAY).open("confirm", token, lasts=2 * DAY) == {"id": "1"}
    with pytest.raises(LinkError) as refused:
        signer(at=START + 2 * DAY + timedelta(seconds=1)).open("confirm", token, lasts=2 * DAY)
    assert refused.value.expired


def test_a_key_is_made_once_for_its_owner_only_and_a_configured_one_goes_first(tmp_path):
    key = signing_key(None, tmp_path / "data")
    assert len(key) == 64 and signing_key(None, tmp_path / "data") == key
    assert stat.S_IMODE((tmp_path / "data" / "signing-key").stat().st_mode) == 0o600
    assert signing_key("c" * 40, tmp_path / "data") == "c" * 40

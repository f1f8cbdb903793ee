"""The TDM Reservation Protocol: the file, the headers, the metas."""

import pytest

from tests.signals.conftest import brief, reading, said, text
from watcher.model.version import Doubt

POLICY = "https://wavecrest.example/policies/mining.json"


def test_each_rule_of_the_file_is_a_statement_in_its_order():
    rules = f"""[
      {{"location": "/press/", "tdm-reservation": 0}},
      {{"location": "/music/*.mp3", "tdm-reservation": 1, "tdm-policy": "{POLICY}"}},
      {{"location": "/", "tdm-reservation": 1}}
    ]"""
    assert said(text("tdmrep", rules, media="application/json")) == [
        ("tdm-open", "tdm-reservation", "location: /press/ · tdm-reservation: 0"),
        (
            "tdm-reserved",
            "tdm-reservation",
            f"location: /music/*.mp3 · tdm-reservation: 1 · tdm-policy: {POLICY}",
        ),
        ("tdm-reserved", "tdm-reservation", "location: / · tdm-reservation: 1"),
    ]


@pytest.mark.parametrize("value", ["2", '"1"', "true", "null", "-1", "1.0"])
def test_any_other_value_is_an_error_of_the_protocol_and_declares_nothing(value):
    found = text("tdmrep", f'[{{"location": "/", "tdm-reservation": {value}}}]')
    assert brief(found) == [("?", "tdm-reservation")]


def test_a_rule_without_a_value_declares_nothing_and_a_policy_counts_only_beside_a_reservation():
    assert brief(text("tdmrep", '[{"location": "/"}]')) == [("?", "tdm-reservation")]
    (only,) = said(text("tdmrep", f'[{{"location": "/", "tdm-reservation": 0, "tdm-policy": "{POLICY}"}}]'))
    assert only == ("tdm-open", "tdm-reservation", "location: / · tdm-reservation: 0")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('[{"location": "/", "tdm-reservation": 1}', "broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ("", "broken JSON"),
        ('{"location": "/", "tdm-reservation": 1}', "no array"),
        ("[1, 2]", "no array"),
        ('[{"tdm-reservation": 1}]', "names no location"),
        ("<!doctype html><html></html>", "HTML page"),
    ],
)
def test_what_is_no_such_file_is_unreadable(body, why):
    refused = reading("tdmrep", body)
    assert (refused.text, refused.verdict.doubt) == (None, Doubt.UNREADABLE)
    assert why in refused.verdict.detail


def page(head: str = "", **headers: str) -> list[tuple[str, str, str]]:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return said(text("tags", f"<html><head>{head}</head></html>", media="text/html", headers=named))


def test_headers_declare_for_their_page():
    assert page(tdm_reservation="1", tdm_policy=POLICY) == [
        ("tdm-reserved", "tdm-reservation", f"tdm-reservation: 1 · tdm-policy: {POLICY}")
    ]
    assert page(tdm_reservation="0")[0][0] == "tdm-open"
    assert page(tdm_reservation="yes")[0][0] == "?"
    assert page(tdm_policy=POLICY) == []


def test_what_the_page_itself_says_holds_before_its_headers():
    meta = '<meta name="TDM-Reservation" content="1"><meta name="tdm-policy" content="https://x.example/p">'
    assert page(meta, tdm_reservation="0") == [
        ("tdm-reserved", "tdm-reservation", "meta · tdm-reservation: 1 · tdm-policy: https://x.example/p")
    ]

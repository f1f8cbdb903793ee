"""Nobody is flooded through the forms, and no form is too long for the server."""

from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.requests import Request

from tests.web.test_subscribing import ANNA, FORM
from watcher.errors import TooOftenError
from watcher.model.alert import Subscriber
from watcher.web.forms import network


def test_a_mailbox_gets_three_mails_a_day_however_its_address_is_written(browse, letters, clock):
    ways = [ANNA, "Anna+1@reader.example", "a.n.n.a@reader.example"]
    assert [browse.post("/subscribe", data=FORM | {"address": way}).status_code for way in ways] == [200] * 3
    for path in ("/subscribe", "/link"):
        answer = browse.post(path, data=FORM | {"address": "anna+2@reader.example"})
        assert answer.status_code == 429
        assert answer.headers["retry-after"] == str(24 * 3600)
        assert "Please wait a little" in answer.text and "about 24 hours" in answer.text
    assert len(letters()) == 3
    assert browse.post("/subscribe", data=FORM | {"address": "bo@reader.example"}).status_code == 200
    clock.at += timedelta(days=1)
    assert browse.post("/subscribe", data=FORM).status_code == 200


def test_one_network_sends_twenty_forms_an_hour_of_whichever_kind(browse, letters, clock):
    for number in range(20):
        data = {"platform": "Tonhafen"} if number % 2 else FORM | {"address": f"a{number}@reader.example"}
        assert browse.post("/suggest" if number % 2 else "/subscribe", data=data).status_code == 200
    answer = browse.post("/it/subscribe", data=FORM)
    assert answer.status_code == 429 and answer.headers["retry-after"] == "3600"
    assert "Riprova fra 60 minuti" in answer.text
    assert len(letters()) == 10
    assert browse.post("/suggest", data={"platform": "x"}).status_code == 429
    clock.at += timedelta(hours=1)
    assert browse.post("/subscribe", data=FORM).status_code == 200


def test_the_page_says_what_was_used_up_and_of_mails_only_where_there_are_any(browse, letters):
    def post(path, number=0):
        return browse.post(path, data=FORM | {"platform": "x", "address": f"a{number}@reader.example"}).text

    mailbox, network, either = "in a day, so that", "from your network, which", "or from your network"
    said = [post("/link") for _ in range(4)][-1]
    assert mailbox in said and "check your spam folder" in said
    for number in range(17):
        post("/suggest", number)
    for path in ("/suggest", "/it/suggest"):
        said = post(path)
        assert ("rete, che forse" if path.startswith("/it") else network) in said
        assert "spam" not in said and "stranger" not in said and "estrane" not in said
    said = post("/subscribe", 99)
    assert either in said and mailbox not in said


def test_leaving_and_confirming_have_no_limit(browse, store, site, letters):
    browse.post("/subscribe", data=FORM)
    for _ in range(25):
        assert browse.get("/subscribe").status_code == 200
        assert browse.post("/unsubscribe/x").status_code == 400


def test_the_limits_count_for_every_server_on_the_database(site):
    reception = site.reception
    for number in range(20):
        reception.ask(Subscriber(f"a{number}@reader.example"), "192.0.2.0/24")
    with pytest.raises(TooOftenError) as refused:
        replace(site).reception.ask(Subscriber(ANNA), "192.0.2.0/24")
    assert refused.value.after == timedelta(hours=1)
    reception.ask(Subscriber(ANNA), "198.51.100.0/24")


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_what_one_provider_gives_one_reader_counts_as_one_place(host, place):
    client = None if host is None else (host, 1)
    assert network(Request({"type": "http", "client": client})) == place


@pytest.mark.parametrize("path", ["/subscribe", "/link", "/suggest"])
def test_a_megabyte_is_refused_whether_its_length_is_told_or_not(browse, letters, path):
    long = {"address": "a" * 1_000_000, "platform": "a" * 1_000_000}
    assert browse.post(path, data=long).status_code == 413

    def pieces():
        yield b"address="
        for _ in range(100):
            yield b"a" * 10_000

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = browse.post(path, content=pieces(), headers=form)
    assert answer.status_code == 413 and "This is too long" in answer.text
    assert letters() == []


def test_a_file_or_broken_multipart_is_refused(browse):
    assert browse.post("/subscribe", files={"address": ("a.txt", b"x")}).status_code == 400
    broken = {"Content-Type": "multipart/form-data"}
    assert browse.post("/subscribe", content=b"nonsense", headers=broken).status_code in (400, 422)

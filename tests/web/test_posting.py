"""Letters are handed over while the site is served, and nothing that is logged names anybody."""

import io
import sys
import threading
from datetime import timedelta

import httpx
import pytest
import structlog

from tests.web.served import receiving, serving
from tests.web.test_subscribing import ANNA, FORM
from watcher import log
from watcher.errors import StoreError
from watcher.model.alert import Subscriber
from watcher.posting import Postman


@pytest.fixture
def inbox():
    with receiving() as server:
        yield server


@pytest.fixture
def site(tmp_path, clock, inbox):
    with serving(tmp_path, clock, inbox[1]) as site:
        yield site


@pytest.fixture
def client(site):
    with httpx.Client(base_url=site.settings.site.base_url, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def told(monkeypatch, caplog):
    """Everything that an operator sees at the most talkative level, once it is asked for."""
    stream = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        log.set_up(verbose=True)
    yield lambda: stream.getvalue() + caplog.text
    structlog.reset_defaults()


def test_the_letter_that_asks_goes_out_at_once_and_where_none_was_written_none_does(client, inbox):
    client.post("/subscribe", data=FORM)
    assert inbox[0].number(1)["To"] == ANNA
    client.post("/link", data={"address": "nobody@reader.example"})
    client.post("/subscribe", data=FORM | {"address": "bo@reader.example"})
    assert inbox[0].number(2)["To"] == "bo@reader.example"


def test_letters_that_wait_when_the_server_begins_are_handed_over_too(tmp_path, clock, inbox):
    with serving(tmp_path, clock, inbox[1]) as site:
        inbox[0].refuse = "451 4.7.1 greylisted, try again later"
        site.reception.ask(Subscriber(ANNA), "n")
    inbox[0].refuse = ""
    clock.at += timedelta(hours=1)  # the first server may have tried, and waits before it tries again
    with serving(tmp_path, clock, inbox[1]):
        assert inbox[0].number(1)["To"] == ANNA


@pytest.mark.parametrize("error", [StoreError("disk full"), RuntimeError(ANNA)])
def test_a_failure_of_one_look_does_not_end_the_work(told, site, clock, error):
    looks, again = [], threading.Event()

    def tidy() -> None:
        looks.append(1)
        if len(looks) == 1:
            postman.wake()
            raise error
        again.set()

    postman = Postman(site.settings, site.store, clock, tidy)
    with postman:
        assert again.wait(60)
    said = told()
    assert "letters wait" in said and "anna" not in said


def test_no_log_names_an_address_or_a_link_whatever_goes_wrong(told, site, client, inbox, monkeypatch):
    inbox[0].refuse = f"550 5.1.1 <{ANNA}>: no such recipient"
    client.post("/subscribe", data=FORM)
    client.get("/confirm/secret-token")
    client.get(f"/{ANNA}")
    monkeypatch.setattr(site.store.requests, "ask", _quoting)
    monkeypatch.setattr(site.store.subscribers, "by_id", _quoting)
    assert client.post("/subscribe", data=FORM).status_code == 500
    token = site.signer.sign("preferences", {"id": "a" * 32})
    assert client.post(f"/preferences/{token}", data=FORM).status_code == 500
    said = told()
    assert said.count("a request failed by a mistake of the program") == 2
    assert "RuntimeError" in said and "/preferences/{token}" in said and "_quoting" in said
    for secret in ("anna", "reader.example", token, "secret-token"):
        assert secret not in said, secret


def _quoting(*_: object) -> None:
    raise RuntimeError(f"cannot keep {ANNA}")


def test_a_failed_statement_of_the_database_does_not_quote_what_it_was_to_keep(store):
    store.subscribers.keep(Subscriber(ANNA, id="a" * 32))
    with pytest.raises(Exception) as failed:
        store.subscribers.keep(Subscriber("bo@reader.example", id="a" * 32))
    assert "UNIQUE" in str(failed.value) and "reader.example" not in str(failed.value)

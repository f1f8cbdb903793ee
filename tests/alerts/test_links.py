"""Addresses that stand in mails."""

from datetime import UTC, datetime

from watcher.alerts.links import Links
from watcher.model.alert import Subscriber
from watcher.signing import Signer

ANNA = Subscriber("anna@reader.example", "it", id="5f2c" * 8)
SIGNER = Signer("k" * 32, lambda: datetime(2026, 3, 14, tzinfo=UTC))
LINKS = Links("https://watcher.example/", SIGNER)


def test_each_language_has_its_folder_and_english_the_root():
    assert LINKS.change("0123456789abcdef", "en") == "https://watcher.example/changes/0123456789abcdef.html"
    assert LINKS.method("it") == "https://watcher.example/it/method.html"


def test_signed_links_name_the_subscriber_by_id_and_never_by_address():
    for purpose, link in (("preferences", LINKS.preferences(ANNA)), ("unsubscribe", LINKS.unsubscribe(ANNA))):
        head, _, token = link.rpartition("/")
        assert head == f"https://watcher.example/it/{purpose}"
        assert SIGNER.open(purpose, token) == {"id": ANNA.id}
        assert "anna" not in link


def test_without_a_place_on_the_web_there_is_no_link_at_all():
    nowhere = Links("", SIGNER)
    assert nowhere.change("0123456789abcdef", "en") == nowhere.unsubscribe(ANNA) == ""

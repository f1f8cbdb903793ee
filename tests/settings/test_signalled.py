"""What is followed of a service besides its documents."""

import pytest

from watcher.errors import ConfigError
from watcher.model.signal import Crawler
from watcher.model.source import Document, Page
from watcher.settings import load

BASE = """
services:
  - name: Wavecrest
    groups: [music]
{service}
    documents:
      - name: Terms of Service
        url: https://wavecrest.example/terms
        schedule: daily
      - name: Privacy Policy
        url: https://wavecrest.example/privacy
signals:
{signals}
"""


def documents(tmp_path, signals: str = "  follow: []", service: str = "") -> dict[str, Document]:
    path = tmp_path / "config.yaml"
    path.write_text(BASE.format(signals=signals, service=service), encoding="utf-8")
    found = load(path, environ={}).documents
    assert [one.name for one in found[:2]] == ["Terms of Service", "Privacy Policy"]
    return {one.key.removeprefix("wavecrest/"): one for one in found[2:]}


def test_nothing_is_followed_unless_it_is_asked_for(tmp_path):
    assert documents(tmp_path) == {}


def test_each_kind_is_a_document_of_the_service_like_its_first_one(tmp_path):
    found = documents(tmp_path, "  follow: [robots, ai-txt, tdmrep, tags, hub]")
    assert {key: (one.kind, one.pages[0].url) for key, one in found.items()} == {
        "robots-txt.wavecrest-example": ("robots", "https://wavecrest.example/robots.txt"),
        "ai-txt.wavecrest-example": ("ai-txt", "https://wavecrest.example/ai.txt"),
        "tdmrep-json.wavecrest-example": ("tdmrep", "https://wavecrest.example/.well-known/tdmrep.json"),
        "page-tags.wavecrest-example-terms": ("tags", "https://wavecrest.example/terms"),
        "legal-hub": ("hub", "https://wavecrest.example/terms"),
    }
    assert {(one.groups, one.schedule, one.source) for one in found.values()} == {
        (("music",), "daily", "operator")
    }


def test_a_service_says_what_is_followed_of_it_and_where(tmp_path):
    service = """
    signals: [robots]
    sites: [https://play.wavecrest.example, https://art.wavecrest.example/x]
    content_pages:
      - https://play.wavecrest.example/anna/song
      - {url: "https://play.wavecrest.example/anna", javascript: true}
    hub: {url: https://wavecrest.example/legal, select: [.documents]}
"""
    found = documents(tmp_path, "  follow: [tdmrep, tags]", service)
    assert sorted(found) == [
        "legal-hub",
        "page-tags.play-wavecrest-example-anna",
        "page-tags.play-wavecrest-example-anna-song",
        "robots-txt.art-wavecrest-example",
        "robots-txt.play-wavecrest-example",
    ]
    assert found["legal-hub"].pages == (Page("https://wavecrest.example/legal", (".documents",)),)
    assert found["page-tags.play-wavecrest-example-anna"].pages[0].javascript


def test_a_service_switches_off_what_stands_at_the_top(tmp_path):
    assert documents(tmp_path, "  follow: [robots, hub]", "    signals: []") == {}


def test_crawlers_of_the_operator_come_with_the_documents(tmp_path):
    own = "  follow: [robots]\n  crawlers:\n    - {name: WaveBot, owner: Wave AI}"
    (robots,) = documents(tmp_path, own).values()
    assert robots.crawlers == (Crawler("WaveBot", "Wave AI", "training"),)


@pytest.mark.parametrize(
    ("signals", "service"),
    [
        ("  follow: [robot]", ""),
        ("  crawlers: [{name: X}]", ""),
        ("  follow: []", "    sites: [wavecrest.example]"),
        ("  follow: []", "    hub: {url: 'https://wavecrest.example/legal', select: ['((']}"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path, signals, service):
    with pytest.raises(ConfigError) as error:
        documents(tmp_path, signals, service)
    assert "config.yaml:" in str(error.value)

"""Whether a feed is what its standard says."""

import json
from pathlib import Path

import feedparser
import jsonschema
from lxml import etree

HERE = Path(__file__).parent


def atom(body: bytes) -> feedparser.FeedParserDict:
    """An Atom feed that its schema (RFC 4287) and a feed reader accept, with what the RFC says beyond a schema."""
    schema = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    schema.assertValid(etree.fromstring(body))
    feed = feedparser.parse(body, response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids), "section 4.1.1: entries of one feed have ids of their own"
    return feed


def json_feed(body: bytes) -> dict:
    """A JSON Feed that its specification accepts."""
    feed = json.loads(body)
    jsonschema.validate(feed, json.loads((HERE / "jsonfeed.schema.json").read_text()))
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    return feed

"""Feeds that feed readers accept, keep, and ask for again without a download."""

from datetime import timedelta
from urllib.parse import urljoin

import pytest
from lxml import etree

from tests.site.markup import Markup
from tests.web import valid
from tests.web.conftest import BASE, LUMALIA, NOW, WAVECREST
from tests.web.filling import add, change, fill, finding, text
from watcher.reporting import report_store
from watcher.site import Frame
from watcher.site.feeds import make, written


@pytest.mark.parametrize("language", ["", "it/"])
@pytest.mark.parametrize("path", ["feeds/changes", "feeds/services/wavecrest", "feeds/services/lumalia"])
def test_every_feed_is_valid_in_both_languages_and_forms(filled_browse, language, path):
    answer = filled_browse.get(f"/{language}{path}.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    atom = valid.atom(answer.content)
    answer = filled_browse.get(f"/{language}{path}.json")
    assert answer.headers["content-type"] == "application/feed+json"
    plain = valid.json_feed(answer.content)
    assert [entry.id for entry in atom.entries] == [item["id"] for item in plain["items"]] != []
    assert atom.feed.language == plain["language"] == (language.rstrip("/") or "en")
    assert atom.feed.links[0].href == f"{BASE}/{language}{path}.atom"
    assert all(entry.link.startswith(f"{BASE}/{language}changes/") for entry in atom.entries)


def test_the_latest_comes_first_and_tells_what_happened_with_the_words(filled_browse):
    feed = valid.atom(filled_browse.get("/feeds/changes.atom").content)
    assert [entry.updated for entry in feed.entries] == sorted(
        (e.updated for e in feed.entries), reverse=True
    )
    last = feed.entries[-1]
    assert last.title == "Wavecrest may now use what you upload to train AI."
    assert "<ins>" in last.content[0].value and last.published == "2026-01-23T09:30:00Z"
    assert {tag.term for tag in last.tags} == {"Wavecrest", "training_grant"}


@pytest.mark.parametrize(
    ("query", "services"),
    [
        ("service=lumalia", ["Lumalia"]),
        ("group=music", ["Wavecrest", "Wavecrest"]),
        ("category=training_grant", ["Wavecrest"]),
        ("severity=critical", ["Wavecrest"]),
        ("q=research+partners", ["Wavecrest"]),
        ("q=%22generative+music%22&category=training_grant", []),
        ("change=removed", ["Lumalia"]),
    ],
)
def test_a_feed_of_any_filter_or_search(filled_browse, query, services):
    feed = valid.atom(filled_browse.get(f"/feeds/changes.atom?{query}").content)
    assert [entry.tags[0].term for entry in feed.entries] == services
    assert (
        feed.feed.links[0].href
        == f"{BASE}/feeds/changes.atom?{query.replace('severity=critical', 'severity=critical')}"
        or "&" in query
    )
    valid.json_feed(filled_browse.get(f"/feeds/changes.json?{query}").content)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("category=nope", "There is no category called “nope”."),
        ("change=nope", "There is no kind of change called “nope”."),
        ("change=removed&change=nope", "There is no kind of change called “nope”."),
        ("severity=nope", "There is no severity called “nope”."),
        ("service=nobody", "There is no platform called “nobody” here."),
        ("service=lumalia&service=nobody", "There is no platform called “nobody” here."),
        ("group=wood", "There is no kind of platform called “wood” here."),
        ("type=song", "There is no kind of document called “song” here."),
        ("since=yesterday", "“yesterday” is no date. A date looks like 2026-03-14."),
    ],
)
def test_a_feed_of_what_there_is_not_is_refused_in_a_sentence(filled_browse, query, said):
    for kind in ("atom", "json"):
        answer = filled_browse.get(f"/feeds/changes.{kind}?{query}")
        assert answer.status_code == 400 and said in answer.text
    assert "There is no" not in filled_browse.get(f"/it/feeds/changes.atom?{query}").text


def test_a_category_that_a_pack_made_up_is_known_once_it_was_judged_by(store, browse):
    made_up = finding("sheet_music", "We may print what you upload.", "print")
    add(store, LUMALIA, text("Nothing."), NOW)
    assert browse.get("/feeds/changes.atom?category=sheet_music").status_code == 400
    add(
        store, LUMALIA, text(made_up.quote), NOW + timedelta(days=1), changes=(change("introduced", made_up),)
    )
    feed = valid.atom(browse.get("/feeds/changes.atom?category=sheet_music").content)
    assert len(feed.entries) == 1


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Wavecrest may now use what you upload to train AI."),
        ("?category=training_choice", "New: you can opt out of AI training at Wavecrest."),
        ("?change=removed", "Wavecrest no longer promises not to train AI with what you upload."),
        ("?severity=critical", "Wavecrest may now use what you upload to train AI."),
        ("?q=settings", "New: you can opt out of AI training at Wavecrest."),
        (
            "?change=reworded",
            "Wavecrest words payment for use with AI differently; the meaning did not change.",
        ),
    ],
)
def test_an_entry_is_headed_by_the_change_that_the_feed_is_limited_to(store, browse, query, title):
    grant = finding("training_grant", "We may train AI on what you upload.", "train", "critical")
    choice = finding("training_choice", "You may refuse AI training in your settings.", "refuse", "medium")
    promise = finding("training_commitment", "We will not train AI on your voice.", "train", "medium")
    paid = finding("ai_remuneration", "You are paid when AI uses your work.", "paid", "low")
    add(store, WAVECREST, text(promise.quote, "You get paid when AI uses your work."), NOW)
    add(
        store,
        WAVECREST,
        text(grant.quote, choice.quote, paid.quote),
        NOW + timedelta(days=1),
        changes=(
            change("introduced", choice),
            change("reworded", paid, paid, "You get paid when AI uses your work."),
            change("removed", None, promise),
            change("introduced", grant),
        ),
    )
    (entry,) = valid.atom(browse.get(f"/feeds/changes.atom{query}").content).entries
    (item,) = valid.json_feed(browse.get(f"/feeds/changes.json{query}").content)["items"]
    assert entry.title == item["title"] == title
    assert entry.content[0].value.index(title) < 200
    assert "may now use what you upload" in entry.content[0].value


def test_ids_stay_whatever_else_changes_and_each_feed_has_its_own(filled_browse):
    def ids(path: str) -> tuple[str, set[str]]:
        feed = valid.atom(filled_browse.get(path).content)
        return feed.feed.id, {entry.id for entry in feed.entries}

    everything, entries = ids("/feeds/changes.atom")
    one, some = ids("/feeds/services/wavecrest.atom")
    italian, translated = ids("/it/feeds/changes.atom")
    assert some < entries and not entries & translated
    assert len({everything, one, italian, ids("/feeds/changes.atom?group=music")[0]}) == 4
    again = [ids(f"/feeds/changes.atom?{q}")[0] for q in ("group=music&q=train", "q=train&group=music&x=1")]
    assert again[0] == again[1]


def test_a_client_that_has_the_feed_downloads_nothing(store, browse):
    fill(store)
    first = browse.get("/feeds/changes.atom")
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert modified == "Thu, 12 Feb 2026 09:30:00 GMT"
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
    ):
        again = browse.get("/feeds/changes.atom", headers=headers)
        assert (again.status_code, again.content) == (304, b""), headers
        assert again.headers["etag"] == tag
    for headers in (
        {"If-None-Match": '"other"', "If-Modified-Since": modified},
        {"If-Modified-Since": "Wed, 11 Feb 2026 09:30:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert browse.get("/feeds/changes.atom", headers=headers).status_code == 200
    more = finding("training_grant", "We now train on everything you ever upload.", "train")
    add(store, WAVECREST, text(more.quote), NOW, changes=(change("introduced", more),))
    assert browse.get("/feeds/changes.atom", headers={"If-None-Match": tag}).status_code == 200
    assert browse.head("/feeds/changes.atom").status_code == 200


def test_a_feed_without_a_change_is_valid(browse):
    feed = valid.atom(browse.get("/feeds/changes.atom").content)
    assert feed.entries == [] and feed.feed.updated == "1970-01-01T00:00:00Z"
    valid.json_feed(browse.get("/feeds/changes.json").content)


@pytest.mark.parametrize(
    "path",
    ["/feeds/services/nobody.atom", "/feeds/changes.rss", "/de/feeds/changes.atom", "/en/feeds/changes.json"],
)
def test_there_is_no_such_feed(browse, path):
    assert browse.get(path).status_code == 404


def test_words_of_a_platform_become_no_markup_and_no_broken_xml(store, browse):
    evil = finding(
        "training_grant",
        "We train ]]> <script>alert(1)</script> \x0b\x1b \ufffe & AI on what you upload.",
        "train",
    )
    add(store, LUMALIA, text("Nothing."), NOW)
    add(store, LUMALIA, text(evil.quote), NOW + timedelta(days=1), changes=(change("introduced", evil),))
    feed = valid.atom(browse.get("/feeds/changes.atom").content)
    assert "<script" not in feed.entries[0].content[0].value
    body = browse.get("/feeds/changes.atom").text
    assert "&lt;script&gt;alert" not in body.replace("&amp;lt;", "")
    valid.json_feed(browse.get("/feeds/changes.json").content)


def test_pages_name_their_feeds_for_readers_that_look_for_them(filled_browse):
    for path in ("/search", "/it/search?q=rights"):
        page = Markup(filled_browse.get(path).text)
        links = [
            e.attributes
            for e in page.all("link")
            if e.attributes.get("rel") == "alternate" and "title" in e.attributes
        ]
        assert {link["type"] for link in links} == {"application/atom+xml", "application/feed+json"}
        for link in links:
            assert filled_browse.get(urljoin(path, link["href"])).status_code == 200


def test_the_report_on_disk_has_the_same_feeds(store, tmp_path):
    fill(store)
    for folder, base in (("on-disk", ""), ("on-the-web", BASE)):
        report_store(store, tmp_path / folder, now=NOW, base_url=base)
        for language in ("", "it/"):
            for path, count in (("changes", 3), ("services/wavecrest", 2), ("services/lumalia", 1)):
                file = tmp_path / folder / f"{language}feeds/{path}.atom"
                feed = valid.atom(file.read_bytes())
                assert len(feed.entries) == count
                if not base:
                    href = etree.fromstring(file.read_bytes()).find(".//{*}entry/{*}link").attrib["href"]
                    assert (file.parent / href).is_file()
                valid.json_feed(file.with_suffix(".json").read_bytes())


def test_a_feed_on_disk_needs_no_address():
    frame = Frame("Terms Watcher")
    feed = make((), "feeds/changes.atom", "it", frame, None)
    valid.atom(written(feed, "atom"))
    valid.json_feed(written(feed, "json"))

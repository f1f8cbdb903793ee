"""Lists whole: page by page, as files, while the archive grows, and whatever stands in the texts."""

import csv
import io
import json
import re
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.conftest import BASE, LUMALIA, NOW, WAVECREST, Clock, make_site, opened, served
from tests.web.filling import add, change, fill, finding, text
from watcher.model.source import Document, Page
from watcher.site import Frame
from watcher.web.api.bulk import csv_parts, json_parts
from watcher.web.api.links import Links
from watcher.web.api.making import Maker
from watcher.web.api.shapes import Finding, Reading

ROOT = "/api/v1"
NOISE = [f"Paragraph {number} speaks of machine rooms." for number in range(12)]


def grow(store) -> None:
    """Six more versions, each with one thing more that it says, and documents that say nothing."""
    fill(store)
    store.archive.remember([replace(LUMALIA, name=f"Annex {number}") for number in range(4)])
    said = []
    for number in range(6):
        category = "training_grant" if number % 2 else "voice_likeness"
        said.append(finding(category, f"We may use take {number} to train AI.", "train"))
        add(
            store,
            WAVECREST,
            text(*NOISE[:number], *(each.quote for each in said)),
            NOW - timedelta(days=20 - number),
            changes=(change("introduced", said[-1]),),
            says=tuple(said),
        )


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A grown archive that no test changes."""
    folder = tmp_path_factory.mktemp("grown")
    with opened(folder) as store:
        grow(store)
        with (
            served(make_site(store, Clock(), folder)) as address,
            httpx.Client(base_url=address, timeout=30, trust_env=False) as client,
        ):
            yield client


def walk(browse, path: str, between=lambda: None) -> list[dict]:
    """All items of a list, `next` after `next`."""
    items, address = [], f"{ROOT}/{path}"
    while address:
        answer = browse.get(address)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", "")) or [None, None]
        assert link[1] == page["next"]
        items += page["items"]
        address = (page["next"] or "").removeprefix(BASE)
        between()
    return items


VERSIONS = "documents/wavecrest/terms-of-use/versions"
LISTS = [
    "changes", "changes?q=take&severity=high", "findings", "findings?category=voice_likeness", "findings/history",
    "findings/history?language=en&group=music", "services", "documents", "statuses", "search?q=machine",
    VERSIONS, "services/lumalia/documents",
    "documents/wavecrest/terms-of-use/versions/9/findings",
]  # fmt: skip


@pytest.mark.parametrize("path", LISTS)
def test_page_by_page_everything_comes_exactly_once(full, path):
    sign = "&" if "?" in path else "?"
    whole = walk(full, f"{path}{sign}limit=200")
    ids = [one["id"] for one in whole]
    assert len(ids) == len(set(ids)) >= 2
    for size in (2, len(ids)):
        assert walk(full, f"{path}{sign}limit={size}") == whole


@pytest.mark.parametrize(
    "path",
    ["changes", "changes?q=take", "findings", "findings/history", "statuses", "search?q=machine", VERSIONS],
)
def test_what_comes_in_between_hides_and_repeats_nothing(browse, store, clock, path):
    grow(store)
    sign = "&" if "?" in path else "?"
    before = [one["id"] for one in walk(browse, f"{path}{sign}limit=200")]
    came = []

    def more():
        clock.at += timedelta(minutes=1)
        new = finding("voice_likeness", f"We may use your voice, take {len(came)}.", "voice")
        came.append(new)
        add(
            store,
            WAVECREST,
            text(new.quote, *NOISE[:3], f"{len(came)} machine"),
            clock.at,
            changes=(change("introduced", new),),
            says=(new,),
        )
        clock.at += timedelta(minutes=1)

    met = [one["id"] for one in walk(browse, f"{path}{sign}limit={max(1, len(before) // 4)}", more)]
    assert met == before and came


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("changes", "changes"),
        ("changes", "changes?group=music&q=take"),
        ("findings", "findings"),
        ("findings", "findings?date=2026-02-25&severity=high"),
        ("findings/history", "findings/history"),
        ("findings/history", "findings/history?category=voice_likeness"),
    ],
)
def test_a_file_holds_what_the_list_gives_page_by_page(full, file, path):
    query = urlsplit(path).query
    listed = walk(full, f"{path}{'&' if query else '?'}limit=7")
    answer = full.get(f"{ROOT}/{file}.jsonl?{query}")
    assert answer.headers["content-type"] == "application/jsonl"
    assert [json.loads(line) for line in answer.text.splitlines()] == listed != []
    assert answer.content.endswith(b"\n")
    answer = full.get(f"{ROOT}/{file}.csv?{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    name = f"{file.replace('/', '-')}-2026-03-14.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["id"], row["quote"], row["document.id"]) for row in rows] == [
        (one["id"], one["quote"], one["document"]["id"]) for one in listed
    ]


FORMULA = '=HYPERLINK("https://evil.example";"train")'
HOSTILE = [
    FORMULA, "+1+train", "-1 train", "@SUM(train)", '<script>alert("train")</script>', "javascript:train()",
    'train, "quoted"\nand\r\nbroken; \u202eniart\u202c \x00\x07', "＝train", "train 🎵 città",
]  # fmt: skip


def test_hostile_words_stay_words_in_every_form(store, browse):
    add(store, LUMALIA, text("Be kind."), NOW - timedelta(days=2))
    said = tuple(finding("training_grant", words, "train" if "train" in words else "") for words in HOSTILE)
    told = tuple(change("introduced", one, previous=FORMULA) for one in said)
    evil = Document('=cmd|"x"', "<b>Terms</b>", (Page("javascript:alert(1)"),), groups=("=1+1",))
    store.archive.remember([evil])
    add(store, evil, text("Be kind."), NOW - timedelta(days=2))
    add(store, evil, text(*HOSTILE), NOW - timedelta(days=1), says=said, changes=told)

    for path in ("findings", "changes", "findings/history"):
        listed = [one["quote"] for one in walk(browse, path)]
        assert listed == HOSTILE
        answer = browse.get(f"{ROOT}/{path}.csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode(), newline="")))
        assert len(rows) == len(HOSTILE)
        for row, words in zip(rows, HOSTILE, strict=True):
            assert row["quote"].removeprefix("'") == words
            for cell in row.values():
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert len(browse.get(f"{ROOT}/{path}.jsonl").content.splitlines()) == len(HOSTILE)
    document = browse.get(f"{ROOT}/documents?service=cmd-x").json()["items"][0]
    assert document["service"] == '=cmd|"x"' and document["sources"] == ["javascript:alert(1)"]
    markdown = browse.get(f"{ROOT}/{document['current']['url'].partition(f'{ROOT}/')[2]}/text.md")
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "sandbox" in markdown.headers["content-security-policy"]


def test_halves_of_characters_that_no_file_can_hold_become_question_marks():
    said = Reading.model_validate(finding("training_grant", "train \ud83c here", "train"))
    assert json.loads(said.model_dump_json())["quote"] == "train ? here"


def test_a_site_without_an_address_of_its_own_names_paths(site, store):
    fill(store)
    make = Maker(Links(Frame("Terms Watcher")))
    record = next(store.records.history())
    assert make.finding(record).url == f"{ROOT}/documents/wavecrest/terms-of-use/versions/3/findings/1"
    assert make.finding(record).page.startswith("/documents/wavecrest--terms-of-use/v3.html#c-")


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_file_takes_the_same_memory_however_long_it_is(store, kind):
    fill(store)
    make = Maker(Links(Frame("Terms Watcher", BASE)))
    record = next(store.records.history())

    def peak(count: int) -> int:
        items = (make.finding(record) for _ in range(count))
        tracemalloc.start()
        for _ in csv_parts(Finding, items) if kind == "csv" else json_parts(items):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(200)
    assert peak(1_600) < 1.2 * peak(400)


def test_very_many_findings_and_changes_are_read_in_parts(store):
    quotes = [f"We may train on part {number}." for number in range(2_100)]
    said = tuple(finding("training_grant", words, "train") for words in quotes)
    add(store, WAVECREST, text("Be kind."), NOW - timedelta(days=2))
    add(store, WAVECREST, text(*quotes), NOW, says=said)
    assert [one.finding.quote for one in store.records.history()] == quotes
    assert [one.finding.quote for one in store.records.standing(NOW)] == quotes
    late = store.records.standing(NOW, after=(WAVECREST.key, 2_090))
    assert [one.position for one in late] == list(range(2_091, 2_100))
    told = tuple(change("introduced", one) for one in said[:600])
    grow(store)
    add(store, WAVECREST, text(*quotes[:600]), NOW + timedelta(days=1), changes=told)
    changes = list(store.records.changes())
    assert [one.position for one in changes[:600]] == list(range(600))
    assert len(changes) == len({one.place for one in changes}) == 600 + 3 + 6
    assert list(store.records.changes(part=7)) == changes
    assert list(store.records.changes(after=changes[598].place)) == changes[599:]

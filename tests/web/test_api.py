"""The API: what it answers, how it narrows, what it says to wrong questions, and what clients need not ask twice."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
import structlog

from tests.web.conftest import BASE, NOW, WAVECREST
from tests.web.filling import PARTNERS, TRAIN, add, change, fill, finding, text
from watcher.errors import CostlyError
from watcher.model.note import Withdrawal

ROOT = "/api/v1"
TERMS = f"{ROOT}/documents/wavecrest/terms-of-use"


@pytest.fixture
def ask(filled_browse):
    def ask(path: str, **parameters):
        answer = filled_browse.get(f"{ROOT}/{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/json"
        return answer.json()

    return ask


def local(address: str) -> str:
    """An address in an answer as the path that the test's server knows."""
    assert address.startswith(f"{BASE}/")
    return address.removeprefix(BASE).partition("#")[0]


def addresses(whole):
    """Every address that an answer names."""
    match whole:
        case dict():
            for name, value in whole.items():
                if isinstance(value, str) and value.startswith(BASE):
                    yield name, value
                else:
                    yield from addresses(value)
        case list():
            for value in whole:
                yield from addresses(value)


def test_from_its_root_everything_is_found_and_every_address_named_is_alive(filled_browse):
    assert filled_browse.get(ROOT, follow_redirects=True).status_code == 200
    home = filled_browse.get(f"{ROOT}/").json()
    assert home["title"] == "Terms Watcher"
    seen: dict[str, str] = {f"{BASE}{ROOT}/": "root"}
    waiting = [address for _, address in addresses(home)]
    assert len(waiting) == 9
    while waiting:
        address = waiting.pop()
        if address.partition("#")[0] in seen:
            continue
        path = local(address) + ("?q=machine" if address == home["search"] else "")
        answer = filled_browse.get(path)
        assert answer.status_code == 200, address
        seen[address.partition("#")[0]] = answer.headers["content-type"]
        if path.startswith(ROOT) and answer.headers["content-type"] == "application/json":
            if not path.endswith("openapi.json"):
                waiting += [named for _, named in addresses(answer.json())]
        elif "#c-" in address:
            assert f'id="{address.partition("#")[2]}"' in answer.text
    assert {"text/html; charset=utf-8", "application/zip", "text/markdown; charset=utf-8"} <= set(
        seen.values()
    )


def test_a_document_tells_its_current_version_and_its_versions_the_latest_first(ask):
    one = ask("documents/wavecrest/terms-of-use")
    assert one["id"] == WAVECREST.key and one["sources"] == ["https://wavecrest.example/terms"]
    assert one["versions"] == one["current"]["number"] == 3
    assert one["tracking"]["failures"] == 0
    listed = ask("documents/wavecrest/terms-of-use/versions")["items"]
    assert [each["number"] for each in listed] == [3, 2, 1]
    assert listed[0]["seen_at"] == "2026-02-02T09:30:00Z"
    assert listed[0]["evidence"][0]["source"] == "https://wavecrest.example/terms"
    assert listed[2]["comparison"] is None
    assert listed[0] == ask("documents/wavecrest/terms-of-use/versions/3")


def test_the_text_of_a_version_comes_clause_by_clause_and_as_markdown(ask, filled_browse):
    whole = ask("documents/wavecrest/terms-of-use/versions/2/text")
    assert [(one["kind"], one["text"]) for one in whole["clauses"]][:3] == [
        ("heading", "Your content"),
        ("paragraph", "You keep all rights in what you upload."),
        ("paragraph", TRAIN),
    ]
    assert whole["clauses"][2]["path"] == ["Your content"]
    assert whole["sha256"] == ask("documents/wavecrest/terms-of-use/versions/2")["text"]
    markdown = filled_browse.get(f"{TERMS}/versions/2/text.md")
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert markdown.text.startswith("## Your content\n\n") and TRAIN in markdown.text
    assert "sandbox" in markdown.headers["content-security-policy"]


def test_a_change_carries_both_wordings_its_reading_and_its_proof(ask):
    one = ask("changes", category="training_grant")["items"][0]
    assert one["headline"] == "Wavecrest may now use what you upload to train AI."
    assert one["quote"] == TRAIN and one["previous"].startswith("You allow us")
    assert (one["old"]["number"], one["new"]["number"], one["rule"], one["pack"]) == (
        1, 2, "en-training-grant-1", "ai-en 3",
    )  # fmt: skip
    assert one["now"]["cues"] == [{"start": 55, "end": 60, "label": "training"}]
    assert one["seen_at"] == one["updated_at"] == "2026-01-23T09:30:00Z"
    assert ask(f"changes/{one['id']}") == one


def test_findings_tell_since_when_and_history_keeps_what_is_gone(ask):
    grant, share = ask("findings")["items"]
    assert (grant["category"], grant["since"], grant["version"]["number"]) == (
        "training_grant", "2026-01-23T09:30:00Z", 3,
    )  # fmt: skip
    assert share["quote"] == PARTNERS and share["current"]
    ever = [(one["document"]["id"], one["version"]["number"], one["current"]) for one in history(ask)]
    assert ever == [
        ("wavecrest/terms-of-use", 3, True),
        ("wavecrest/terms-of-use", 3, True),
        ("wavecrest/terms-of-use", 2, False),
        ("lumalia/terms", 1, False),
    ]
    plain = {name: value for name, value in share.items() if "since" not in name and name != "first_seen"}
    assert ask("documents/wavecrest/terms-of-use/versions/3/findings/2") == plain
    assert [one["id"] for one in ask("documents/wavecrest/terms-of-use/versions/3/findings")["items"]] == [
        grant["id"], share["id"],
    ]  # fmt: skip


def history(ask, **filters):
    return ask("findings/history", **filters)["items"]


def test_statuses_say_who_said_what_as_of_a_day(ask):
    now = {one["id"]: one for one in ask("statuses")["items"]}
    assert now["lumalia"]["read"] and now["lumalia"]["says"] == []
    assert [(one["category"], one["stance"]) for one in now["wavecrest"]["says"]] == [
        ("training_grant", "permits"), ("third_party_training", "permits"),
    ]  # fmt: skip
    then = ask("statuses", date="2026-01-20")
    assert then["as_of"] == "2026-01-20T23:59:59.999999Z"
    before = {one["id"]: one["says"] for one in then["items"]}
    assert [one["stance"] for one in before["lumalia"]] == ["forbids others"] and before["wavecrest"] == []
    first = {one["id"]: one["read"] for one in ask("statuses", date="2026-01-14")["items"]}
    assert first == {"lumalia": False, "wavecrest": True}


def test_a_search_tells_since_when_words_stand(ask):
    found = ask("search", q='"machine learning"')
    assert found["total"] == 2 and not found["bounded"]
    assert found["first_seen"] == "2026-01-18T09:30:00Z" and found["last_seen"] is None
    gone = ask("search", q="lumalia")
    assert gone["last_seen"] == "2026-02-12T09:30:00Z" and not gone["items"][0]["stands"]


@pytest.mark.parametrize(
    ("path", "filters", "count"),
    [
        ("services", {"group": "music"}, 1),
        ("services", {"service": ["wavecrest", "lumalia"]}, 2),
        ("documents", {"service": "Wavecrest"}, 1),
        ("documents", {"type": "terms"}, 1),
        ("documents", {"document": "lumalia/terms"}, 1),
        ("changes", {}, 3),
        ("changes", {"service": "lumalia"}, 1),
        ("changes", {"group": "music"}, 2),
        ("changes", {"group": "music", "service": "lumalia"}, 0),
        ("changes", {"type": "terms-of-use"}, 2),
        ("changes", {"document": "lumalia/terms"}, 1),
        ("changes", {"category": ["training_grant", "training_restriction"]}, 2),
        ("changes", {"change": "removed"}, 1),
        ("changes", {"change": ["removed", "introduced"]}, 3),
        ("changes", {"severity": "high"}, 2),
        ("changes", {"severity": "critical"}, 1),
        ("changes", {"language": "en"}, 3),
        ("changes", {"language": "it"}, 0),
        ("changes", {"since": "2026-02-02"}, 2),
        ("changes", {"since": "2026-02-03"}, 1),
        ("changes", {"until": "2026-01-23"}, 1),
        ("changes", {"until": "2026-01-22"}, 0),
        ("changes", {"until": "9999-12-31"}, 3),
        ("changes", {"q": "research partners"}, 1),
        ("changes", {"q": '"so that we can run"'}, 1),
        ("changes", {"q": "machine", "service": "wavecrest"}, 1),
        ("findings", {}, 2),
        ("findings", {"category": "third_party_training"}, 1),
        ("findings", {"severity": "critical"}, 1),
        ("findings", {"language": "it"}, 0),
        ("findings", {"since": "2026-01-24"}, 1),
        ("findings", {"until": "2026-01-23"}, 1),
        ("findings", {"date": "2026-01-25"}, 2),
        ("findings", {"date": "2026-01-25", "group": "images"}, 1),
        ("findings", {"service": "lumalia"}, 0),
        ("findings/history", {"group": "images"}, 1),
        ("findings/history", {"until": "2026-01-23"}, 2),
        ("findings/history", {"category": "training_grant", "severity": "critical"}, 2),
        ("findings/history", {"type": "terms"}, 1),
        ("statuses", {"group": "images"}, 1),
        ("search", {"q": "rights"}, 2),
        ("search", {"q": "rights", "group": "images"}, 1),
        ("search", {"q": "machine", "category": "training_restriction"}, 1),
        ("search", {"q": "run", "since": "2026-01-24"}, 0),
        ("search", {"q": "run", "until": "2026-01-13"}, 1),
    ],
)
def test_filters_narrow_and_several_values_of_one_widen(ask, path, filters, count):
    assert len(ask(path, **filters)["items"]) == count


def test_those_of_one_new_version_are_asked_for_by_their_event(ask):
    one = ask("changes")["items"][0]
    assert ask("changes", event=one["event"])["items"] == [one]


@pytest.mark.parametrize(
    ("path", "parameter", "words"),
    [
        ("changes?since=yesterday", "since", "A date looks like 2026-03-14."),
        ("changes?since=1700000000", "since", "A date looks like 2026-03-14."),
        ("changes?since=2026-02-30", "since", "day"),
        ("changes?since=", "since", "A date looks like 2026-03-14."),
        ("changes?since=2026-02-02&until=2026-02-01", "until", "It is before `since`."),
        ("changes?severity=awful", "severity", "'low', 'medium', 'high' or 'critical'"),
        ("changes?change=worse", "change", "'introduced'"),
        ("changes?category=nope", "category", "There is no category called “nope”."),
        ("changes.csv?category=training_grant&category=nope", "category", "“nope”"),
        ("changes?service=nobody", "service", "There is no platform called “nobody” here."),
        ("services?group=wood", "group", "There is no kind of platform called “wood” here."),
        ("documents?type=song", "type", "There is no kind of document called “song” here."),
        (
            "findings?document=wavecrest/nope",
            "document",
            "There is no document called “wavecrest/nope” here.",
        ),
        ("findings.csv?language=eng", "language", "There is no language called “eng”."),
        ("statuses?category=nope", "category", "There is no category called “nope”."),
        ("search?q=rights&service=nobody", "service", "“nobody”"),
        (
            "changes?event=0123456789abcdef",
            "event",
            "There is no new version called “0123456789abcdef” here.",
        ),
        ("changes?platform=wavecrest", "platform", "service"),
        ("changes?severity=low&severity=high", "severity", "more than once"),
        ("changes?limit=0", "limit", "greater than or equal to 1"),
        ("changes?limit=1000", "limit", "200"),
        ("changes?limit=many", "limit", "integer"),
        ("changes?after=nonsense", "after", "Take it from `next`"),
        ("findings?after=W10", "after", "Take it from `next`"),
        ("changes?q=***", "q", "no letter and no digit"),
        ("changes?q=", "q", "at least 1 character"),
        ("changes?event=x", "event", "pattern"),
        ("search", "q", "It is needed."),
        ("search?q=" + "w" * 301, "q", "300"),
        ("search?q=a+b+c+d+e+f+g+h+i+j+k+l+m", "q", "12 words or phrases"),
        ("statuses?date=2026", "date", "A date looks like"),
        ("documents/wavecrest/terms-of-use?x=1", "x", "Nothing can be asked here."),
        ("changes.csv?limit=5", "limit", "There is no such parameter."),
    ],
)
def test_a_wrong_question_is_refused_with_what_is_wrong(filled_browse, path, parameter, words):
    answer = filled_browse.get(f"{ROOT}/{path}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["title"]) == (400, "This cannot be done as asked")
    assert told["type"] == f"{BASE}/api#wrong-parameter"
    assert told["instance"] == f"{ROOT}/{path}".partition("?")[0]
    mistake = next(one for one in told["errors"] if one["parameter"].partition(".")[0] == parameter)
    assert words in mistake["detail"] and words in told["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "nope", "services/nobody", "services/nobody/documents", "services/../x", "documents/wavecrest/nope",
        "documents/wavecrest/terms-of-use/versions/4", "documents/wavecrest/terms-of-use/versions/0",
        "documents/wavecrest/terms-of-use/versions/x", "documents/wavecrest/terms-of-use/versions/4/text",
        "documents/wavecrest/terms-of-use/versions/3/findings/3", "changes/0123456789abcdef-1", "changes/x",
        "changes/0123456789abcdef-0", "changes.xml", "findings/now", "a%0Ab", "changes%00", "services/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_as_a_problem(filled_browse, path):
    answer = filled_browse.get(f"{ROOT}/{path}")
    assert answer.status_code == 404
    if ".." not in path:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == f"{BASE}/api#not-found"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(filled_browse, method):
    answer = filled_browse.request(method, f"{ROOT}/changes", content=b"x" * 100_000)
    assert answer.status_code == 405 and "GET" in answer.headers["allow"]
    assert answer.json()["detail"] == "The API is for reading: GET, HEAD and OPTIONS."


def test_every_web_page_may_read_and_none_with_credentials(filled_browse):
    foreign = {"Origin": "https://newsroom.example"}
    for path in ("changes", "nope", "changes.csv", "openapi.json", "changes?x=1"):
        for headers in (foreign, {}):
            answer = filled_browse.get(f"{ROOT}/{path}", headers=headers)
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in answer.headers
            assert "Link" in answer.headers["access-control-expose-headers"]
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    answer = filled_browse.options(f"{ROOT}/changes", headers=foreign | asked)
    assert answer.status_code == 204 and answer.content == b""
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-headers"] == "*"
    for path in ("/", "/subscribe", "/api", "/changes/index.html"):
        assert "access-control-allow-origin" not in filled_browse.get(path, headers=foreign).headers


@pytest.mark.parametrize(
    "path", ["", "changes", "changes.jsonl", "documents/wavecrest/terms-of-use/versions/1/text.md"]
)
def test_a_head_has_the_headers_of_the_whole(filled_browse, path):
    head, whole = filled_browse.head(f"{ROOT}/{path}"), filled_browse.get(f"{ROOT}/{path}")
    assert head.status_code == 200 and head.content == b""
    varying = {"date", "transfer-encoding"}
    assert {n: v for n, v in head.headers.items() if n not in varying} == {
        name: value for name, value in whole.headers.items() if name not in varying
    }


def test_it_stays_behind_the_site_s_guard(filled_browse):
    headers = filled_browse.get(f"{ROOT}/changes").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"] and "noindex" in headers["x-robots-tag"]


PATHS = [
    "", "services", "documents", "documents/wavecrest/terms-of-use", "changes", "findings", "findings/history",
    "statuses", "search?q=machine", "findings.csv", "changes.jsonl", "findings/history.jsonl", "openapi.json",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_client_that_has_an_answer_downloads_nothing(filled_browse, path):
    tag = filled_browse.get(f"{ROOT}/{path}").headers["etag"]
    again = filled_browse.get(f"{ROOT}/{path}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["access-control-allow-origin"] == "*"
    assert filled_browse.get(f"{ROOT}/{path}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_what_has_a_date_of_its_own_can_be_asked_for_by_it(filled_browse):
    one = filled_browse.get(f"{ROOT}/changes?q=research").json()["items"][0]["id"]
    for path in (f"changes/{one}", "documents/wavecrest/terms-of-use/versions/3/text"):
        modified = filled_browse.get(f"{ROOT}/{path}").headers["last-modified"]
        assert modified == "Mon, 02 Feb 2026 09:30:00 GMT"
        for day, status in ((NOW - timedelta(days=40), 304), (NOW - timedelta(days=41), 200)):
            since = {"If-Modified-Since": format_datetime(day, usegmt=True)}
            assert filled_browse.get(f"{ROOT}/{path}", headers=since).status_code == status


def test_a_new_version_makes_answers_new_but_not_those_of_texts(store, browse):
    fill(store)
    lasting = f"{TERMS}/versions/1/text"
    tags = {path: browse.get(path).headers["etag"] for path in (f"{ROOT}/findings", lasting)}
    more = finding("training_choice", "You may opt out of training.", "opt out")
    add(store, WAVECREST, text(more.quote), NOW, changes=(change("introduced", more),), says=(more,))
    again = {path: browse.get(path, headers={"If-None-Match": tag}) for path, tag in tags.items()}
    assert again[f"{ROOT}/findings"].json()["items"][0]["quote"] == more.quote
    assert again[lasting].status_code == 304


def test_a_reading_that_was_withdrawn_leaves_the_lists_and_keeps_its_address(store, browse):
    event = fill(store)
    (wrong,) = browse.get(f"{ROOT}/changes?event={event.id}").json()["items"]
    store.notices.withdraw(Withdrawal("0" * 16, event, event.changes[0], NOW, "It speaks of search."))
    assert browse.get(f"{ROOT}/changes?event={event.id}").json()["items"] == []
    assert "training_grant" not in browse.get(f"{ROOT}/changes.csv").text
    for path in ("findings", "findings/history"):
        assert "training_grant" not in browse.get(f"{ROOT}/{path}").text
    kept = browse.get(f"{ROOT}/changes/{wrong['id']}")
    assert kept.json()["withdrawn"] == {"at": "2026-03-14T09:30:00Z", "note": "It speaks of search."}
    assert kept.headers["last-modified"] == "Sat, 14 Mar 2026 09:30:00 GMT"


def test_a_question_that_costs_too_much_can_be_tried_again(browse, site, monkeypatch):
    def costly(*_, **__):
        raise CostlyError("this search takes too long", remedy="Look for rarer words.")

    monkeypatch.setattr(site.store.searches, "clauses", costly)
    answer = browse.get(f"{ROOT}/search?q=rights")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "5"
    assert answer.json()["detail"] == "This search takes too long. Look for rarer words."


def test_a_mistake_of_the_program_is_told_without_its_inside(browse, site, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("secret of the machine")

    # A test before this one may have set logging up on a stream that is closed by now.
    structlog.reset_defaults()
    monkeypatch.setattr(site.store.library, "ledger", fail)
    answer = browse.get(f"{ROOT}/statuses")
    assert answer.status_code == 500 and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "Something went wrong here" and "secret" not in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "content-security-policy" in answer.headers


def test_an_empty_store_gives_empty_lists(browse):
    for path in ("changes", "findings", "findings/history"):
        assert browse.get(f"{ROOT}/{path}").json() == {"items": [], "next": None}
        assert browse.get(f"{ROOT}/{path}.jsonl").content == b""
        assert browse.get(f"{ROOT}/{path}.csv").text.count("\n") == 1
    assert browse.get(f"{ROOT}/search?q=word").json()["items"] == []
    document = browse.get(TERMS).json()
    assert document["current"] is None and document["versions"] == 0

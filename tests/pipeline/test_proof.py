"""What a check keeps is enough to prove what it saw."""

from tests.fetch.conftest import Reply
from tests.pipeline.conftest import CLAUSE, page
from watcher.model.version import Evidence


async def test_every_kept_page_keeps_what_the_server_said_but_for_cookies(watch):
    first = page()
    said = Reply(
        body=first.body,
        headers={
            **first.headers,
            "Server": "made-up",
            "Link": "<https://x.example>; rel=license",
            "Set-Cookie": "a=b",
        },
    )
    watch.serve(said, page(extra=CLAUSE))
    await watch.check(hours=24)
    await watch.check(hours=24)
    old, new = watch.store.archive.versions(watch.document.key)
    answer = watch.store.archive.answer(watch.document.key, old.evidence[0])
    assert answer.whole and answer.status == 200 and answer.at == old.seen_at
    headers = dict(answer.headers)
    assert headers["server"] == "made-up" and headers["link"] == "<https://x.example>; rel=license"
    assert "content-type" in headers and "set-cookie" not in headers
    assert watch.store.archive.answer(watch.document.key, new.evidence[0]).at == new.seen_at


async def test_a_page_that_was_never_had_has_no_answer(watch):
    page = Evidence("https://x.example", "https://x.example", watch.clock.now(), "0" * 64)
    assert watch.store.archive.answer(watch.document.key, page) is None

"""What holds for every answer of the server."""

import pytest
import structlog
from starlette.requests import Request

from watcher.web.context import preferred


@pytest.mark.parametrize("path", ["/style.css", "/healthz", "/there-is-none", "/it/there-is-none"])
def test_every_answer_forbids_scripts_frames_and_foreign_hosts(browse, path):
    answer = browse.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_page_that_is_not_there_says_so_in_the_reader_s_language(browse):
    english = browse.get("/there-is-none")
    assert english.status_code == 404 and "There is no such page" in english.text
    by_address = browse.get("/it/there-is-none")
    assert "Questa pagina non esiste" in by_address.text
    by_wish = browse.get("/there-is-none", headers={"Accept-Language": "it-CH, en;q=0.5"})
    assert "Questa pagina non esiste" in by_wish.text


def test_a_mistake_of_the_program_shows_a_page_and_no_traceback(browse, site, monkeypatch):
    def fail() -> None:
        raise RuntimeError("secret of the machine")

    # A test before this one may have set logging up on a stream that is closed by now.
    structlog.reset_defaults()
    monkeypatch.setattr(site.store.outbox, "counts", fail)
    answer = browse.get("/healthz")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("", "en"),
        ("it", "it"),
        ("it-IT,it;q=0.9,en;q=0.8", "it"),
        ("en-GB,it;q=0.9", "en"),
        ("de,fr;q=0.9,it;q=0.2", "it"),
        ("it;q=0", "en"),
        ("it;q=nonsense,,;;", "en"),
        ("*", "en"),
    ],
)
def test_the_browser_s_preference_decides(wish, language):
    headers = [(b"accept-language", wish.encode())] if wish else []
    assert preferred(Request({"type": "http", "headers": headers})) == language

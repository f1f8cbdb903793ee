"""What a browser makes of a page: its text as a reader sees it, whatever the page tries."""

import os
import signal

import pytest

from tests.browser.conftest import html, needs_chromium
from tests.fetch.conftest import Reply, serving
from watcher.errors import FetchError, PermanentFetchError, TransientFetchError

pytestmark = needs_chromium
SENTENCE = "We may use what you upload to train our models."
SHELL = "<div id=app></div>"


def script(code: str) -> str:
    return f"<script>{code}</script>"


def put(expression: str) -> str:
    return f"document.getElementById('app').append({expression});"


async def test_text_that_a_script_builds_is_there(site, reader):
    url = site.on("/terms", html(SHELL + script(put("'We may use ' + 'what you upload.'"))))
    fetched = await reader.look(url)
    assert "We may use what you upload." in fetched.body.decode()
    assert (fetched.url, fetched.final_url, fetched.status) == (url, url, 200)
    assert fetched.header("content-type") == "text/html; charset=utf-8"
    assert fetched.header("x-watcher-rendered").startswith("chromium ")
    assert fetched.validators.etag is None


async def test_text_that_scripts_fetch_piece_by_piece_is_waited_for(site, reader):
    site.on("/app.js", Reply(body=b"import('./more.js')", headers={"Content-Type": "text/javascript"}))
    more = f"fetch('/clauses.json').then(a => a.json()).then(list => {{ {put('list[0]')} }})"
    site.on("/more.js", Reply(body=more.encode(), headers={"Content-Type": "text/javascript"}))
    site.on(
        "/clauses.json", Reply(body=f'["{SENTENCE}"]'.encode(), headers={"Content-Type": "application/json"})
    )
    assert SENTENCE in await reader.text(
        site.on("/terms", html(SHELL + "<script type=module src=/app.js></script>"))
    )


async def test_a_part_that_is_posted_for_gets_its_body_but_no_cookie(site, reader):
    asked = "document.cookie = 'a=b'; fetch('/graph', {method: 'POST', body: '{q}', headers: {'X-Key': '1'}})"
    page = script(f"{asked}.then(a => a.text()).then(text => {{ {put('text')} }})")
    site.on("/graph", lambda request: Reply(body=f"key {request.headers.get('x-key')}".encode()))
    assert "key 1" in await reader.text(site.on("/terms", html(SHELL + page)))
    (request,) = [one for one in site.requests if one.path == "/graph"]
    assert (request.method, request.body) == ("POST", b"{q}")
    assert request.headers["user-agent"].startswith("terms-watcher/1.2.3")
    assert "cookie" not in request.headers


async def test_what_no_text_needs_is_not_asked_for(site, reader):
    page = (
        "<img src=/picture.png><video src=/film.mp4></video><iframe src=/advert></iframe>"
        "<link rel=prefetch href=/next><style>@font-face{font-family:a;src:url(/a.woff)} p{font-family:a}</style>"
        "<p>Text" + script("navigator.sendBeacon('/seen'); new EventSource('/stream')")
    )
    await reader.text(site.on("/terms", html(page)))
    assert site.paths == ["/terms"]


async def test_collapsed_sections_are_opened_and_nothing_else_is_pressed(site, reader):
    page = """<main><details><summary>More</summary>In the details.</details>
      <button id=a aria-expanded=false>Read more</button><div id=app></div>
      <form action=/sent><button id=b aria-expanded=false>Send</button></form>
      <a id=c href=/away aria-expanded=false>Away</a>
      <button id=d aria-expanded=false>Accept all</button>
      <button id=e aria-expanded=false aria-haspopup=menu>Languages</button></main>
      <nav><button id=f aria-expanded=false>Menu</button></nav>"""
    pressed = (
        "for (const b of document.querySelectorAll('[id]')) b.addEventListener('click', "
        + ("() => document.body.append(' pressed-' + b.id)); a.addEventListener('click', ")
        + (f"() => fetch('/more').then(r => r.text()).then(t => {{ {put('t')} }}))")
    )
    site.on("/more", Reply(body=SENTENCE.encode()))
    text = await reader.text(site.on("/terms", html(page + script(pressed))))
    assert SENTENCE in text
    assert '<details open="">' in text
    assert [name for name in "abcdef" if f" pressed-{name}" in text] == ["a"]


@pytest.mark.parametrize("leave", ["history.pushState({}, '', '/other')", "location.href = '/other'"])
async def test_a_button_that_leads_elsewhere_leaves_the_page_as_it_was(site, reader, leave):
    pressed = f"{leave}; document.querySelector('main').append(' Pressed.')"
    page = f'<main><p>{SENTENCE}</p><button aria-expanded=false onclick="{pressed}">More</button></main>'
    fetched = await reader.look(url := site.on("/terms", html(page)))
    assert SENTENCE in fetched.body.decode()
    assert fetched.final_url == url
    assert site.paths == ["/terms"]


async def test_components_are_written_down_where_they_are_seen(site, reader):
    page = "<terms-text><b>own words</b></terms-text>" + script(
        "customElements.define('terms-text', class extends HTMLElement { connectedCallback() {"
        f"this.attachShadow({{mode: 'open'}}).innerHTML = '<p>{SENTENCE} <slot></slot></p>' }} }})"
    )
    text = await reader.text(site.on("/terms", html(page)))
    assert f"<terms-text><p>{SENTENCE} <slot><b>own words</b></slot></p></terms-text>" in text


async def test_a_script_that_leads_on_is_followed(site, reader):
    site.on("/now", Reply(302, headers={"Location": "/final"}))
    final = site.on("/final", html(f"<p>{SENTENCE}"))
    fetched = await reader.look(site.on("/terms", html(script("location.href = '/now'"))))
    assert SENTENCE in fetched.body.decode()
    assert fetched.final_url == final
    assert site.paths == ["/terms", "/now", "/final"]


async def test_a_script_that_leads_to_a_missing_page_is_a_missing_page(site, reader):
    with pytest.raises(PermanentFetchError) as caught:
        await reader.look(site.on("/terms", html(script("location.href = '/gone'"))))
    assert caught.value.reason == "http-404"


async def test_scripts_that_lead_on_and_on_are_given_up(site, reader):
    with pytest.raises(PermanentFetchError) as caught:
        await reader.look(site.on("/terms", html(script("location.reload()"))))
    assert caught.value.reason == "redirects"
    assert len(site.paths) <= 7


async def test_a_redirect_keeps_the_fragment_by_which_a_page_shows_its_text(site, reader):
    site.on("/terms", Reply(301, headers={"Location": "/app"}))
    site.on("/app", html(SHELL + script(put("'Shown: ' + location.hash"))))
    assert "Shown: #/music" in await reader.text(site.origin + "/terms#/music")


async def test_a_status_that_is_no_page_is_the_same_error_as_without_a_browser(site, reader):
    started = reader.browser.chromium.starts
    with pytest.raises(TransientFetchError) as caught:
        await reader.look(site.on("/terms", Reply(503)))
    assert caught.value.reason == "http-503"
    assert reader.browser.chromium.starts == started


async def test_what_is_no_html_comes_as_it_is_and_needs_no_browser(site, reader):
    started = reader.browser.chromium.starts
    pdf = Reply(body=b"%PDF-1.4", headers={"Content-Type": "application/pdf"})
    fetched = await reader.look(site.on("/terms.pdf", pdf))
    assert (fetched.body, fetched.header("x-watcher-rendered")) == (b"%PDF-1.4", None)
    assert reader.browser.chromium.starts == started


async def test_robots_txt_is_obeyed_for_the_page_and_for_where_it_leads(site, reader):
    site.on("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /private"))
    with pytest.raises(PermanentFetchError) as caught:
        await reader.look(site.on("/terms", html(script("location.href = '/private'"))), obey_robots=True)
    assert caught.value.reason == "robots"
    assert site.paths == ["/robots.txt", "/terms"]


async def test_the_record_tells_of_the_page_and_of_what_was_made_of_it(site, reader):
    fetched = await reader.look(site.on("/terms", html(SHELL + script(put("'text'")))))
    plain, shown = reader.attempts
    assert (plain.outcome, plain.sha256 == fetched.sha256) == ("fetched", False)
    assert (shown.outcome, shown.sha256, shown.size) == ("fetched", fetched.sha256, len(fetched.body))


async def test_dialogs_windows_printing_and_downloads_are_harmless(site, reader):
    page = f"<p>{SENTENCE}" + script(
        "alert(1); confirm(2); prompt(3); window.open('/window'); print(); onbeforeunload = () => 'stay';"
        "const link = document.createElement('a'); link.href = '/file'; link.download = 'file'; link.click();"
        "document.body.append(' to the end')"
    )
    assert "to the end" in await reader.text(site.on("/terms", html(page)))
    assert site.paths == ["/terms"]


async def test_one_browser_shows_all_pages_and_keeps_nothing_between_them(site, readers):
    reader = readers()
    page = html(
        SHELL + script("document.cookie = 'n=' + (document.cookie || 'none');" + put("document.cookie"))
    )
    for name in "abc":
        assert "n=none" in await reader.text(site.on(f"/{name}", page))
    assert reader.browser.chromium.starts == 1
    kinds = (await reader.browser.chromium.processes()).values()
    assert list(kinds).count("browser") == 1


async def test_a_browser_that_died_is_started_again(site, readers):
    reader = readers()
    url = site.on("/terms", html(f"<p>{SENTENCE}"))
    await reader.look(url)
    (number,) = [n for n, kind in (await reader.browser.chromium.processes()).items() if kind == "browser"]
    os.kill(number, signal.SIGKILL)
    try:
        await reader.look(url)
    except FetchError as error:
        assert (error.retry, error.reason) == (True, "browser")
    assert SENTENCE in await reader.text(url)
    assert reader.browser.chromium.starts == 2


async def test_a_browser_that_showed_many_pages_makes_room_for_a_new_one(site, readers, monkeypatch):
    monkeypatch.setattr("watcher.browser.chromium._PAGES", 1)
    reader = readers()
    for _ in range(2):
        assert SENTENCE in await reader.text(site.on("/terms", html(f"<p>{SENTENCE}")))
    assert reader.browser.chromium.starts == 2


async def test_a_browser_that_does_not_start_says_why(readers, site, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho 'ERROR: no display of any kind' >&2\nexit 1\n")
    broken.chmod(0o755)
    reader = readers(executable=str(broken))
    with pytest.raises(PermanentFetchError) as caught:
        await reader.look(site.on("/terms", html("<p>Text")))
    assert caught.value.reason == "browser"
    assert "the browser does not start" in caught.value.what
    assert [one.reason for one in reader.attempts] == ["", "browser"]


async def test_another_site_may_give_parts(site, reader):
    async with serving("127.0.0.2") as other:
        other.on("/text", Reply(body=SENTENCE.encode()))
        page = script(f"fetch('{other.origin}/text').then(a => a.text()).then(text => {{ {put('text')} }})")
        assert SENTENCE in await reader.text(site.on("/terms", html(SHELL + page)))

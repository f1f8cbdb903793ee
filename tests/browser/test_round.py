"""A whole round over pages that need a browser, as `watcher run` does it."""

import os
import random
from pathlib import Path

import pytest
import pytest_asyncio

from tests.browser.conftest import CHROMIUM, html, needs_chromium
from tests.fetch.conftest import Clock, Site
from tests.pipeline.conftest import CLAUSE, SECTIONS
from watcher.errors import UsageError
from watcher.pipeline import Outcome
from watcher.rounds import one_round
from watcher.settings import Settings, load
from watcher.store import Store

pytestmark = needs_chromium


def app(*clauses: str) -> bytes:
    sections = [*SECTIONS, *(("Technology", clause) for clause in clauses)]
    text = "".join(f"<h2>{title}</h2><p>{words}</p>" for title, words in sections)
    return f"document.getElementById('root').innerHTML = '<main><h1>Terms of Use</h1>{text}</main>'".encode()


def write(folder: Path, origin: str, **browser: object) -> Settings:
    sandbox = str(os.geteuid() != 0).lower()
    keys = {"executable": str(CHROMIUM), "sandbox": sandbox} | browser
    written = ", ".join(f"{key}: {value}" for key, value in keys.items())
    (folder / "config.yaml").write_text(
        f"""fetch: {{allow_hosts: [127.0.0.1], delay: 0}}
browser: {{{written}}}
services:
  - name: Wavecrest
    obey_robots: false
    documents:
      - {{name: Terms of Use, url: "{origin}/terms", javascript: true}}
      - {{name: Music Terms, url: "{origin}/music"}}
      - {{name: Plain Terms, url: "{origin}/plain"}}
""",
        encoding="utf-8",
    )
    return load(folder / "config.yaml", environ={})


@pytest_asyncio.fixture(loop_scope="module")
async def pages(site: Site) -> Site:
    from tests.fetch.conftest import Reply
    from tests.pipeline.conftest import page

    shell = html("<div id=root></div><script src=/app.js></script>")
    for path in ("/terms", "/music"):
        site.on(path, shell)
    site.on("/plain", page())
    site.on("/app.js", *[Reply(body=app())] * 4, Reply(body=app(CLAUSE)))
    return site


async def run(settings: Settings, folder: Path, clock: Clock):
    with Store(folder / "watcher.sqlite") as store:
        store.archive.remember(settings.documents)
        round_ = await one_round(settings, store, settings.documents, now=clock.now, chance=random.Random(1))
    return [checked.outcome for checked in round_.checked]


async def test_documents_that_ask_for_a_browser_and_shells_are_read_and_their_changes_seen(pages, tmp_path):
    settings, clock = write(tmp_path, pages.origin), Clock()
    assert await run(settings, tmp_path, clock) == [Outcome.FIRST] * 3
    assert await run(settings, tmp_path, clock) == [Outcome.UNCHANGED] * 3
    assert await run(settings, tmp_path, clock) == [Outcome.CHANGED, Outcome.CHANGED, Outcome.UNCHANGED]


async def test_without_a_browser_shells_are_refused_and_the_rest_is_read(pages, tmp_path):
    settings = write(tmp_path, pages.origin, executable="/nowhere/chromium")
    assert await run(settings, tmp_path, Clock()) == [Outcome.REFUSED, Outcome.REFUSED, Outcome.FIRST]


async def test_a_browser_that_the_config_insists_on_must_be_there(pages, tmp_path):
    settings = write(tmp_path, pages.origin, executable="/nowhere/chromium", enabled="true")
    with pytest.raises(UsageError, match="there is no /nowhere/chromium"):
        await run(settings, tmp_path, Clock())

"""For every test: no test fails because the machine was busy; and the browser that some look at pages with."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.telling import House

settings.register_profile("watcher", deadline=None)
settings.load_profile("watcher")

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium; tests that want it are skipped, and say so, where there is none."""
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield opened
        opened.close()


@pytest.fixture
async def home(tmp_path: Path) -> "AsyncIterator[House]":
    """Two platforms, watched since a moment ago, and a real mail server."""
    from tests.telling import house

    async with house(tmp_path) as made:
        yield made

"""Whether there is a browser, and what an operator is told when there is none."""

import pytest

from watcher.browser import missing, presence
from watcher.model.options import BrowserOptions


@pytest.fixture
def found(monkeypatch):
    """Which programs are on the PATH, and whether Playwright is installed."""

    def put(*programs: str, playwright: bool = True) -> None:
        monkeypatch.setattr(
            presence.shutil, "which", lambda name: f"/usr/bin/{name}" if name in programs else None
        )
        monkeypatch.setattr(presence, "find_spec", lambda name: object() if playwright else None)

    return put


def test_the_first_chromium_on_the_path_is_used(found):
    found("google-chrome", "chromium-browser")
    assert presence.executable(BrowserOptions()) == "/usr/bin/chromium-browser"
    assert missing(BrowserOptions()) == ""


def test_everything_that_is_missing_is_told_at_once(found):
    found(playwright=False)
    assert missing(BrowserOptions()) == (
        "To have it shown in a browser: install the extra with `pip install 'terms-watcher[browser]'`; "
        "install Chromium (Debian: `apt install chromium`)."
    )


def test_a_configured_browser_that_is_not_there_is_named(found):
    found("chromium")
    assert "there is no /opt/chromium" in missing(BrowserOptions(executable="/opt/chromium"))


def test_a_browser_that_is_switched_off_is_no_browser(found):
    found("chromium")
    assert missing(BrowserOptions(enabled=False)).startswith("Set `browser.enabled: auto`")

"""Whether there is a browser, and what to install when there is none."""

import shutil
from importlib.util import find_spec

from watcher.model.options import BrowserOptions

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable(options: BrowserOptions) -> str | None:
    """The Chromium to use: the configured one, or the first that is found on the PATH."""
    names = (options.executable,) if options.executable else _NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


def missing(options: BrowserOptions) -> str:
    """What is missing to show pages in a browser, as a sentence that says what to do; empty when all is there."""
    if options.enabled is False:
        return "Set `browser.enabled: auto` in the config to have it shown in a browser."
    parts = []
    if find_spec("playwright") is None:
        parts.append("install the extra with `pip install 'terms-watcher[browser]'`")
    if executable(options) is None:
        parts.append(
            f"there is no {options.executable}, see `browser.executable` in the config"
            if options.executable
            else "install Chromium (Debian: `apt install chromium`)"
        )
    return f"To have it shown in a browser: {'; '.join(parts)}." if parts else ""

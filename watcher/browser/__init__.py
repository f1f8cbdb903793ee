"""Shows pages in a Chromium of the machine, for texts that only scripts bring: the only room that knows Playwright.

Importing this is cheap: Playwright, an optional extra, is loaded by the first page that needs it.
"""

from watcher.browser.browser import Browser
from watcher.browser.presence import missing

__all__ = ["Browser", "missing"]

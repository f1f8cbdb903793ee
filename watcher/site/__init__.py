"""The browsable report: what changed, what it means, and the proof, as static pages that open from disk."""

from watcher.site.compared import comparison_page
from watcher.site.frame import NAMES, Frame, folder_of, language_of, web
from watcher.site.paths import change_page
from watcher.site.report import ReportPaths, stylesheet, write_report

__all__ = [
    "NAMES",
    "Frame",
    "ReportPaths",
    "change_page",
    "comparison_page",
    "folder_of",
    "language_of",
    "stylesheet",
    "web",
    "write_report",
]

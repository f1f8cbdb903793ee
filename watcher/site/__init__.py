"""The browsable report: what changed, what it means, and the proof, as pages for a server and for the disk alike."""

from watcher.site.cells import as_cell
from watcher.site.compared import comparison_page
from watcher.site.frame import NAMES, Frame, folder_of, language_of, web
from watcher.site.library import Asked, Library, Room, Tools
from watcher.site.matrix import table_file, wish
from watcher.site.pages import page, paths, route_of
from watcher.site.paths import change_page
from watcher.site.report import ReportPaths, encoded, icon, script, stylesheet, write_report

__all__ = [
    "NAMES",
    "Asked",
    "Frame",
    "Library",
    "ReportPaths",
    "Room",
    "Tools",
    "as_cell",
    "change_page",
    "comparison_page",
    "encoded",
    "folder_of",
    "icon",
    "language_of",
    "page",
    "paths",
    "route_of",
    "script",
    "stylesheet",
    "table_file",
    "web",
    "wish",
    "write_report",
]

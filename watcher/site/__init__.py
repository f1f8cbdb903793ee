"""The browsable report: what changed, what it means, and the proof, as static pages that open from disk."""

from watcher.site.compared import comparison_page
from watcher.site.report import ReportPaths, write_report

__all__ = ["ReportPaths", "comparison_page", "write_report"]

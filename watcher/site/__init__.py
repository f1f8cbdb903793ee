"""The browsable report: what changed, what it means, and the proof, as static pages that open from disk."""

from watcher.site.report import ReportPaths, write_report

__all__ = ["ReportPaths", "write_report"]

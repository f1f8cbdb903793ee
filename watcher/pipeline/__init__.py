"""The one pipeline that every command, the daemon, replay and the demo use."""

from watcher.pipeline.desk import Checked, Desk, Judge, Outcome, Pages
from watcher.pipeline.story import check

__all__ = ["Checked", "Desk", "Judge", "Outcome", "Pages", "check"]

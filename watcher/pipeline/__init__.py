"""The one pipeline that every command, the daemon, replay and the demo use."""

from watcher.pipeline.desk import Checked, Desk, Judge, Outcome, Pages, Read, Reader, read_here
from watcher.pipeline.story import check, take

__all__ = ["Checked", "Desk", "Judge", "Outcome", "Pages", "Read", "Reader", "check", "read_here", "take"]

"""The commands. They parse, call one function and print; the work is done elsewhere."""

__all__ = ["main"]


def main() -> None:
    """The `watcher` command."""
    from watcher.cli.app import run

    run()

"""The command line as a whole, and how errors reach the person who typed."""

import os
import sys
from typing import Annotated

import typer

from watcher import __version__
from watcher.cli import (
    correcting,
    deciding,
    documents,
    evidence,
    notes,
    outbox,
    people,
    report,
    rules,
    running,
    serving,
    start,
    suggesting,
    tracing,
)
from watcher.errors import UsageError, WatcherError

app = typer.Typer(
    name="watcher",
    help=(
        "Notices when platforms change their terms, says in plain words what it means, and can prove it.\n\n"
        "Begin with `watcher init`, then `watcher run`. Answers go to standard output, everything else to standard "
        "error. Exit status: 0 all well, 1 some documents failed, 2 wrong usage, configuration or input."
    ),
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"watcher {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


for module in (
    start,
    running,
    suggesting,
    deciding,
    people,
    notes,
    correcting,
    outbox,
    report,
    serving,
    tracing,
    evidence,
    documents,
):
    module.register(app)
app.add_typer(rules.app, name="rules", rich_help_panel="Reading and judging")


def run() -> None:
    """Run the command that was typed; a person never sees a traceback unless WATCHER_DEBUG is set."""
    try:
        app()
    except WatcherError as error:
        if os.environ.get("WATCHER_DEBUG"):
            raise
        print(f"watcher: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except KeyboardInterrupt:
        print("watcher: stopped", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read the output has gone; Python's own note about it at exit would be noise.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("WATCHER_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        print(f"watcher: a mistake in the program ({what}).", file=sys.stderr)
        print(
            "  Nothing recorded is lost. Please report it with what WATCHER_DEBUG=1 shows.", file=sys.stderr
        )
        sys.exit(1)

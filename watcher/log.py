"""Log lines for operators, on standard error; the answer of a command never goes there."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from watcher.errors import WatcherError


def set_up(*, verbose: bool) -> None:
    """Write readable lines from warnings up, from debug up when `verbose`; a traceback only when `verbose`."""
    exceptions = structlog.dev.plain_traceback if verbose else _one_line
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=exceptions),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


@contextmanager
def alone(step: str) -> Iterator[None]:
    """A mistake of the program within ends there and is logged, so that it keeps nothing else back.

    Errors with a message for people pass. Of others only their kind is written: their words may quote an address.
    """
    try:
        yield
    except WatcherError:
        raise
    except Exception as error:
        log = structlog.get_logger()
        log.error("a step failed by a mistake of the program", step=step, kind=type(error).__name__)


def _one_line(sio: object, exc_info: tuple[object, object, object]) -> None:
    kind, error, _ = exc_info
    name = getattr(kind, "__name__", "error")
    sio.write(f"\n  {name}: {error} (run with --verbose for the traceback)")  # type: ignore[attr-defined]

"""Log lines for operators, on standard error; the answer of a command never goes there."""

import logging
import sys

import structlog


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


def _one_line(sio: object, exc_info: tuple[object, object, object]) -> None:
    kind, error, _ = exc_info
    name = getattr(kind, "__name__", "error")
    sio.write(f"\n  {name}: {error} (run with --verbose for the traceback)")  # type: ignore[attr-defined]

"""Where rules, templates and the shipped config lie: beside the package in a checkout, inside it when installed."""

from pathlib import Path

_INSIDE = Path(__file__).parent / "_data"
_ROOT = _INSIDE if _INSIDE.is_dir() else Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """The path of something that comes with the program: "rules", "templates", "config.yaml", "catalogue.yaml"."""
    return _ROOT / name

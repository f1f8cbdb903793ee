"""Addresses that answers name: of the API, of pages, and of files."""

from dataclasses import dataclass
from urllib.parse import urlencode

from watcher.site import Frame

ROOT = "api/v1"


@dataclass(frozen=True, slots=True)
class Links:
    """Absolute when the site knows its own address; else paths from the server's root."""

    frame: Frame

    def api(self, path: str, query: list[tuple[str, str]] | None = None) -> str:
        """Of something that the API tells: `path` is relative to its root."""
        return self.page(f"{ROOT}/{path}") + (f"?{urlencode(query)}" if query else "")

    def page(self, path: str) -> str:
        """Of a page or file for people, in English."""
        return f"{self.frame.base_url.rstrip('/')}/{path}"


def of_document(key: str) -> str:
    """`documents/wavecrest/terms-of-use`."""
    return f"documents/{key}"


def of_version(key: str, number: int) -> str:
    """`documents/wavecrest/terms-of-use/versions/3`."""
    return f"{of_document(key)}/versions/{number}"


def of_finding(key: str, number: int, position: int) -> str:
    """`documents/wavecrest/terms-of-use/versions/3/findings/1`; `position` counts from 0, addresses count from 1."""
    return f"{of_version(key, number)}/findings/{position + 1}"


def of_change(event: str, position: int) -> str:
    """`changes/0123456789abcdef-1`; `position` counts from 0, addresses count from 1."""
    return f"changes/{event}-{position + 1}"

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.site.sample import NOW, Archive, files, fill, write
from watcher.site import Frame, ReportPaths


@pytest.fixture
def publish() -> Callable[..., ReportPaths]:
    return write


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def archive() -> Archive:
    return fill()


@pytest.fixture
def empty() -> Archive:
    return Archive()


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    """The sample as a report in English with Italian beside it. Read only."""
    out = tmp_path_factory.mktemp("report")
    write(fill(), out, frame=Frame("Terms Watcher", "https://watch.example/report"))
    return out


@pytest.fixture(scope="session")
def pages(report) -> dict[str, str]:
    return files(report)

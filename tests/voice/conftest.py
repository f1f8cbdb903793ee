from collections.abc import Callable

import pytest

from watcher.model.finding import Change, ChangeKind, Finding
from watcher.model.source import Document, Page

MakeChange = Callable[..., Change]


@pytest.fixture
def wavecrest() -> Document:
    return Document("Wavecrest", "Terms of Use", (Page("https://wavecrest.example/terms"),))


@pytest.fixture
def change() -> MakeChange:
    def make(
        category: str, kind: str, *, severity: str = "high", reasons: tuple[str, ...] = (), **finding
    ) -> Change:
        stated = Finding(category, "r-1", "ai-en 1", severity, "We train.", "en", **finding)
        return Change(
            category=category,
            change=ChangeKind(kind),
            severity=severity,
            rule="r-1",
            quote="We train.",
            previous=None,
            language="en",
            now=None if kind == "removed" else stated,
            before=stated if kind == "removed" else None,
            reasons=reasons,
        )

    return make

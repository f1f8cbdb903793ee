"""A folder with a config in it, and what is wrong with that config as one would read it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from watcher.errors import ConfigError
from watcher.settings import Settings, load

CATALOGUE = """\
services:
  - name: Wavecrest
    groups: [music]
    documents:
      - name: Terms of Service
        url: https://wavecrest.example/terms
        select: [main]
        remove: [.menu]
      - name: Terms of Service
        variant: fr
        language: fr
        url: https://wavecrest.example/fr/terms
      - name: Community Guidelines
        pages:
          - https://wavecrest.example/rules
          - url: https://wavecrest.example/rules/music
            select: [article]
        select: [main]
  - name: Lumalia
    groups: [images, tools]
    verified: false
    documents:
      - name: Terms of Service
        url: https://lumalia.example/terms
"""


class Folder:
    """config.yaml, and what is made of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("own.yaml", CATALOGUE)

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.write_text(dedent(text), encoding="utf-8")
        return path

    def load(self, text: str, environ: Mapping[str, str] | None = None) -> Settings:
        return load(self.write("config.yaml", text), environ=environ or {})

    def mistakes(self, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
        with pytest.raises(ConfigError) as caught:
            self.load(text, environ)
        return [str(each).replace(f"{self.path}/", "") for each in caught.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Replaces the shipped catalogue."""

    def put(text: str) -> None:
        (tmp_path / "shipped.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr("watcher.settings.loading.shipped", lambda name: tmp_path / "shipped.yaml")

    return put

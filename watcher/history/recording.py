"""A recorded fetch history: a tar archive of pages and a manifest.json, as `watcher replay` reads it."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from watcher.errors import InputError
from watcher.model.source import Document, Page

# A recording is unpacked into a temporary folder; nobody's real history of one page comes near this (bytes).
_LARGEST = 4_000_000_000
_REMEDY = "A recording is a tar or tar.xz of pages with a manifest.json that lists them in order."


class RecordedFetch(BaseModel):
    """One fetch: the page's file, when it was fetched, and what the server said, if that was recorded."""

    model_config = ConfigDict(frozen=True)

    file: str
    fetched_at: datetime
    status: int = 200
    headers: dict[str, str] = Field(default_factory=dict)
    final_url: str | None = None

    @field_validator("fetched_at")
    @classmethod
    def _zoned(cls, value: datetime) -> datetime:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Manifest(BaseModel):
    """What manifest.json says; further keys are welcome and ignored."""

    model_config = ConfigDict(frozen=True)

    service: str
    document: str
    url: str = ""
    language: str | None = None
    select: list[str] | None = None
    remove: list[str] | None = None
    fetches: list[RecordedFetch]


class Recording:
    """An unpacked history of one document."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self.service = manifest.service
        self.name = manifest.document
        self.fetches = tuple(manifest.fetches)
        self._manifest = manifest

    def document(self, language: str) -> Document:
        """The recorded document; `language` stands where the manifest names none."""
        manifest = self._manifest
        page = Page(manifest.url, tuple(manifest.select or ()), tuple(manifest.remove or ()))
        return Document(self.service, self.name, (page,), language=manifest.language or language)

    @property
    def language(self) -> str | None:
        """The language that the manifest names, if it does."""
        return self._manifest.language

    def body(self, fetch: RecordedFetch) -> bytes:
        """The bytes of a recorded page; raises `InputError` when the archive lacks it."""
        path = self._folder / fetch.file
        try:
            return path.read_bytes()
        except OSError as error:
            raise InputError(
                f"the manifest lists {fetch.file}, which is not in the archive", remedy=_REMEDY
            ) from error


@contextmanager
def open_recording(path: Path) -> Iterator[Recording]:
    """Unpack an archive for as long as the context lasts; raises `InputError` with the place of what is wrong."""
    with TemporaryDirectory(prefix="watcher-replay-") as temporary:
        folder = Path(temporary)
        try:
            with tarfile.open(path) as archive:
                members = archive.getmembers()
                if sum(member.size for member in members) > _LARGEST:
                    raise InputError("the archive unpacks to more than 4 GB", where=str(path), remedy=_REMEDY)
                archive.extractall(folder, members, filter="data")
        except (OSError, tarfile.TarError, EOFError) as error:
            raise InputError(
                f"this archive cannot be read ({error})", where=str(path), remedy=_REMEDY
            ) from error
        yield Recording(folder, _manifest(folder, path))


def _manifest(folder: Path, path: Path) -> Manifest:
    where = f"{path}: manifest.json"
    try:
        raw = (folder / "manifest.json").read_bytes()
    except OSError as error:
        raise InputError("the archive has no manifest.json", where=str(path), remedy=_REMEDY) from error
    try:
        return Manifest.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{key or 'the file'}: {first['msg']}", where=where, remedy=_REMEDY) from error

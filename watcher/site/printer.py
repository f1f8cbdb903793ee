"""Pages in one language, put into the report's folder."""

from dataclasses import dataclass
from typing import Any

from watcher.site.files import Folder
from watcher.site.frame import Frame, folder_of
from watcher.site.paths import Place
from watcher.voice import Voice


@dataclass(frozen=True, slots=True)
class Printer:
    """Writes pages in the language of `voice`."""

    folder: Folder
    voice: Voice
    frame: Frame

    def page(self, path: str, template: str, **context: Any) -> None:
        """Write one page of this language. Surrogates, which UTF-8 cannot hold, become question marks."""
        html = self.frame.render(path, self.voice.language, template, **context)
        file = Place(path, folder_of(self.voice.language)).file
        self.folder.write(file, html.encode("utf-8", "replace"))

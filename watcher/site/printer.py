"""Pages in one language, put into the report's folder."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from watcher.site.files import Folder
from watcher.site.paths import Place
from watcher.voice import Voice, environment

# What languages call themselves.
NAMES = {"en": "English", "it": "Italiano"}


@dataclass(frozen=True, slots=True)
class Printer:
    """Renders templates in the language of `voice` below `subfolder`; `others` are (language, its subfolder)."""

    folder: Folder
    voice: Voice
    subfolder: str
    others: tuple[tuple[str, str], ...]
    title: str
    base_url: str

    def page(self, path: str, template: str, **context: object) -> None:
        """Write one page of this language. Surrogates, which UTF-8 cannot hold, become question marks."""
        place = Place(path, self.subfolder)
        html = (
            environment(self.voice.language)
            .get_template(f"site/{template}")
            .render(
                place=place,
                site=self.title,
                address=urljoin(f"{self.base_url.rstrip('/')}/", place.file) if self.base_url else "",
                others=[(code, NAMES.get(code, code), place.twin(folder)) for code, folder in self.others],
                web=web,
                **context,
            )
        )
        self.folder.write(place.file, html.encode("utf-8", "replace"))


def web(url: str) -> str:
    """The address when it leads to the web, else nothing: `javascript:` and its like never become a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""

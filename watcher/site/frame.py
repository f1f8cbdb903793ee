"""What every page has around it: name, languages, address, and links that hold on disk and on a server alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from watcher.site import paths
from watcher.site.paths import Place
from watcher.voice import Voice, environment

# What languages call themselves; the first one stands at the root, each other one in a folder named after it.
NAMES = {"en": "English", "it": "Italiano"}


@dataclass(frozen=True, slots=True)
class Frame:
    """Renders pages in any language. `base_url` is where the site is reached from elsewhere, for citations.

    `served` says that a server answers, so that forms, search and feeds are there; pages on disk have none.
    `contact` is where corrections go, a mail address or a web page. `evidence` says that packages of evidence lie
    beside pages on disk, as a server always has them.
    """

    title: str
    base_url: str = ""
    served: bool = False
    contact: str = ""
    evidence: bool = False

    def render(
        self,
        path: str,
        language: str,
        template: str,
        query: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
        /,
        **context: object,
    ) -> str:
        """The page at `path` (relative to its language's folder) in a language, from a template below `site/`.

        `query` is what the address asks besides; the other languages are linked with it.
        """
        voice = Voice.of(language)
        place = Place(path, folder_of(voice.language))
        asked = f"?{urlencode(query)}" if query else ""
        return (
            environment(voice.language)
            .get_template(f"site/{template}")
            .render(
                place=place,
                site=self.title,
                served=self.served,
                evidence=self.served or self.evidence,
                contact=self.contact,
                paths=paths,
                address=self.absolute(place.file) + asked if self.base_url else "",
                others=[
                    (code, name, place.twin(folder_of(code)) + asked)
                    for code, name in NAMES.items()
                    if code != voice.language
                ],
                web=web,
                **context,
            )
        )

    def absolute(self, file: str) -> str:
        """Where a file of the site is reached from elsewhere; only its own place when the site has no address."""
        return urljoin(f"{self.base_url.rstrip('/')}/", file) if self.base_url else file


def folder_of(language: str) -> str:
    """Where the pages of a language stand: "" for the first one, "it"."""
    return "" if language == next(iter(NAMES)) else language


def language_of(file: str) -> tuple[str, str]:
    """Language and path within it of a page's address: "it/changes/index.html" is Italian, "changes/index.html"."""
    head, slash, rest = file.partition("/")
    if slash and head in NAMES and folder_of(head) == head:
        return head, rest
    return next(iter(NAMES)), file


def web(url: str) -> str:
    """The address when it leads to the web, else nothing: `javascript:` and its like never become a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc and " " not in url else ""

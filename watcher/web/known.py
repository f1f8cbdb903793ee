"""Which values the filters of a search can have here, so that a mistyped one is told."""

from collections.abc import Container, Mapping

from watcher.model.search import Filters
from watcher.store import Store
from watcher.voice import Voice
from watcher.voice.msg import msg
from watcher.voice.names import CATEGORIES
from watcher.voice.voice import is_language

_DATE = msg("%(value)s is no date. A date looks like 2026-03-14.")
SENTENCES: Mapping[str, str] = {
    "service": msg("There is no platform called %(value)s here."),
    "group": msg("There is no kind of platform called %(value)s here."),
    "type": msg("There is no kind of document called %(value)s here."),
    "document": msg("There is no document called %(value)s here."),
    "category": msg("There is no category called %(value)s."),
    "change": msg("There is no kind of change called %(value)s."),
    "severity": msg("There is no severity called %(value)s."),
    "language": msg("There is no language called %(value)s."),
    "event": msg("There is no new version called %(value)s here."),
    "since": _DATE,
    "until": _DATE,
}
"""What is wrong with a value, by the name of its parameter."""


class UnknownValueError(Exception):
    """A filter asks for what there is not; `values` are the unknown values of each parameter."""

    def __init__(self, values: Mapping[str, tuple[str, ...]]) -> None:
        self.values = values
        super().__init__(str(self.values))


def refuse_unknown(store: Store, filters: Filters) -> None:
    """Raise `UnknownValueError` when a filter names what nothing here is called."""
    if wrong := unknown(store, filters):
        raise UnknownValueError(wrong)


def unknown(store: Store, filters: Filters) -> dict[str, tuple[str, ...]]:
    """The values of each filter that nothing here is called, by the name of its parameter."""
    listing = store.searches.listing() if _of_documents(filters) else ()
    # A pack may have categories of its own: they are known once something was judged by them.
    odd = [one for one in filters.categories if one not in CATEGORIES]
    there: tuple[tuple[str, tuple[str, ...], Container[str]], ...] = (
        ("service", filters.services, {one.service_slug for one in listing}),
        ("group", filters.groups, {group for one in listing for group in one.groups}),
        ("type", filters.types, {one.type for one in listing}),
        ("document", filters.documents, {one.key for one in listing}),
        ("category", tuple(odd), store.searches.categories(odd) if odd else ()),
        ("language", tuple(one for one in filters.languages if not is_language(one)), ()),
        ("event", filters.events, store.searches.known_events(filters.events) if filters.events else ()),
    )
    found = ((name, tuple(one for one in values if one not in known)) for name, values, known in there)
    return {name: values for name, values in found if values}


def said(voice: Voice, values: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """What is wrong with the first value of each parameter, in a sentence."""
    return {name: voice.text(SENTENCES[name], value=voice.quote(some[0])) for name, some in values.items()}


def _of_documents(filters: Filters) -> bool:
    return bool(filters.services or filters.groups or filters.types or filters.documents)

"""Translations from .po files (GNU gettext), compiled in memory so that nothing is generated or shipped twice.

Every `locale/<language>/LC_MESSAGES/*.po` of this room is read: a room may keep its sentences in a file of its own.
Message ids are the English sentences, so English needs no file. Placeholders are `%(name)s`; a per cent sign is `%%`.
"""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = ("en", "it")


@cache
def translations(language: str) -> NullTranslations:
    """The sentences of a language; those without a translation come back in English."""
    found = NullTranslations()
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        compiled = _compiled(path)
        compiled.add_fallback(found)
        found = compiled
    return found


def _compiled(path: Path) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return GNUTranslations(binary)

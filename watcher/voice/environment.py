"""The environment that every template of mails and pages is rendered in."""

from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from watcher.resources import shipped
from watcher.voice.msg import msg
from watcher.voice.stance import stance
from watcher.voice.voice import Voice

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(language: str) -> "Environment":
    """Jinja2 over the shipped templates, speaking one language.

    .html is escaped, an unknown name is an error. Filters `date`, `moment`, `number`, `quote`; globals `voice`,
    `stance` and `dated(msg("since %(date)s"), when, shown)`.
    Sentences stand in `{% trans %}` or `_("…%(name)s…", name=…)`; colours and fonts in `tokens.jinja`.
    """
    return _environment(Voice.of(language).language)


def _dated(voice: Voice, sentence: str, when: datetime, shown: str) -> str:
    """A sentence with a date in it, `shown` as markup or as words."""
    from markupsafe import Markup

    return Markup(voice.dated(sentence, when)) % {"date": shown}  # noqa: S704 - the sentence is ours


@cache
def _environment(language: str) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    voice = Voice.of(language)
    made = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    # The i18n extension adds this method to the environment when it is loaded, so it is unknown to type checkers.
    made.install_gettext_callables(voice.gettext, voice.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {"date": voice.date, "moment": voice.moment, "number": voice.number, "quote": voice.quote}
    made.globals |= {
        "voice": voice,
        "stance": partial(stance, voice),
        "dated": partial(_dated, voice),
        "msg": msg,
    }
    return made

"""One language's way of saying things."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from watcher.model.finding import Change, ChangeKind, Tone
from watcher.model.source import Document
from watcher.voice import names, sentences, subjects
from watcher.voice.catalogue import LANGUAGES, translations

# Dates and numbers of "en" follow Britain: a reader anywhere understands "14 March 2026", not everybody "3/14".
_LOCALES = {"en": "en_GB", "it": "it_IT"}
_ELIDED: dict[str, Callable[[str], str]] = {
    "il": lambda article: article[0].replace("i", "l").replace("I", "L") + "'",
    **dict.fromkeys(("dal", "al", "del", "nel"), lambda article: article + "l'"),
}
_BEFORE_VOWEL = r"\b(il|dal|al|del|nel) %\({name}\)s"
_QUOTES = {"en": ("“", "”"), "it": ("«", "»")}


class Sign(NamedTuple):
    """How a tone shows without colour: a sign and a word."""

    sign: str
    word: str


class Voice:
    """Sentences, dates and numbers in one language. Get one with `Voice.of`; they are cached."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = _LOCALES[language]

    @staticmethod
    def of(language: str) -> "Voice":
        """The voice of "en" or "it", also of "it-CH"; anything else speaks English."""
        plain = language.replace("_", "-").split("-")[0].lower()
        return _voice(plain if plain in LANGUAGES else "en")

    def gettext(self, sentence: str) -> str:
        """The translation alone, placeholders untouched: what Jinja's i18n extension calls."""
        return _gettext(self.language, sentence)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """As `gettext`, in the plural form for `count`."""
        return translations(self.language).ngettext(one, many, count)

    def text(self, sentence: str, **values: object) -> str:
        """The sentence in this language with `%(name)s` filled in; `%%` is a per cent sign."""
        return self.gettext(sentence) % values

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """One of two sentences by count; `%(count)s` is filled in as a number of this language."""
        return self.ngettext(one, many, count) % {"count": self.number(count), **values}

    def date(self, when: date) -> str:
        """As "14 March 2026", in the zone that `when` carries."""
        return _date(self._locale, when.year, when.month, when.day)

    def dated(self, sentence: str, when: datetime) -> str:
        """The translation of a sentence that is to hold `%(date)s`, its article fitted to the day.

        Italian says "dal 7 marzo" and "dall'8 marzo". Whatever names a day after an article has to come by here.
        """
        return self._fitted(self.gettext(sentence), "date", when)

    def between(self, sentence: str, since: datetime, until: datetime) -> str:
        """The translation of a sentence with `%(since)s` and `%(until)s`; what both days share is said once.

        As "From 3 to 5 March 2026", "Dal 28 febbraio al 3 marzo 2026".
        """
        words = self._fitted(self._fitted(self.gettext(sentence), "since", since), "until", until)
        shared = (since.year == until.year) + (since.timetuple()[:2] == until.timetuple()[:2])
        shown = _date(self._locale, since.year, since.month, since.day, ("d MMMM y", "d MMMM", "d")[shared])
        return words % {"since": shown, "until": self.date(until)}

    def _fitted(self, words: str, name: str, when: datetime) -> str:
        if self.language != "it" or when.day not in (8, 11):
            return words
        article = re.compile(_BEFORE_VOWEL.format(name=name), re.I)
        return article.sub(lambda found: _ELIDED[found[1].lower()](found[1]) + f"%({name})s", words)

    def moment(self, when: datetime) -> str:
        """As "14 March 2026, 09:30 UTC", in the zone that `when` carries."""
        return _moment(self._locale, when.replace(second=0, microsecond=0), str(when.tzinfo))

    def number(self, value: int) -> str:
        """With the thousands separated: "12,345", "12.345"."""
        return _number(self._locale, value)

    def quote(self, text: str) -> str:
        """Between the quotation marks of this language."""
        opening, closing = _QUOTES[self.language]
        return f"{opening}{text}{closing}"

    def listing(self, words: Iterable[str]) -> str:
        """As "a, b and c"."""
        from babel.lists import format_list

        return format_list(list(words), locale=self._locale)

    def headline(self, document: Document, change: Change) -> str:
        """What happened, in one sentence that names actor and act."""
        return sentences.headline(self, document, change)

    def standing(self, rule: str, about: tuple[str, ...] = ()) -> str:
        """What signals for machines say today, by their rule; `about` are the names of crawlers."""
        return sentences.standing(self, rule, about)

    def contradiction(self, kind: str, service: str) -> str:
        """How a service's terms and its signals for machines contradict each other."""
        return sentences.contradiction(self, kind, service)

    def subject(self, service: str, changes: Iterable[Change], documents: int = 1) -> str:
        """A mail's subject: the platform, then what happened; one line, under 60 characters where possible.

        `documents` is in how many of the platform's documents the change told first stands.
        """
        return subjects.subject(self, service, changes, documents)

    def reason(self, word: str) -> str:
        """What was gained or lost, from a word of `Change.reasons`: "recipients+third_party"."""
        return names.reason(self, word)

    def category(self, name: str) -> str:
        """A category's name for people."""
        return names.category(self, name)

    def change(self, kind: ChangeKind | str) -> str:
        """A kind of change as one word or two."""
        return self.text(names.CHANGES[ChangeKind(kind)])

    def tone(self, tone: Tone | str) -> Sign:
        """Its sign and word, so that colour never speaks alone."""
        sign, word = names.TONES[Tone(tone)]
        return Sign(sign, self.text(word))

    def severity(self, severity: str) -> str:
        """How much it matters, as a word."""
        return self.text(names.SEVERITIES[severity])

    def certainty(self, certainty: float) -> str:
        """How sure a rule is (0 to 1), as a sentence."""
        return names.certainty(self, certainty)

    def cue(self, label: str) -> str:
        """What some words were taken for, from a cue's label."""
        return names.cue(self, label)


def is_language(code: str) -> bool:
    """Whether a code such as "en" or "pt-BR" names a language (Unicode CLDR)."""
    return code.replace("-", "_") in _languages()


@cache
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale.parse("en").languages)


# Babel takes a tenth of a millisecond or more each time, and a page has hundreds of dates and numbers.
@lru_cache(maxsize=4096)
def _date(locale: str, year: int, month: int, day: int, form: str = "d MMMM y") -> str:
    from babel.dates import format_date

    return format_date(date(year, month, day), form, locale=locale)


@lru_cache(maxsize=4096)
def _moment(locale: str, when: datetime, _zone: str) -> str:
    # The zone stands beside the time because equal times of two zones are one key.
    from babel.dates import format_datetime

    return format_datetime(when, "d MMMM y, HH:mm z", tzinfo=when.tzinfo, locale=locale)


@lru_cache(maxsize=4096)
def _number(locale: str, value: int) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale)


# A page asks for the same few sentences hundreds of times, each through as many files as there are.
@lru_cache(maxsize=8_192)
def _gettext(language: str, sentence: str) -> str:
    return translations(language).gettext(sentence)


@cache
def _voice(language: str) -> Voice:
    return Voice(language)

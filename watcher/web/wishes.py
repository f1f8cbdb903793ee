"""The form of a subscription: what was filled in, what is wrong with it, and the wishes that it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from starlette.datastructures import FormData, QueryParams

from watcher import schedule
from watcher.addresses import AddressError, Doubt, mail_address
from watcher.model.alert import Rhythm, Subscriber
from watcher.model.finding import ABOUT_AI, SEVERITIES, Severity
from watcher.model.source import slug
from watcher.site import NAMES
from watcher.subscribing import Choices
from watcher.voice.msg import msg
from watcher.voice.wishes import LICENCES
from watcher.web.forms import chosen, line

Scope = Literal["all", "some"]
HOURS = tuple(range(24))
RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)

DOUBTS: Mapping[Doubt, str] = {
    Doubt.MISSING: msg("Write the address the alerts should go to."),
    Doubt.NO_AT: msg("A mail address has an @ in it, such as anna@example.org."),
    Doubt.BLANK: msg("A mail address has no blanks in it, and only one fits here."),
    Doubt.LONG: msg("This is longer than a mail address can be."),
    Doubt.LETTERS: msg(
        "We cannot write to addresses with accents or other special letters before the @. Do you have another one?"
    ),
    Doubt.DOMAIN: msg("What follows the @ is not complete; it ends in something like .org or .it."),
    Doubt.FORM: msg("This does not look like a mail address; please read it once more."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What one form offers: slugs with the names they stand for. Wishes that are older than the settings stay on it."""

    services: Mapping[str, str]
    groups: Mapping[str, str]
    categories: tuple[str, ...]

    @staticmethod
    def of(choices: Choices, known: Subscriber | None = None) -> "Offer":
        """Every choice there is, and whatever `known` has chosen besides."""
        services = dict.fromkeys((*choices.services, *(known.services if known else ())))
        groups = dict.fromkeys((*choices.groups, *(known.groups if known else ())))
        categories = (*ABOUT_AI, LICENCES, *(known.categories if known else ()))
        return Offer(
            {slug(name): name for name in sorted(services, key=str.casefold)},
            {slug(name): name for name in groups},
            tuple(dict.fromkeys(categories)),
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """A form as it is filled in, right or wrong; `services` and `groups` are slugs."""

    address: str = ""
    language: str = "en"
    scope: str = "all"
    groups: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    topics: str = "all"
    categories: frozenset[str] = frozenset(ABOUT_AI)
    severity: str = "low"
    rhythm: str = "at_once"
    hour: str = "8"
    timezone: str = "UTC"

    @staticmethod
    def read(form: FormData) -> "Wishes":
        """As it was sent; a field that is missing or longer than it can be shows up as a mistake later."""
        return Wishes(
            address=line(form, "address"),
            language=line(form, "language"),
            scope=line(form, "scope"),
            groups=frozenset(chosen(form, "group")),
            services=frozenset(chosen(form, "service")),
            topics=line(form, "topics"),
            categories=frozenset(chosen(form, "category")),
            severity=line(form, "severity"),
            rhythm=line(form, "rhythm"),
            hour=line(form, "hour"),
            timezone=line(form, "timezone"),
        )

    @staticmethod
    def of(subscriber: Subscriber) -> "Wishes":
        """As a subscriber has them now."""
        limited = bool(subscriber.services or subscriber.groups)
        plain = Wishes()
        return replace(
            plain,
            address=subscriber.address,
            language=subscriber.language,
            scope="some" if limited else "all",
            groups=frozenset(map(slug, subscriber.groups)),
            services=frozenset(map(slug, subscriber.services)),
            topics="some" if subscriber.categories else "all",
            categories=frozenset(subscriber.categories) or plain.categories,
            severity=subscriber.severity,
            rhythm=subscriber.rhythm,
            hour=str(subscriber.hour),
            timezone=subscriber.timezone,
        )

    def asking_for(self, query: QueryParams, offer: Offer) -> "Wishes":
        """With the platforms or groups that a link names, as `?service=Wavecrest`; unknown ones change nothing."""
        services = frozenset(map(slug, query.getlist("service"))) & frozenset(offer.services)
        groups = frozenset(map(slug, query.getlist("group"))) & frozenset(offer.groups)
        if not services and not groups:
            return self
        return replace(self, scope="some", services=services, groups=groups)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a form came to: the wishes it means, or each field's mistake as a sentence in English (see `msg`)."""

    wishes: Subscriber | None
    mistakes: Mapping[str, str] = field(default_factory=dict)


def check(form: Wishes, offer: Offer, known: str = "") -> Checked:
    """Everything about a form at once, so that nobody corrects one thing only to hear of the next.

    `known` is the address of whoever subscribes already, on whose form there is none to fill in.
    """
    mistakes: dict[str, str] = {}
    address = known
    try:
        address = known or mail_address(form.address)
    except AddressError as error:
        mistakes["address"] = DOUBTS[error.doubt]
    some = form.scope == "some"
    services = tuple(name for key, name in offer.services.items() if key in form.services)
    groups = tuple(name for key, name in offer.groups.items() if key in form.groups)
    if form.scope not in ("all", "some"):
        mistakes["scope"] = msg("Choose all platforms, or some of them.")
    elif some and not services and not groups:
        mistakes["scope"] = msg("Tick at least one group or platform, or choose all platforms.")
    if form.rhythm not in RHYTHMS:
        mistakes["rhythm"] = msg("Choose how often you want to hear from us.")
    if form.hour not in {str(hour) for hour in HOURS}:
        mistakes["hour"] = msg("Choose an hour of the day.")
    try:
        schedule.zone(form.timezone)
    except ValueError:
        mistakes["timezone"] = msg("Choose a time zone.")
    categories = tuple(name for name in offer.categories if name in form.categories)
    if form.topics not in ("all", "some"):
        mistakes["topics"] = msg("Choose all topics about AI, or some of them.")
    elif form.topics == "some" and not categories:
        mistakes["topics"] = msg("Tick at least one topic, or choose everything about AI.")
    if form.severity not in SEVERITIES:
        mistakes["severity"] = msg("Choose which changes you want to hear of.")
    if form.language not in NAMES:
        mistakes["language"] = msg("Choose a language.")
    if mistakes:
        return Checked(None, mistakes)
    return Checked(
        Subscriber(
            address=address,
            language=form.language,
            services=services if some else (),
            groups=groups if some else (),
            categories=() if form.topics == "all" or set(categories) == set(ABOUT_AI) else categories,
            severity=_severity(form.severity),
            rhythm=_rhythm(form.rhythm),
            hour=int(form.hour),
            timezone=form.timezone,
        )
    )


def _severity(word: str) -> Severity:
    return next(severity for severity in SEVERITIES if severity == word)


def _rhythm(word: str) -> Rhythm:
    return next(rhythm for rhythm in RHYTHMS if rhythm == word)

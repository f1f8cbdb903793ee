"""The operator's note: what needs a look, with reason and remedy, and what is resolved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.alerts.fitting import fitted
from watcher.alerts.letter import rendered
from watcher.alerts.links import Links
from watcher.model.alert import Body
from watcher.model.note import Fact, Topic
from watcher.voice import Voice
from watcher.voice.msg import msg
from watcher.voice.passage import clipped, harmless
from watcher.voice.troubles import reason

_ON_A_TOPIC = 25
_LONGEST = 400
# How many items a topic has, and how many characters a text from elsewhere may have.
_ROOMS = (
    *((most, 4_000) for most in (_ON_A_TOPIC, 20, 15, 10, 7, 5, 3, 2, 1)),
    (1, 1_000),
    (1, 400),
    (1, 100),
)

TOPICS: dict[Topic, str] = {
    "held": msg("Alerts that wait for your look"),
    "reading": msg("Readings that readers call wrong"),
    "listed": msg("News from lists of legal documents"),
    "quarantined": msg("Pages that were refused"),
    "selectors": msg("Pages that were rebuilt"),
    "failing": msg("Pages we cannot fetch"),
    "moved": msg("Pages that moved"),
    "letters": msg("The outbox"),
    "hub": msg("News from other watchers"),
}

_BY_TOPIC: dict[Topic, str] = {
    "held": msg("It goes out by itself when the time is over; release it sooner, or stop it:"),
    "reading": msg("Look at the comparison. If the reading is wrong, withdraw it; whoever got it is told:"),
    "quarantined": msg("Look at what came. If it is the document after all, accept it:"),
    "selectors": msg("Save the page, try other selectors, and write them to the config:"),
    "listed": msg("To follow it, copy what this prints into the config:"),
    "letters": msg("See why; an address that is refused again and again gets no further mail:"),
    "moved": msg("If the new address is right, write it to the config as `url`."),
}

_BY_REASON: dict[str, str] = {
    "document_gone": msg("Look whether the document stands elsewhere now."),
    "robots": msg("Ask the site for permission, or set `obey_robots: false` where the law lets you."),
    "shell": msg("Install a browser for such pages: docs/operating.md says how."),
    "bot-wall": msg(
        "Save the page in your own browser from time to time and add it with `watcher add-version`."
    ),
    "http-403": msg(
        "Save the page in your own browser from time to time and add it with `watcher add-version`."
    ),
    "http-404": msg("Find the document's new address and write it to the config as `url`."),
    "http-410": msg("Find the document's new address and write it to the config as `url`."),
    "http-429": msg("Look at it less often: a longer `schedule`, a longer `delay`."),
    "not-found": msg("Find the document's new address and write it to the config as `url`."),
    "home-page": msg("Find the document's new address and write it to the config as `url`."),
    "dns": msg("Look whether the site still exists, and whether this machine's name server answers."),
    "tls": msg("Look at the site in a browser; its certificate is not well."),
    "drastic": msg("Nothing to do if the next check shows the same text; to take it at once, accept it:"),
    "internal": msg("Run it once with --verbose and report what it shows."),
    "damaged": msg("The store is damaged there: restore a backup."),
}


@dataclass(frozen=True, slots=True)
class _Item:
    about: str
    why: str
    remedy: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    title: str
    items: tuple[_Item, ...]
    more: int


def note(new: Sequence[Fact], over: Sequence[str], language: str, links: Links, *, day: datetime) -> Body:
    """One body for all `new` facts and the names of those that are `over`; at least one of either."""
    voice = Voice.of(language)
    headline = _headline(voice, len(new), len(over))
    subject = voice.text("Watcher: %(what)s", what=headline.rstrip("."))

    def render(room: tuple[int, int]) -> Body:
        most, longest = room
        groups = [
            _Group(
                voice.text(title),
                tuple(_item(voice, one, longest) for one in mine[:most]),
                max(0, len(mine) - most),
            )
            for topic, title in TOPICS.items()
            if (mine := [one for one in new if one.topic == topic])
        ]
        values = {
            "day": day,
            "headline": headline,
            "groups": groups,
            "over": [clipped(harmless(about), longest) for about in over[:most]],
            "over_more": max(0, len(over) - most),
        }
        return rendered("operator", subject, voice, links, values)

    return fitted(_ROOMS, render, links)


def _headline(voice: Voice, new: int, over: int) -> str:
    needs = voice.plural("%(count)s thing needs a look", "%(count)s things need a look", new)
    resolved = voice.plural("%(count)s is resolved", "%(count)s are resolved", over)
    parts = [part for part, count in ((needs, new), (resolved, over)) if count]
    return ", ".join(parts) + "."


def _item(voice: Voice, fact: Fact, longest: int) -> _Item:
    why = [harmless(reason(voice, fact.reason))] if fact.reason else []
    why = [one[:1].upper() + one[1:] for one in why]
    if fact.topic == "held" and fact.at is not None:
        sentence = voice.plural(
            "It goes to %(count)s reader at %(when)s.",
            "It goes to %(count)s readers at %(when)s.",
            fact.count,
            when=voice.moment(fact.at),
        )
        why.append(sentence)
    if fact.topic == "letters":
        sentence = voice.plural(
            "%(count)s letter was given up.", "%(count)s letters were given up.", fact.count
        )
        why.append(sentence)
    if fact.detail:
        why.append(clipped(harmless(fact.detail), _LONGEST))
    remedy = _BY_REASON.get(fact.reason) or _BY_TOPIC.get(fact.topic, "")
    about = voice.text("Letters that nobody took") if fact.topic == "letters" else harmless(fact.about)
    return _Item(
        clipped(about, longest),
        clipped(" ".join(why), longest),
        voice.text(remedy) if remedy else "",
        fact.commands,
    )

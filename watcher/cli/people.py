"""Commands about subscribers."""

import re
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watcher.cli import screen
from watcher.cli.names import require
from watcher.cli.options import ConfigOption, open_store, read_settings
from watcher.errors import InputError

if TYPE_CHECKING:
    from watcher.model.alert import Subscriber
    from watcher.settings import Settings

PANEL = "Subscribers"

# RFC 5321 allows more, but a mistyped address is likelier than an exotic one.
_ADDRESS = re.compile(r"[^\s@<>\"(),;:\\\x00-\x1f]{1,64}@[^\s@<>\"(),;:\\]+\.[^\s@<>\"(),;:\\.]{2,}")


class Language(StrEnum):
    """Languages that mails are written in."""

    en = "en"
    it = "it"


class Least(StrEnum):
    """The least severity to hear of."""

    low = "low"
    medium = "medium"
    high = "high"
    critical = "critical"


class ListFormat(StrEnum):
    """How `subscribers` answers."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (subscribe, unsubscribe, subscribers):
        app.command(rich_help_panel=PANEL)(command)


def subscribe(
    address: Annotated[str, typer.Argument(help="Where the alerts go.")],
    language: Annotated[Language, typer.Option(help="Language of the mails.")] = Language.en,
    service: Annotated[
        list[str] | None, typer.Option(help="Only this platform; may be given several times.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="Only platforms of this group, such as music.")
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(help="Only this category, such as training_grant; also opts in to licence_*."),
    ] = None,
    severity: Annotated[Least, typer.Option(help="Nothing less severe than this.")] = Least.low,
    config: ConfigOption = None,
) -> None:
    """Tell an address of changes that matter. Subscribing again changes the wishes.

    Ask people first: this command confirms for them. `watcher subscribe anna@example.org --language it --group music`
    """
    from watcher import clock
    from watcher.model.alert import Subscriber

    address = _address(address)
    settings = read_settings(config)
    services = {document.service for document in settings.documents}
    groups = {name for document in settings.documents for name in document.groups}
    for name in category or ():
        _must_be_category(name, settings)
    wishes = Subscriber(
        address=address,
        language=language.value,
        services=tuple(require(name, services, "platform") for name in service or ()),
        groups=tuple(require(name, groups, "group") for name in group or ()),
        categories=tuple(category or ()),
        severity=severity.value,
        since=clock.now(),
    )
    with open_store(settings) as store:
        new = store.subscribers.keep(wishes)
    screen.say(f"{address} {'will be told' if new else 'has new wishes'}: {_wishes(wishes)}")
    if not settings.mail.enabled:
        screen.say("No mail server is configured yet, so nothing is sent: set `mail` in config.yaml.")


def unsubscribe(
    address: Annotated[str, typer.Argument(help="The address to forget.")], config: ConfigOption = None
) -> None:
    """Forget an address and every letter written to it, at once."""
    settings = read_settings(config)
    with open_store(settings) as store:
        if not store.subscribers.remove(_address(address)):
            raise InputError("nobody is subscribed with that address", where=address)
    screen.say(f"{address} is forgotten")


def subscribers(
    output: Annotated[ListFormat, typer.Option("--format", help="What to print.")] = ListFormat.text,
    config: ConfigOption = None,
) -> None:
    """List who hears of what."""
    settings = read_settings(config)
    with open_store(settings) as store:
        everyone = store.subscribers.all()
    if output is ListFormat.json:
        screen.put_json([_as_json(one) for one in everyone], pretty=True)
        return
    table = screen.table("address", "language", "hears of")
    for one in everyone:
        table.add_row(one.address, one.language, _wishes(one))
    screen.out().print(table if everyone else "Nobody is subscribed yet: `watcher subscribe ADDRESS`.")


def _as_json(one: "Subscriber") -> dict[str, Any]:
    return asdict(one) | {"since": one.since.isoformat() if one.since else None}


def _must_be_category(name: str, settings: "Settings") -> None:
    from fnmatch import fnmatchcase

    from watcher.clauses import load_packs

    known = {one.rule.category for one in load_packs(settings.rules).rules}
    if not any(fnmatchcase(one, name) for one in known):
        require(name, known, "category")


def _address(text: str) -> str:
    address = text.strip().lower()
    if not _ADDRESS.fullmatch(address):
        raise InputError("this is no mail address", where=text, remedy="Write one such as anna@example.org.")
    return address


def _wishes(one: "Subscriber") -> str:
    platforms = ", ".join((*one.services, *(f"all of {group}" for group in one.groups))) or "all platforms"
    categories = ", ".join(one.categories) or "all AI categories"
    return f"{platforms} · {categories} · {one.severity} and up"

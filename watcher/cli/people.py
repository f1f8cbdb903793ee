"""Commands about subscribers."""

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

subscribers = typer.Typer(
    help="Who hears of what, and what is kept about an address.", rich_markup_mode="markdown"
)


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


class Rhythm(StrEnum):
    """How often alerts come."""

    at_once = "at_once"
    daily = "daily"
    weekly = "weekly"


class ListFormat(StrEnum):
    """How `subscribers` answers."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    for command in (subscribe, unsubscribe):
        app.command(rich_help_panel=PANEL)(command)
    app.add_typer(subscribers, name="subscribers", rich_help_panel=PANEL)


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
    rhythm: Annotated[
        Rhythm, typer.Option(help="At once, or a digest each day or each week, on Mondays.")
    ] = Rhythm.at_once,
    hour: Annotated[int, typer.Option(min=0, max=23, help="The digest's hour.")] = 8,
    timezone: Annotated[
        str | None,
        typer.Option(help="Its time zone, such as Europe/Rome. Default: the config's.", show_default=False),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Tell an address of changes that matter. Subscribing again changes the wishes.

    Ask people first: this command confirms for them. `watcher subscribe anna@example.org --language it --group music`
    """
    from watcher import clock
    from watcher.addresses import mail_address
    from watcher.model.alert import Subscriber
    from watcher.subscribing import Choices

    address = mail_address(address)
    settings = read_settings(config)
    choices = Choices.of(settings)
    for name in category or ():
        _must_be_category(name, settings)
    wishes = Subscriber(
        address=address,
        language=language.value,
        services=tuple(require(name, choices.services, "platform") for name in service or ()),
        groups=tuple(require(name, choices.groups, "group") for name in group or ()),
        categories=tuple(category or ()),
        severity=severity.value,
        since=clock.now(),
        rhythm=rhythm.value,
        hour=hour,
        timezone=_zone(timezone or settings.timezone),
    )
    with open_store(settings) as store:
        new = store.subscribers.keep(wishes)
    screen.say(f"{address} {'will be told' if new else 'has new wishes'}: {_wishes(wishes)}")
    if not settings.mail.enabled:
        screen.say("No mail server is configured yet, so nothing is sent: set `mail` in config.yaml.")


def unsubscribe(
    address: Annotated[str, typer.Argument(help="The address to forget.")], config: ConfigOption = None
) -> None:
    """Erase an address with its wishes, requests and every letter written to it, at once.

    `watcher subscribers export ADDRESS` shows first what that is.
    """
    settings = read_settings(config)
    with open_store(settings) as store:
        if not store.subscribers.remove(_kept(address)):
            raise InputError("nobody is subscribed with that address", where=address)
    screen.say(f"{address} is forgotten")


@subscribers.callback(invoke_without_command=True)
def list_subscribers(
    context: typer.Context,
    output: Annotated[ListFormat, typer.Option("--format", help="What to print.")] = ListFormat.text,
    config: ConfigOption = None,
) -> None:
    """List who hears of what; `export` tells everything about one address."""
    if context.invoked_subcommand is not None:
        return
    settings = read_settings(config)
    with open_store(settings) as store:
        everyone = store.subscribers.all()
        stopped = store.outbox.refused(settings.mail.stop_after)
    if output is ListFormat.json:
        found = [_as_json(one) | {"stopped": one.address in stopped} for one in everyone]
        screen.put_json(found, pretty=True)
        return
    table = screen.table("address", "language", "hears of")
    for one in everyone:
        hears = "nothing: her server refuses her mail for good" if one.address in stopped else _wishes(one)
        table.add_row(one.address, one.language, hears)
    screen.out().print(table if everyone else "Nobody is subscribed yet: `watcher subscribe ADDRESS`.")


@subscribers.command()
def export(
    address: Annotated[str, typer.Argument(help="The address asked about.")], config: ConfigOption = None
) -> None:
    """Print everything that is kept about an address as JSON, for whoever asks what is known of her.

    `watcher unsubscribe ADDRESS` erases it.
    """
    with open_store(read_settings(config)) as store:
        everything = store.personal.export(_kept(address))
    if everything is None:
        raise InputError("nothing is kept about that address", where=address)
    screen.put_json(everything, pretty=True)


def _as_json(one: "Subscriber") -> dict[str, Any]:
    return asdict(one) | {"since": one.since.isoformat() if one.since else None}


def _must_be_category(name: str, settings: "Settings") -> None:
    from fnmatch import fnmatchcase

    from watcher.clauses import load_packs
    from watcher.model.finding import ABOUT_AI

    known = {one.rule.category for one in load_packs(settings.rules).rules} | set(ABOUT_AI)
    if not any(fnmatchcase(one, name) for one in known):
        require(name, known, "category")


def _kept(text: str) -> str:
    """An address as the store has it; one that could not be kept today may have been kept once."""
    from watcher.addresses import AddressError, mail_address

    try:
        return mail_address(text)
    except AddressError:
        return text.strip().lower()


def _zone(name: str) -> str:
    from watcher import schedule

    try:
        schedule.zone(name)
    except ValueError as error:
        raise InputError(str(error), where="--timezone") from None
    return name


def _wishes(one: "Subscriber") -> str:
    platforms = ", ".join((*one.services, *(f"all of {group}" for group in one.groups))) or "all platforms"
    categories = ", ".join(one.categories) or "all AI categories"
    when = "at once" if one.rhythm == "at_once" else f"{one.rhythm} at {one.hour:02}:00 {one.timezone}"
    return f"{platforms} · {categories} · {one.severity} and up · {when}"

"""Commands about letters that are not handed over yet."""

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from watcher.cli import screen
from watcher.cli.options import ConfigOption, open_store, read_settings
from watcher.cli.people import Language
from watcher.errors import InputError

if TYPE_CHECKING:
    from watcher.store.outbox import Kept

outbox = typer.Typer(
    help="Letters that wait for the mail server, and those given up.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


class ListFormat(StrEnum):
    """How `outbox list` answers."""

    text = "text"
    json = "json"


def register(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(outbox, name="outbox", rich_help_panel="Subscribers")
    app.command("send-test", rich_help_panel="Subscribers")(send_test)


def send_test(
    address: Annotated[str, typer.Argument(help="Where to send it, such as your own.")],
    language: Annotated[Language, typer.Option(help="Language of the mail.")] = Language.en,
    config: ConfigOption = None,
) -> None:
    """Send one mail to prove the mail settings, past the outbox; what the server says is shown."""
    import asyncio

    from watcher import clock
    from watcher.addresses import mail_address
    from watcher.alerts import Links, Mailer, addressed, trial
    from watcher.alerts.rhythm import zone
    from watcher.errors import DeliveryError, UsageError
    from watcher.model.alert import Subscriber, filled
    from watcher.signing import Signer

    settings = read_settings(config)
    if not settings.mail.enabled:
        raise UsageError(
            "no mail server is configured",
            where=str(settings.path),
            remedy="Set `mail.host` and `mail.sender`.",
        )
    now = clock.now()
    # It is no subscription, so that no link of it leads anywhere.
    links = Links("", Signer("", clock.now))
    body = trial(language.value, links, settings.mail, day=now.astimezone(zone(settings.timezone)))
    reader = Subscriber(mail_address(address), language.value)
    about = f"test-{now:%Y%m%d%H%M%S%f}"
    letter = filled(
        addressed(
            body, reader, about=about, kind="operator", options=settings.mail, links=links, written_at=now
        ),
        body,
    )

    async def send() -> None:
        async with Mailer(settings.mail) as mailer:
            await mailer.send(letter)

    try:
        asyncio.run(send())
    except DeliveryError as error:
        raise UsageError(error.what, where=error.where, remedy=error.remedy) from None
    screen.say(f"{settings.mail.host}:{settings.mail.port} took it; look whether it arrives")


@outbox.command("list")
def list_letters(
    every: Annotated[bool, typer.Option("--all", help="Sent ones too.")] = False,
    output: Annotated[ListFormat, typer.Option("--format", help="What to print.")] = ListFormat.text,
    config: ConfigOption = None,
) -> None:
    """List letters that wait or were given up: Message-ID, address, what it tells, tries, next try, problem."""
    with open_store(read_settings(config)) as store:
        letters = store.outbox.listed(every=every)
    if output is ListFormat.json:
        screen.put_json([_as_json(one) for one in letters], pretty=True)
    else:
        screen.lines([line for one in letters for line in _as_text(one)] or ["No letter waits."])


@outbox.command()
def retry(
    message_id: Annotated[
        str | None,
        typer.Argument(help="The letter's Message-ID. Default: all of them.", show_default=False),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Make letters that wait or were given up due at once; the next run, or the daemon, hands them over."""
    wanted = None if message_id is None else _whole(message_id)
    with open_store(read_settings(config)) as store:
        count = store.outbox.retry(wanted)
    if wanted is not None and not count:
        raise _unknown(wanted)
    screen.say(f"{_many(count, 'letter')} due at once")


@outbox.command()
def drop(
    message_id: Annotated[str, typer.Argument(help="The letter's Message-ID.", show_default=False)],
    config: ConfigOption = None,
) -> None:
    """Forget a letter that was not sent; it is never handed over."""
    wanted = _whole(message_id)
    with open_store(read_settings(config)) as store:
        if not store.outbox.drop(wanted):
            raise _unknown(wanted)
    screen.say(f"{_bare(wanted)} is dropped")


def _as_json(one: "Kept") -> dict[str, Any]:
    return asdict(one) | {"next_try": one.next_try.isoformat() if one.next_try else None}


def _as_text(one: "Kept") -> tuple[str, ...]:
    """Three lines: a Message-ID folded into a table's cell could not be copied."""
    tries = _many(one.tries, "try", "tries")
    match one.state:
        case "sent":
            state = "sent"
        case "given_up":
            state = f"given up after {tries}"
        case _:
            then = f"{one.next_try:%Y-%m-%d %H:%M} UTC" if one.next_try else "at once"
            state = f"waiting, {tries}, next {then}"
    return (
        _bare(one.message_id),
        f"  {one.address}: {one.what}",
        f"  {state}" + (f": {one.problem}" if one.problem else ""),
    )


def _bare(message_id: str) -> str:
    """Without its angle brackets, which a shell would take for itself."""
    return message_id.strip("<>")


def _whole(message_id: str) -> str:
    return f"<{_bare(message_id.strip())}>"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count} {one if count == 1 else more or f'{one}s'}"


def _unknown(message_id: str) -> InputError:
    return InputError(
        "no letter with this Message-ID waits or was given up",
        where=_bare(message_id),
        remedy="`watcher outbox list` shows those that do.",
    )

"""What readers ask for: to subscribe, to confirm, to change, to leave; and what they tell the operator.

Web and commands share it. Nothing here is ever logged: every call carries an address or a link that opens one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from watcher import schedule
from watcher.addresses import mailbox_key
from watcher.alerts import Links, confirmation, way_back
from watcher.errors import TooOftenError
from watcher.model.alert import Letter, Subscriber
from watcher.model.reader import Request, Suggestion, WrongReading
from watcher.store import Limit

if TYPE_CHECKING:
    from watcher.settings import Settings
    from watcher.signing import Signer
    from watcher.store import Store

CONFIRM_WITHIN = timedelta(hours=48)

# Three mails a day that she did not ask for are the most that a stranger can send anybody through the forms.
_PER_MAILBOX = (3, timedelta(days=1))
# A school or an office behind one address may subscribe together; a script gets no further than they.
_PER_NETWORK = (20, timedelta(hours=1))

Purpose = Literal["preferences", "unsubscribe"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: names of platforms and of their groups, each sorted."""

    services: tuple[str, ...]
    groups: tuple[str, ...]

    @staticmethod
    def of(settings: "Settings") -> "Choices":
        """Those of the configured documents."""
        services = {document.service for document in settings.documents}
        groups = {name for document in settings.documents for name in document.groups}
        return Choices(tuple(sorted(services, key=str.casefold)), tuple(sorted(groups)))


def closed(settings: "Settings") -> str:
    """Why nobody can subscribe on the site, for the operator; empty when everybody can."""
    lacking = [
        key
        for key, there in (
            ("mail.host and mail.sender", settings.mail.enabled),
            ("site.base_url", settings.site.base_url),
        )
        if not there
    ]
    return f"nobody can subscribe on the site yet: set {' and '.join(lacking)}" if lacking else ""


class Reception:
    """Where readers are received. `now` is the clock in UTC, `new_id` gives 32 random hexadecimal digits.

    `network` is whatever names the place that a form came from; what comes from one place shares a limit.
    """

    def __init__(
        self,
        settings: "Settings",
        store: "Store",
        signer: "Signer",
        now: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._settings = settings
        self._store = store
        self._signer = signer
        self._now = now
        self._new_id = new_id

    @cached_property
    def links(self) -> Links:
        """The addresses that stand in mails."""
        return Links(self._settings.site.base_url, self._signer)

    @cached_property
    def choices(self) -> Choices:
        """What can be chosen."""
        return Choices.of(self._settings)

    def ask(self, wishes: Subscriber, network: str) -> None:
        """Write the mail that asks her to confirm, or, to an address that subscribes already, the one that says so.

        Both cases do the same work, so that neither the answer nor its time tells a stranger which one it was. Raises
        `TooOftenError` when the mailbox or the network has used up its limit; then nothing is written.
        """
        self._take(network, wishes.address)
        self.tidy()
        now = self._now()
        request = Request(self._new_id(), wishes, now)
        expires = (now + CONFIRM_WITHIN).astimezone(schedule.zone(wishes.timezone))
        asking = confirmation(request, self.links, self._settings.mail, self._title, expires)
        known = self._store.subscribers.by_address(wishes.address)
        answer = self._way_back(known or wishes, again=True)
        if known is None:
            self._store.requests.ask(asking, request)
        else:
            self._store.requests.ask(answer)

    def send_link(self, address: str, language: str, network: str) -> None:
        """Mail her the way to her preferences, when the address subscribes; otherwise nobody hears anything.

        Raises `TooOftenError` as `ask` does.
        """
        self._take(network, address)
        self.tidy()
        known = self._store.subscribers.by_address(address)
        answer = self._way_back(known or Subscriber(address, language), again=False)
        self._store.requests.ask(answer if known else None)

    def asked(self, token: str) -> Request | None:
        """What the link of a confirmation asks for, None when that is done or deleted; raises `LinkError`."""
        return self._store.requests.find(self._request(token), self._now() - CONFIRM_WITHIN)

    def confirm(self, token: str) -> Subscriber | None:
        """Begin the subscription; None when the request is done or deleted. Raises `LinkError`."""
        now = self._now()
        return self._store.requests.confirm(self._request(token), now, now - CONFIRM_WITHIN)

    def confirmed(self, token: str) -> Subscriber | None:
        """Whom a link has made a subscriber, so that a second click is no mistake; raises `LinkError`."""
        return self._store.subscribers.by_id(self._request(token))

    def whom(self, purpose: Purpose, token: str) -> Subscriber | None:
        """Whose link this is, None when she has left; raises `LinkError`."""
        return self._store.subscribers.by_id(str(self._signer.open(purpose, token).get("id", "")))

    def change(self, known: Subscriber, wishes: Subscriber) -> bool:
        """Give her new wishes; address, id and date stay. False when she has left meanwhile."""
        return self._store.subscribers.change(
            replace(wishes, address=known.address, id=known.id, since=known.since)
        )

    def leave(self, token: str) -> bool:
        """Erase whom a link for leaving names, at once; whether there still was something. Raises `LinkError`."""
        known = self.whom("unsubscribe", token)
        return known is not None and self._store.subscribers.remove(known.address)

    def suggest(self, suggestion: Suggestion, network: str) -> None:
        """Keep it for the operator; raises `TooOftenError`."""
        self._take(network)
        self._store.suggestions.add(suggestion)

    def report_wrong(self, wrong: WrongReading, network: str) -> None:
        """Keep it for the operator; raises `TooOftenError`."""
        self._take(network)
        self._store.wrong_readings.report(wrong)

    def tidy(self) -> None:
        """Forget requests that nobody confirmed in time, their letters, and what counted towards limits."""
        now = self._now()
        self._store.requests.forget(now - CONFIRM_WITHIN)
        self._store.limits.forget(now - max(within for _, within in (_PER_MAILBOX, _PER_NETWORK)))

    @property
    def _title(self) -> str:
        return self._settings.site.title

    def _request(self, token: str) -> str:
        return str(self._signer.open("confirm", token, lasts=CONFIRM_WITHIN).get("id", ""))

    def _way_back(self, whom: Subscriber, *, again: bool) -> Letter:
        return way_back(
            whom,
            self.links,
            self._settings.mail,
            self._title,
            again=again,
            written_at=self._now(),
            letter=self._new_id(),
        )

    def _take(self, network: str, address: str = "") -> None:
        now = self._now()
        limits = [Limit(self._signer.digest("network", network), *_PER_NETWORK)]
        if address:
            limits.append(Limit(self._signer.digest("mailbox", mailbox_key(address)), *_PER_MAILBOX))
        free = self._store.limits.take(limits, now)
        if free is not None:
            after = free - now
            # Nobody waits longer for a network than its stretch; less may be the rest of either.
            mailbox: Literal["mailbox", "either"] = "mailbox" if after > _PER_NETWORK[1] else "either"
            raise TooOftenError(
                "this was asked for too often", after=after, limit=mailbox if address else "network"
            )

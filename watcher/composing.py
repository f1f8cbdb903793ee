"""Making letters of what is to be told: each at its time, what belongs together in one, rendered once for many."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from watcher.alerts import Links, News, Words, addressed, alert, correction, digest, silence
from watcher.alerts.rhythm import next_digest, zone
from watcher.alerts.silence import Silent
from watcher.alerts.wants import wants
from watcher.assembly import Rules, readers
from watcher.diff import compare, mark
from watcher.errors import DamagedError
from watcher.log import alone
from watcher.model.alert import (
    CHANNEL,
    Body,
    Event,
    Letter,
    LetterKind,
    Notice,
    NoticeKind,
    Subscriber,
    message_id,
)
from watcher.model.folding import digest as digest_of
from watcher.model.note import Outage, Withdrawal
from watcher.signing import Signer
from watcher.store import Settled, Store
from watcher.voice.effect import takes_effect

if TYPE_CHECKING:
    from watcher.settings import Settings

# So many letters are written in one transaction; whatever else wants to write waits no longer than that.
_AT_ONCE = 500

_KINDS: dict[NoticeKind, LetterKind] = {"correction": "correction", "silent": "notice", "back": "notice"}

Group = tuple[NoticeKind, tuple[Notice, ...]]


async def compose(
    settings: "Settings",
    store: Store,
    rules: Rules,
    signer: Signer,
    now: Callable[[], datetime],
    *,
    gather: timedelta = timedelta(),
    stop: asyncio.Event | None = None,
) -> int:
    """Make letters of every notice whose time has come; how many.

    Changes of one platform that are told at once are one letter, for which the first of them waits `gather` for others.
    Letters and the marks on their notices are written together, some hundred at a time, so that a death in between
    leaves the others waiting and repeats none.
    """
    made = 0
    while True:
        pass_ = _Pass(settings, store, rules, signer, now(), gather)
        done = await pass_.settle(stop)
        made += done
        if pass_.whole or (stop is not None and stop.is_set()):
            return made


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An event with the changes of it that somebody wants to hear of, and their keys."""

    about: str
    keys: tuple[str, ...]
    news: News


class _Pass:
    """One look at what waits, with everything that letters need; each thing is read and rendered once.

    `whole` is False when a finding was withdrawn while letters were made: the rest has to be made anew.
    """

    def __init__(
        self,
        settings: "Settings",
        store: Store,
        rules: Rules,
        signer: Signer,
        now: datetime,
        gather: timedelta,
    ) -> None:
        self._settings, self._store, self._now, self._gather = settings, store, now, gather
        self._links = Links(settings.site.base_url, signer)
        self._words = Words(rules.explain, mark, self._links)
        self._withdrawals = store.notices.count_withdrawals()
        self._pending = store.notices.pending()
        self._bodies: dict[object, Body] = {}
        self._wanted: dict[object, _Wanted | None] = {}
        self._read: dict[str, News] = {}
        self.whole = True

    async def settle(self, stop: asyncio.Event | None) -> int:
        """Make the letters and write them down; how many."""
        made = 0
        batch: list[Settled] = []
        bodies: dict[str, Body] = {}
        for settled, body in self._settled():
            batch.append(settled)
            if body is not None:
                bodies[body.digest] = body
            if len(batch) >= _AT_ONCE:
                made += self._write(batch, bodies)
                batch, bodies = [], {}
                await asyncio.sleep(0)
                if not self.whole or (stop is not None and stop.is_set()):
                    return made
        return made + self._write(batch, bodies)

    def _write(self, batch: list[Settled], bodies: dict[str, Body]) -> int:
        if not batch:
            return 0
        self.whole = self._store.notices.settle(
            batch, bodies.values(), self._now, withdrawals=self._withdrawals
        )
        return sum(one.letter is not None for one in batch) if self.whole else 0

    def _settled(self) -> Iterator[tuple[Settled, Body | None]]:
        if not self._pending:
            return
        refused = self._store.outbox.refused(self._settings.mail.stop_after)
        everyone = {one.id: one for one in readers(self._settings, self._store)}
        for who, notices in groupby(self._pending, key=lambda notice: notice.subscriber):
            mine = tuple(notices)
            reader = everyone.get(who)
            if reader is None or reader.address in refused:
                # A channel that is configured no more, or an address at which nothing arrives.
                yield Settled(mine), None
                continue
            letters: list[tuple[Settled, Body | None]] = []
            # Should hers be impossible to make, they wait, and everybody else's go out.
            with alone("letters of one reader"):
                letters = [self._letter(reader, *group) for group in self._due(reader, mine)]
            yield from letters

    def _due(self, reader: Subscriber, notices: tuple[Notice, ...]) -> Iterator[Group]:
        """What belongs into one letter, where its time has come."""
        for kind in _KINDS:
            if mine := tuple(one for one in notices if one.kind == kind and one.ready_at <= self._now):
                yield kind, mine
        ready = [one for one in notices if one.kind == "event" and one.ready_at <= self._now]
        if reader.rhythm != "at_once":
            if any(next_digest(reader, one.ready_at) <= self._now for one in ready):
                yield "event", tuple(ready)
            return
        platforms: dict[str, list[Notice]] = {}
        for one in ready:
            event = self._events.get(one.about)
            platforms.setdefault(event.document.service if event else "", []).append(one)
        for together in platforms.values():
            if min(one.ready_at for one in together) + self._gather <= self._now:
                yield "event", tuple(together)

    def _letter(
        self, reader: Subscriber, kind: NoticeKind, notices: tuple[Notice, ...]
    ) -> tuple[Settled, Body | None]:
        """The letter that tells these notices, or none where nothing is left to tell."""
        if reader.id.startswith(CHANNEL):
            return self._post(reader, kind, notices), None
        if kind == "event":
            news = self._news(reader, notices)
            if not news:
                return Settled(notices), None
            told = tuple(key for one in news for key in one.keys)
            body = self._of_events(reader, news)
            single = _single(notices)
            letter_kind: LetterKind = "alert" if reader.rhythm == "at_once" else "digest"
        else:
            made = self._of_watch(reader, kind, notices)
            if made is None:
                return Settled(notices), None
            body, told, single, letter_kind = made, (), None, _KINDS[kind]
        letter = addressed(
            body,
            reader,
            about=single or _name(notices),
            kind=letter_kind,
            options=self._settings.mail,
            links=self._links,
            written_at=self._now,
            event=single,
        )
        return Settled(notices, letter, told), body

    def _post(self, reader: Subscriber, kind: NoticeKind, notices: tuple[Notice, ...]) -> Settled:
        """What a channel is told; it hears of changes and corrections."""
        from watcher.channels import post_correction, post_news

        channel = next(one for one in self._settings.channels if one.name == reader.address)
        about = _single(notices) or _name(notices)
        wanted = self._news(reader, notices) if kind == "event" else ()
        withdrawn = [self._withdrawn[one.about] for one in notices if one.about in self._withdrawn]
        if wanted:
            subject, text = post_news(
                channel, [one.news for one in wanted], self._words, about=about, at=self._now
            )
        elif withdrawn:
            subject, text = post_correction(channel, withdrawn, self._words, about=about, at=self._now)
        else:
            return Settled(notices)
        letter = Letter(
            message_id=message_id(about, reader.id, self._settings.mail.domain),
            event=None,
            address=reader.address,
            subject=subject,
            text=text,
            html="",
            language=reader.language,
            written_at=self._now,
            kind=_KINDS.get(kind, "alert"),
            way=reader.id,
        )
        return Settled(notices, letter, tuple(key for one in wanted for key in one.keys))

    def _news(self, reader: Subscriber, notices: tuple[Notice, ...]) -> tuple["_Wanted", ...]:
        """What the reader wants to hear of the events, as her wishes are today."""
        found = (self._wants(reader, notice.about) for notice in notices)
        return tuple(one for one in found if one is not None)

    def _wants(self, reader: Subscriber, about: str) -> "_Wanted | None":
        key = (reader.services, reader.groups, reader.categories, reader.severity, about)
        if key not in self._wanted:
            event = self._events.get(about)
            changes = wants(reader, event) if event else ()
            self._wanted[key] = (
                _Wanted(
                    about, tuple(one.key for one in changes), replace(self._reading(about), changes=changes)
                )
                if changes
                else None
            )
        return self._wanted[key]

    def _reading(self, about: str) -> News:
        """The event with both texts compared, for the headings above a clause and the date that the text names."""
        if about not in self._read:
            event, archive = self._events[about], self._store.archive
            try:
                old, new = archive.text(event.old_text), archive.text(event.new_text)
            except DamagedError:
                self._read[about] = News(event, event.changes)
            else:
                self._read[about] = News(event, event.changes, compare(old, new), takes_effect(new, old))
        return self._read[about]

    def _of_events(self, reader: Subscriber, wanted: tuple["_Wanted", ...]) -> Body:
        told = tuple((one.about, one.keys) for one in wanted)
        news = [one.news for one in wanted]
        if reader.rhythm == "at_once":
            return self._rendered(
                ("alert", reader.language, told), lambda: alert(news, reader.language, self._words)
            )
        day = self._now.astimezone(zone(reader.timezone))
        weekly = reader.rhythm == "weekly"
        return self._rendered(
            ("digest", reader.language, day.date(), weekly, told),
            lambda: digest(news, reader.language, self._words, day=day, weekly=weekly),
        )

    def _of_watch(self, reader: Subscriber, kind: NoticeKind, notices: tuple[Notice, ...]) -> Body | None:
        """A correction, or that platforms are silent, or back; none when what it was about is gone."""
        day = self._now.astimezone(zone(reader.timezone))
        ids = tuple(one.about for one in notices)
        key = (kind, reader.language, day.date(), ids)
        if kind == "correction":
            withdrawn = [self._withdrawn[one] for one in ids if one in self._withdrawn]
            if not withdrawn:
                return None
            return self._rendered(key, lambda: correction(withdrawn, reader.language, self._words, day=day))
        silent = [self._silent[one] for one in ids if one in self._silent]
        if not silent:
            return None
        back = kind == "back"
        return self._rendered(key, lambda: silence(silent, reader.language, self._links, day=day, back=back))

    def _rendered(self, key: object, render: Callable[[], Body]) -> Body:
        if key not in self._bodies:
            self._bodies[key] = render()
        return self._bodies[key]

    @cached_property
    def _events(self) -> Mapping[str, Event]:
        return self._store.notices.events({one.about for one in self._pending if one.kind == "event"})

    @cached_property
    def _withdrawn(self) -> Mapping[str, Withdrawal]:
        return self._store.notices.withdrawals(
            {one.about for one in self._pending if one.kind == "correction"}
        )

    @cached_property
    def _silent(self) -> Mapping[str, Silent]:
        outages: dict[str, Outage] = self._store.outages.get(
            {one.about for one in self._pending if one.kind in ("silent", "back")}
        )
        watched = {one.key for one in self._settings.documents}
        statuses = [one for one in self._store.reports.statuses() if one.document.key in watched]
        return {
            key: Silent(outage, tuple(one for one in statuses if one.document.service == outage.service))
            for key, outage in outages.items()
        }


def _single(notices: tuple[Notice, ...]) -> str | None:
    """The event that is told alone, if so."""
    return notices[0].about if len(notices) == 1 and notices[0].kind == "event" else None


def _name(notices: tuple[Notice, ...]) -> str:
    """What names several notices together, whatever their order."""
    return digest_of("\n".join(sorted(f"{one.kind} {one.about}" for one in notices)))[:16]

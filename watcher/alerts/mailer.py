"""The way to the mail server: a few connections, kept open and used again."""

import asyncio
from contextlib import suppress
from email.message import EmailMessage
from ssl import SSLContext
from types import TracebackType
from typing import TYPE_CHECKING, Self

from watcher.alerts.message import message
from watcher.alerts.refusal import refusal
from watcher.model.alert import Letter
from watcher.model.options import MailOptions

if TYPE_CHECKING:
    from aiosmtplib import SMTP


class Mailer:
    """Hands letters to the configured server over at most `options.connections` connections.

    `async with Mailer(options) as mailer: await mailer.send(letter)`; any number of sends may run at once. Whether a
    server's certificate is trusted is decided by `tls`, by default as the system does.
    """

    def __init__(self, options: MailOptions, *, tls: SSLContext | None = None) -> None:
        self._options = options
        self._tls = tls
        self._free = asyncio.Semaphore(self.connections)
        self._idle: list[SMTP] = []

    @property
    def connections(self) -> int:
        """How many letters it hands over at once; further ones wait for their turn."""
        return max(1, self._options.connections)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._idle:
            await _leave(self._idle.pop())

    async def send(self, letter: Letter) -> None:
        """Returns when the server has taken the letter over (its 250 after DATA).

        Raises TransientDeliveryError when trying again can help: unreachable, timed out, 4xx, or something that the
        operator mends (password, certificate, sender, relaying); PermanentDeliveryError when there is no such
        recipient. `concerns` tells whether other letters would fare the same. No address stands in either. A letter of
        which the answer to DATA was lost may arrive twice, under the same Message-ID.
        """
        from aiosmtplib import SMTPException

        made = message(letter, self._options)
        async with self._free:
            try:
                await self._hand_over(made, letter.address)
            except (SMTPException, OSError, ValueError) as error:
                # The cause is left out on purpose: servers repeat the address in their answers.
                raise refusal(error, self._options) from None

    async def _hand_over(self, made: EmailMessage, address: str) -> None:
        """A connection on which the server refused something can be used again; a broken one cannot."""
        from aiosmtplib import SMTPRecipientsRefused, SMTPResponseException

        client = await self._connection()
        try:
            await client.send_message(made, recipients=[address])
        except (SMTPRecipientsRefused, SMTPResponseException):
            self._keep(client)
            raise
        except BaseException:
            client.close()
            raise
        self._keep(client)

    async def _connection(self) -> "SMTP":
        """One that answers: a server may have dropped an idle connection since, so it is asked first."""
        from aiosmtplib import SMTPException

        while self._idle:
            client = self._idle.pop()
            with suppress(SMTPException, OSError):
                await client.noop()
                return client
            client.close()
        return await self._connect()

    async def _connect(self) -> "SMTP":
        from aiosmtplib import SMTP

        options = self._options
        client = SMTP(
            hostname=options.host,
            port=options.port,
            username=options.username,
            password=options.password,
            # Otherwise the library asks the name server for this machine's name.
            local_hostname=options.domain,
            timeout=options.timeout,
            use_tls=options.security == "tls",
            start_tls=options.security == "starttls",
            tls_context=self._tls,
        )
        try:
            await client.connect()
        except BaseException:
            client.close()
            raise
        return client

    def _keep(self, client: "SMTP") -> None:
        """For the next letter, when it still stands: a server may hang up after a refusal (421)."""
        if client.is_connected:
            self._idle.append(client)


async def _leave(client: "SMTP") -> None:
    from aiosmtplib import SMTPException

    with suppress(SMTPException, OSError):
        await client.quit(timeout=5)
    client.close()

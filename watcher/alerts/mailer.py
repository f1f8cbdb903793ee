"""The way to the mail server: a few connections, kept open and used again."""

import asyncio
from contextlib import suppress
from ssl import SSLContext
from types import TracebackType
from typing import TYPE_CHECKING, Self

from watcher.alerts.message import recipient, sender, wire
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

        made = wire(letter, self._options)
        async with self._free:
            try:
                await self._hand_over(made, recipient(letter))
            except (SMTPException, OSError, ValueError) as error:
                # The cause is left out on purpose: servers repeat the address in their answers.
                raise refusal(error, self._options) from None

    async def _hand_over(self, made: bytes, address: str) -> None:
        """A connection on which the server refused something can be used again; a broken one cannot."""
        from aiosmtplib import SMTPNotSupported, SMTPResponseException

        unicode = not (made.isascii() and address.isascii())
        client = await self._begun(unicode=unicode)
        try:
            await client.rcpt(address, encoding="utf-8" if unicode else "ascii")
            await client.data(made)
        except (SMTPResponseException, SMTPNotSupported):
            await self._keep_clean(client)
            raise
        except BaseException:
            client.close()
            raise
        self._keep(client)

    async def _begun(self, *, unicode: bool) -> "SMTP":
        """A connection on which the server has taken MAIL.

        It may have dropped an idle one since; nothing was handed over then, so a new connection is made unnoticed.
        """
        from aiosmtplib import SMTPServerDisconnected, SMTPTimeoutError

        while self._idle:
            client = self._idle.pop()
            with suppress(SMTPServerDisconnected, SMTPTimeoutError, OSError):
                await self._begin(client, unicode=unicode)
                return client
            client.close()
        client = await self._connect()
        await self._begin(client, unicode=unicode)
        return client

    async def _begin(self, client: "SMTP", *, unicode: bool) -> None:
        from aiosmtplib import SMTPNotSupported, SMTPResponseException

        try:
            if unicode:
                if client.is_ehlo_or_helo_needed:
                    await client.ehlo()
                if not client.supports_extension("smtputf8"):
                    raise SMTPNotSupported("SMTPUTF8")
            options = ("SMTPUTF8", "BODY=8BITMIME") if unicode else ()
            await client.mail(sender(self._options), options=options)
        except (SMTPResponseException, SMTPNotSupported):
            await self._keep_clean(client)
            raise
        except BaseException:
            client.close()
            raise

    async def _keep_clean(self, client: "SMTP") -> None:
        """For the next letter, once the server has forgotten this one (RFC 5321, section 4.1.1.5)."""
        from aiosmtplib import SMTPException

        with suppress(SMTPException, OSError):
            await client.rset()
            self._keep(client)
            return
        client.close()

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

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

# RFC 5321, section 3.8: the server ends the connection, whatever was said.
_ENDED = 421


class Mailer:
    """Hands letters to the configured server over at most `options.connections` connections.

    `async with Mailer(options) as mailer: await mailer.send(letter)`; any number of sends may run at once. A server
    that takes fewer connections, or few letters over each, sets the pace. Whether a server's certificate is trusted is
    decided by `tls`, by default as the system does.
    """

    def __init__(self, options: MailOptions, *, tls: SSLContext | None = None) -> None:
        self._options = options
        self._tls = tls
        self._free = asyncio.Semaphore(self.connections)
        self._idle: list[SMTP] = []
        self._working = 0
        self._waiting = 0
        self._returned = asyncio.Event()
        self._failure: Exception | None = None

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
            self._working += 1
            try:
                await self._hand_over(made, recipient(letter))
            except (SMTPException, OSError, ValueError) as error:
                # The cause is left out on purpose: servers repeat the address in their answers.
                raise refusal(error, self._options) from None
            finally:
                self._working -= 1
                self._returned.set()

    async def _hand_over(self, made: bytes, address: str) -> None:
        unicode = not (made.isascii() and address.isascii())
        client = await self._begun(unicode=unicode)
        try:
            await client.rcpt(address, encoding="utf-8" if unicode else "ascii")
            await client.data(made)
        except BaseException as error:
            await self._after(client, error)
            raise
        self._keep(client)

    async def _begun(self, *, unicode: bool) -> "SMTP":
        """A connection on which the server has taken MAIL.

        It may have dropped an idle one since, or want no more letters over it; nothing was handed over then, so a new
        connection is made unnoticed. Where the server takes no further one, an older one is waited for.
        """
        from aiosmtplib import SMTPException

        while True:
            while self._idle:
                client = self._idle.pop()
                if await self._begins_again(client, unicode=unicode):
                    return client
            try:
                client = await self._connect()
                await self._begin(client, unicode=unicode)
            except (SMTPException, OSError) as error:
                alone = self._working - self._waiting == 1 and not self._idle
                if alone or not _of_connection(error):
                    # Whoever waits would meet the same.
                    self._failure = error
                    raise
            else:
                return client
            if not self._idle:
                await self._wait_for_others()
            if self._failure is not None and not self._idle:
                raise self._failure

    async def _begins_again(self, client: "SMTP", *, unicode: bool) -> bool:
        """Whether the server still takes letters over a connection used before."""
        from aiosmtplib import SMTPException

        try:
            await self._begin(client, unicode=unicode)
        except (SMTPException, OSError) as error:
            if not _of_connection(error):
                raise
            return False
        return True

    async def _wait_for_others(self) -> None:
        """Until one of the letters on their way has met its fate."""
        self._waiting += 1
        self._returned.clear()
        try:
            await self._returned.wait()
        finally:
            self._waiting -= 1

    async def _begin(self, client: "SMTP", *, unicode: bool) -> None:
        from aiosmtplib import SMTPNotSupported

        try:
            if unicode:
                if client.is_ehlo_or_helo_needed:
                    await client.ehlo()
                if not client.supports_extension("smtputf8"):
                    raise SMTPNotSupported("SMTPUTF8")
            options = ("SMTPUTF8", "BODY=8BITMIME") if unicode else ()
            await client.mail(sender(self._options), options=options)
        except BaseException as error:
            await self._after(client, error)
            raise

    async def _after(self, client: "SMTP", error: BaseException) -> None:
        """A connection on which the server refused something can be used again; a broken one cannot."""
        from aiosmtplib import SMTPNotSupported, SMTPResponseException

        if isinstance(error, SMTPResponseException | SMTPNotSupported) and not _of_connection(error):
            await self._keep_clean(client)
        else:
            client.close()

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


def _of_connection(error: BaseException) -> bool:
    """Whether a failure is about one connection only: another one may do."""
    from aiosmtplib import SMTPConnectError, SMTPResponseException, SMTPServerDisconnected, SMTPTimeoutError

    match error:
        case SMTPConnectError() | SMTPServerDisconnected() | SMTPTimeoutError():
            return True
        case SMTPResponseException():
            return error.code == _ENDED
        case _:
            return isinstance(error, OSError)


async def _leave(client: "SMTP") -> None:
    from aiosmtplib import SMTPException

    with suppress(SMTPException, OSError):
        await client.quit(timeout=5)
    client.close()

"""A mail server on loopback that takes every letter and lays it down as files."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from watcher.model.source import slug

_SERVED = "unsubscribe|preferences|wrong"


class Mailbox:
    """Keeps each letter as it came (.eml) and its HTML part beside it (.html) in `folder`.

    Links to `report_url`, which nobody serves, lead to `report` in the .html files, a path relative to them; but for
    those that only a server can answer.
    """

    def __init__(self, folder: Path, *, report_url: str, report: str) -> None:
        self.port = 0
        self.letters: list[EmailMessage] = []
        self._folder, self._report = folder, report
        self._on_disk = re.compile(rf"{re.escape(report_url)}(?!/(?:[a-z]{{2}}/)?(?:{_SERVED})\b)")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd for each letter."""
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        self.letters.append(letter)
        name = self._folder / _name(len(self.letters), letter)
        name.with_suffix(".eml").write_bytes(content)
        html = letter.get_body(("html",))
        if html is not None:
            page = self._on_disk.sub(self._report, str(html.get_content()))
            name.with_suffix(".html").write_text(page, "utf-8")
        return "250 OK"


def _name(number: int, letter: EmailMessage) -> str:
    day = parsedate_to_datetime(letter["Date"]).date().isoformat()
    return f"{number:02}-{day}-{letter['Content-Language']}-{slug(letter['Subject'])[:60].strip('-')}"


@asynccontextmanager
async def receiving(folder: Path, *, report_url: str, report: str) -> AsyncIterator[Mailbox]:
    """The mail server, on a free `port` of 127.0.0.1, for as long as the context lasts."""
    folder.mkdir(parents=True, exist_ok=True)
    box = Mailbox(folder, report_url=report_url, report=report)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(box, hostname="mail.watcher.example", loop=loop), "127.0.0.1", 0
    )
    box.port = server.sockets[0].getsockname()[1]
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()

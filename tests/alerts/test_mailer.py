"""Handing letters to real mail servers on loopback, in good and bad moods."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, Session

from tests.alerts.conftest import OPTIONS, Post, promise_gone
from watcher.alerts import Mailer
from watcher.errors import DeliveryError, PermanentDeliveryError, TransientDeliveryError
from watcher.model.alert import Letter
from watcher.model.options import MailOptions


class Receiver:
    """Takes mails over, unless it is told what to answer to MAIL, RCPT or DATA, to hold its answer, or to hang up."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.connections: list[asyncio.Transport] = []
        self.mail = self.rcpt = self.data = ""
        self.hold: asyncio.Event | None = None
        self.hang_up_on_data = False

    async def handle_MAIL(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail:
            return self.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt.format(address=address)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.hold:
            await self.hold.wait()
        if self.hang_up_on_data:
            server.transport.abort()
            return "250 never heard"
        if self.data:
            return self.data
        assert isinstance(envelope.content, bytes)
        self.mails.append(envelope.content)
        return "250 OK"


class Watched(Server):
    """Remembers its connections, so that a test can count and cut them."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # STARTTLS makes the same connection a second time.
        if self.transport is None:
            self.event_handler.connections.append(transport)
        super().connection_made(transport)


Serve = Callable[..., AbstractAsyncContextManager[MailOptions]]


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def serve(receiver: Receiver) -> Serve:
    """Run the receiver; gives the options that lead to it."""

    @asynccontextmanager
    async def run(*, tls: ssl.SSLContext | None = None, **settings) -> AsyncIterator[MailOptions]:
        def protocol() -> Server:
            return Watched(receiver, hostname="mx.example", loop=asyncio.get_running_loop(), **settings)

        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=tls)
        port = server.sockets[0].getsockname()[1]
        try:
            yield replace(OPTIONS, port=port, security="none", timeout=5)
        finally:
            server.close()
            for connection in receiver.connections:
                connection.abort()

    return run


@pytest.fixture
def letter(post: Post) -> Letter:
    told, comparison = promise_gone()
    return post(told, comparison=comparison)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A certificate for 127.0.0.1 that signs itself: `server` shows it, `client` trusts it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder: Path = tmp_path_factory.mktemp("tls")
    shown, secret = folder / "cert.pem", folder / "key.pem"
    shown.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(shown, secret)
    return SimpleNamespace(server=server, client=ssl.create_default_context(cafile=shown))


async def test_a_letter_is_taken_over_as_written(serve: Serve, receiver: Receiver, letter: Letter):
    async with serve() as options, Mailer(options) as mailer:
        await mailer.send(letter)
    [mail] = map(message_from_bytes, receiver.mails)
    assert mail["Message-ID"] == letter.message_id
    assert mail["To"] == letter.address


async def test_letters_share_connections(serve: Serve, receiver: Receiver, letter: Letter):
    async with serve() as options, Mailer(replace(options, connections=2)) as mailer:
        for _ in range(3):
            await mailer.send(letter)
        assert len(receiver.connections) == 1
        await asyncio.gather(*(mailer.send(letter) for _ in range(10)))
        assert len(receiver.connections) == 2
    assert len(receiver.mails) == 13


async def test_a_temporary_refusal_can_be_tried_again_on_the_same_connection(
    serve: Serve, receiver: Receiver, letter: Letter
):
    async with serve() as options, Mailer(options) as mailer:
        receiver.rcpt = "450 4.2.1 {address} is being throttled"
        with pytest.raises(TransientDeliveryError, match=r"refused the recipient: 450 4\.2\.1") as refused:
            await mailer.send(letter)
        receiver.rcpt = ""
        await mailer.send(letter)
    assert (refused.value.retry, refused.value.code) == (True, 450)
    assert (len(receiver.mails), len(receiver.connections)) == (1, 1)


@pytest.mark.parametrize("place", ["rcpt", "data"])
async def test_a_refusal_for_good_says_so_and_never_repeats_the_address(
    serve: Serve, receiver: Receiver, letter: Letter, place: str
):
    setattr(receiver, place, "550 5.1.1 <ann@reader.example> is unknown here")
    async with serve() as options, Mailer(options) as mailer:
        with pytest.raises(PermanentDeliveryError, match=r"550 5\.1\.1") as refused:
            await mailer.send(letter)
    assert (refused.value.retry, refused.value.code) == (False, 550)
    assert "ann" not in f"{refused.value!r} {refused.value} {refused.value.__cause__}"
    assert refused.value.__suppress_context__


OPERATOR, READER, LETTER = "the operator or the server", "this reader for good", "this letter for now"
EITHER = "either, which other letters tell"


@pytest.mark.parametrize(
    ("command", "answer", "meant"),
    [
        ("rcpt", "550 no such user", READER),
        ("rcpt", "551 user not local", READER),
        ("rcpt", "553 mailbox name not allowed", READER),
        ("rcpt", "554 no", READER),
        ("rcpt", "550 5.1.1 no such user", READER),
        ("rcpt", "552 5.2.2 mailbox full", READER),
        ("rcpt", "550 5.4.1 Recipient address rejected: Access denied", READER),
        ("rcpt", "554 5.7.1 Relay access denied", EITHER),
        ("rcpt", "550 5.7.23 SPF validation failed", EITHER),
        ("rcpt", "530 5.7.0 Authentication required", OPERATOR),
        ("rcpt", "530 Authentication required", OPERATOR),
        ("rcpt", "535 who are you", OPERATOR),
        ("rcpt", "553 5.1.8 sender's domain does not exist", OPERATOR),
        ("rcpt", "450 4.4.1 no route", LETTER),
        ("rcpt", "450 4.7.1 greylisted", LETTER),
        ("rcpt", "452 4.2.2 mailbox full for now", LETTER),
        ("rcpt", "421 4.3.2 shutting down", OPERATOR),
        ("mail", "550 5.1.0 not you", OPERATOR),
        ("mail", "550 not you", OPERATOR),
        ("mail", "451 later", OPERATOR),
        ("data", "550 5.1.1 no such user after all", READER),
        ("data", "550 5.7.1 looks like spam", LETTER),
        ("data", "554 transaction failed", LETTER),
        ("data", "451 4.3.0 later", LETTER),
        ("data", "530 5.7.0 Authentication required", OPERATOR),
    ],
)
async def test_an_answer_says_whether_server_reader_or_letter_is_meant(
    serve: Serve, receiver: Receiver, letter: Letter, command: str, answer: str, meant: str
):
    setattr(receiver, command, answer)
    async with serve() as options, Mailer(options) as mailer:
        with pytest.raises(DeliveryError) as refused:
            await mailer.send(letter)
    error = refused.value
    assert (error.concerns, error.retry) == {
        OPERATOR: ("server", True),
        EITHER: ("either", True),
        READER: ("recipient", False),
        LETTER: ("recipient", True),
    }[meant]
    assert str(error.code) == answer[:3]


async def test_a_server_that_takes_few_letters_over_a_connection_gets_the_others_over_new_ones(
    serve: Serve, receiver: Receiver, letter: Letter, monkeypatch
):
    async def handle_MAIL(self, server, session, envelope, address: str, options: list[str]) -> str:
        server.letters = getattr(server, "letters", 0) + 1
        if server.letters > 3:
            return "421 4.7.0 too many messages over this connection"
        envelope.mail_from = address
        return "250 OK"

    monkeypatch.setattr(Receiver, "handle_MAIL", handle_MAIL)
    async with serve() as options, Mailer(replace(options, connections=2)) as mailer:
        await asyncio.gather(*(mailer.send(letter) for _ in range(20)))
    assert len(receiver.mails) == 20
    assert len(receiver.connections) >= 7


async def test_a_server_that_takes_one_connection_only_gets_all_letters_over_it(
    serve: Serve, receiver: Receiver, letter: Letter, monkeypatch
):
    async def handle_EHLO(self, server, session, envelope, hostname: str, responses: list[str]) -> list[str]:
        earlier = receiver.connections[: receiver.connections.index(server.transport)]
        if not all(one.is_closing() for one in earlier):
            return ["421 4.7.0 too many connections from you"]
        session.host_name = hostname
        return responses

    monkeypatch.setattr(Receiver, "handle_EHLO", handle_EHLO, raising=False)
    async with serve() as options, Mailer(replace(options, connections=4)) as mailer:
        await asyncio.gather(*(mailer.send(letter) for _ in range(20)))
    assert len(receiver.mails) == 20


@pytest.mark.parametrize("answer", ["421 4.3.2 shutting down", "451 later"])
async def test_a_server_that_takes_nothing_fails_every_letter_and_keeps_none_waiting(
    serve: Serve, receiver: Receiver, letter: Letter, answer: str
):
    receiver.mail = answer
    async with serve() as options, Mailer(replace(options, connections=4)) as mailer:
        failures = await asyncio.gather(*(mailer.send(letter) for _ in range(8)), return_exceptions=True)
    assert [one.concerns for one in failures] == ["server"] * 8


async def test_an_address_that_the_server_cannot_write_concerns_its_reader_alone(
    serve: Serve, receiver: Receiver, letter: Letter
):
    async with serve(enable_SMTPUTF8=False) as options, Mailer(options) as mailer:
        with pytest.raises(DeliveryError) as refused:
            await mailer.send(replace(letter, address="ànn@reader.example"))
    assert refused.value.concerns == "recipient"
    assert "reader.example" not in str(refused.value)


async def test_an_address_in_any_script_is_written_where_the_server_can(
    serve: Serve, receiver: Receiver, letter: Letter
):
    async with serve(enable_SMTPUTF8=True) as options, Mailer(options) as mailer:
        await mailer.send(replace(letter, address="ànn@reader.example"))
    [mail] = (message_from_bytes(mail, policy=policy.SMTPUTF8) for mail in receiver.mails)
    assert mail["To"] == "ànn@reader.example"


async def test_a_server_that_refuses_to_encrypt_concerns_every_letter(
    serve: Serve, receiver: Receiver, letter: Letter, certificate: SimpleNamespace, monkeypatch
):
    async def smtp_STARTTLS(self: Server, argument: str) -> None:
        await self.push("454 4.7.0 TLS not available")

    monkeypatch.setattr(Server, "smtp_STARTTLS", smtp_STARTTLS)
    async with (
        serve(tls_context=certificate.server) as options,
        Mailer(replace(options, security="starttls"), tls=certificate.client) as mailer,
    ):
        with pytest.raises(TransientDeliveryError) as refused:
            await mailer.send(letter)
    assert (refused.value.concerns, refused.value.code) == ("server", 454)


async def test_nobody_listening_is_temporary(serve: Serve, letter: Letter):
    async with serve() as options:
        pass
    async with Mailer(options) as mailer:
        with pytest.raises(TransientDeliveryError, match="cannot be reached") as refused:
            await mailer.send(letter)
    assert (refused.value.where, refused.value.concerns) == (f"127.0.0.1:{options.port}", "server")


async def test_a_server_that_never_answers_after_the_text_is_given_up_in_time(
    serve: Serve, receiver: Receiver, letter: Letter
):
    receiver.hold = asyncio.Event()
    async with serve() as options, Mailer(replace(options, timeout=0.2)) as mailer:
        with pytest.raises(TransientDeliveryError, match=r"did not answer within 0\.2 seconds") as silent:
            await mailer.send(letter)
        assert silent.value.concerns == "server"
        receiver.hold.set()
        receiver.hold = None
        await mailer.send(letter)
        assert len(receiver.connections) == 2


async def test_a_server_that_hangs_up_in_the_middle_is_temporary(
    serve: Serve, receiver: Receiver, letter: Letter
):
    receiver.hang_up_on_data = True
    async with serve() as options, Mailer(options) as mailer:
        with pytest.raises(TransientDeliveryError, match="broke off"):
            await mailer.send(letter)
        receiver.hang_up_on_data = False
        await mailer.send(letter)
    assert len(receiver.mails) == 1


async def test_a_connection_dropped_while_idle_is_replaced_unnoticed(
    serve: Serve, receiver: Receiver, letter: Letter
):
    async with serve() as options, Mailer(options) as mailer:
        await mailer.send(letter)
        receiver.connections[0].abort()
        await mailer.send(letter)
        assert len(receiver.connections) == 2
    assert len(receiver.mails) == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_letters_travel_encrypted(
    serve: Serve, receiver: Receiver, letter: Letter, certificate: SimpleNamespace, security: str
):
    how = {"tls": certificate.server} if security == "tls" else {"tls_context": certificate.server}
    server = serve(**how, require_starttls=security == "starttls")
    async with (
        server as options,
        Mailer(replace(options, security=security), tls=certificate.client) as mailer,
    ):
        await mailer.send(letter)
        await mailer.send(letter)
    assert len(receiver.mails) == 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_that_nobody_vouches_for_is_refused(
    serve: Serve, receiver: Receiver, letter: Letter, certificate: SimpleNamespace, security: str
):
    how = {"tls": certificate.server} if security == "tls" else {"tls_context": certificate.server}
    async with serve(**how) as options, Mailer(replace(options, security=security)) as mailer:
        with pytest.raises(TransientDeliveryError, match="certificate is not trusted"):
            await mailer.send(letter)
    assert receiver.mails == []


async def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked_for(
    serve: Serve, receiver: Receiver, letter: Letter
):
    async with serve() as options:
        for security in ("starttls", "tls"):
            async with Mailer(replace(options, security=security)) as mailer:
                with pytest.raises(TransientDeliveryError, match=r"lacks what|no encrypted"):
                    await mailer.send(letter)
    assert receiver.mails == []


@pytest.mark.parametrize(("password", "taken"), [("right", True), ("wrong", False)])
async def test_a_wrong_password_keeps_the_letters_and_tells_the_operator(
    serve: Serve, receiver: Receiver, letter: Letter, certificate: SimpleNamespace, password: str, taken: bool
):
    def authenticate(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    settings = {"authenticator": authenticate, "auth_required": True, "tls_context": certificate.server}
    async with serve(**settings) as options:
        login = replace(options, security="starttls", username="watcher", password=password)
        async with Mailer(login, tls=certificate.client) as mailer:
            if taken:
                await mailer.send(letter)
            else:
                with pytest.raises(TransientDeliveryError, match=r"user name and password: 535") as refused:
                    await mailer.send(letter)
                assert refused.value.concerns == "server"
                assert "right" not in str(refused.value)
                assert "wrong" not in str(refused.value)
    assert len(receiver.mails) == int(taken)


async def test_a_cancelled_letter_leaves_no_half_used_connection_behind(
    serve: Serve, receiver: Receiver, letter: Letter
):
    receiver.hold = asyncio.Event()
    async with serve() as options, Mailer(replace(options, connections=1)) as mailer:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(mailer.send(letter), 0.2)
        receiver.hold = None
        await mailer.send(letter)
        assert len(receiver.connections) == 2
    assert len(receiver.mails) == 1

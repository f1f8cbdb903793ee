"""Over TLS: certificates are checked, and HTTP/2 is spoken with servers that offer it."""

import asyncio
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import h2.config
import h2.connection
import h2.events
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.fetch.conftest import Reply, serving
from watcher.errors import PermanentFetchError, TransientFetchError


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "loopback.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def server_side(certificate: Path, *protocols: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if protocols:
        context.set_alpn_protocols(list(protocols))
    return context


@asynccontextmanager
async def http2_server(tls: ssl.SSLContext, body: bytes) -> AsyncIterator[str]:
    """Answers every request with `body` over HTTP/2 (RFC 9113) and speaks nothing else."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    connection.send_headers(
                        event.stream_id, [(":status", "200"), ("content-type", "text/html")]
                    )
                    connection.send_data(event.stream_id, body, end_stream=True)
            writer.write(connection.data_to_send())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_http_2_is_spoken_with_a_server_that_offers_it(visitors, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    visitor = await visitors()
    async with http2_server(server_side(certificate, "h2"), b"terms over two") as origin:
        both = await asyncio.gather(*(visitor.fetch(f"{origin}/{number}") for number in range(2)))
    assert [fetched.body for fetched in both] == [b"terms over two"] * 2


async def test_a_server_without_http_2_is_spoken_to_as_before(visitors, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    visitor = await visitors()
    async with serving(ssl=server_side(certificate)) as site:
        assert (await visitor.fetch(site.on("/terms", Reply(body=b"terms")))).body == b"terms"


async def test_a_certificate_that_nobody_vouches_for_is_refused_for_good(visitors, certificate):
    visitor = await visitors(retries=2)
    async with serving(ssl=server_side(certificate)) as site:
        url = site.on("/terms", Reply(body=b"terms"))
        with pytest.raises(PermanentFetchError) as caught:
            await visitor.fetch(url)
    assert (caught.value.reason, caught.value.where) == ("tls", url)
    assert "self-signed certificate" in caught.value.what
    assert len(visitor.attempts) == 1


async def test_a_certificate_for_another_host_is_refused(visitors, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    visitor = await visitors()
    async with serving("127.0.0.2", ssl=server_side(certificate)) as site:
        with pytest.raises(PermanentFetchError) as caught:
            await visitor.fetch(site.on("/terms", Reply(body=b"terms")))
    assert caught.value.reason == "tls"


async def test_a_server_that_speaks_no_tls_may_be_mended(visitor):
    async def speak_ssh(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(speak_ssh, "127.0.0.1", 0)
    async with server:
        with pytest.raises(TransientFetchError) as caught:
            await visitor.fetch(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/terms")
    assert caught.value.reason == "tls"


async def test_a_redirect_from_https_down_to_http_is_followed_and_to_be_seen(
    visitors, certificate, monkeypatch, site
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    visitor = await visitors()
    plain = site.on("/terms", Reply(body=b"terms"))
    async with serving(ssl=server_side(certificate)) as secure:
        fetched = await visitor.fetch(secure.on("/terms", Reply(302, headers={"Location": plain})))
    assert fetched.final_url == plain
    assert fetched.redirects == (f"{secure.origin}/terms",)

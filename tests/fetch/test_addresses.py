"""Only the public internet is reached, unless the operator says otherwise."""

import asyncio
import ipaddress
from collections.abc import Sequence

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fetch.conftest import Reply, serving
from watcher.errors import PermanentFetchError, UsageError
from watcher.fetch.addresses import AddressGuard, RefusedAddress, is_public
from watcher.fetch.transport import GuardedBackend

INSIDE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.251",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
OUTSIDE = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_some_network_is_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_internet_is_public(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_changes_nothing(address):
    plain = is_public(str(address))
    assert is_public(f"::ffff:{address}") == plain
    assert (
        is_public(str(ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) + int(address)))) == plain
    )


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"]
)
async def test_loopback_is_refused_however_it_is_written(visitors, host):
    async with serving() as site:
        visitor = await visitors(allow_hosts=(), retries=2)
        url = f"http://{host}:{site.origin.rpartition(':')[2]}/terms"
        with pytest.raises(PermanentFetchError) as caught:
            await visitor.fetch(url)
        assert caught.value.reason == "address"
        assert "allow_hosts" in caught.value.remedy
        assert site.connections == 0
    assert [attempt.reason for attempt in visitor.attempts] == ["address"]


async def test_an_allowed_host_is_reached_by_name_with_or_without_its_port(site, visitors):
    site.on("/terms", Reply(body=b"terms"))
    port = site.origin.rpartition(":")[2]
    for allowed in ("localhost", "LocalHost", f"localhost:{port}"):
        visitor = await visitors(allow_hosts=(allowed,))
        assert (await visitor.fetch(f"http://localhost:{port}/terms")).body == b"terms"


async def test_allowing_one_port_allows_no_other(site, visitors):
    visitor = await visitors(allow_hosts=("127.0.0.1:9",))
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(site.on("/terms", Reply(body=b"terms")))
    assert caught.value.reason == "address"


async def test_allowing_an_address_does_not_open_it_to_other_names(site, visitors):
    visitor = await visitors(allow_hosts=("127.0.0.1",))
    with pytest.raises(PermanentFetchError) as caught:
        await visitor.fetch(f"http://localhost:{site.origin.rpartition(':')[2]}/terms")
    assert caught.value.reason == "address"


@pytest.mark.parametrize("entry", ["::1", "[::1]", "[::1]:8080"])
def test_an_ipv6_address_can_be_allowed(entry):
    assert AddressGuard([entry]).passing("::1", 8080, ["::1"]) == ["::1"]


@pytest.mark.parametrize("entry", ["", "http://localhost", "localhost/terms", "localhost:port", "[::1"])
def test_an_entry_that_is_no_host_is_a_mistake_of_the_config(entry):
    with pytest.raises(UsageError, match="is not a host"):
        AddressGuard([entry])


async def test_a_name_is_resolved_once_and_only_the_judged_address_is_connected_to():
    """DNS rebinding: the second answer, which nobody judged, must never be used."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])

    async def rebinding(host: str, port: int) -> Sequence[str]:
        return next(answers)

    backend = GuardedBackend(AddressGuard(), resolve=rebinding)
    connected: list[str] = []

    class Recorder(httpcore.AsyncMockBackend):
        async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
            connected.append(host)
            return await super().connect_tcp(host, port)

    backend._tcp = Recorder([])
    await backend.connect_tcp("rebind.example", 80, timeout=5)
    with pytest.raises(RefusedAddress):
        await backend.connect_tcp("rebind.example", 80, timeout=5)
    assert connected == ["8.8.8.8"]


async def test_of_several_addresses_only_the_public_ones_are_tried():
    async def mixed(host: str, port: int) -> Sequence[str]:
        return ["10.0.0.1", "8.8.8.8", "::1"]

    found = await mixed("mixed.example", 80)
    assert AddressGuard().passing("mixed.example", 80, found) == ["8.8.8.8"]


async def test_the_next_address_is_tried_when_one_does_not_answer(site):
    async def two(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.9", "127.0.0.1"]

    backend = GuardedBackend(AddressGuard(["two.example"]), resolve=two)
    stream = await backend.connect_tcp("two.example", int(site.origin.rpartition(":")[2]), timeout=5)
    assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
    await stream.aclose()


async def test_a_name_server_that_is_silent_is_not_waited_for():
    async def silent(host: str, port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    with pytest.raises(httpcore.ConnectTimeout):
        await GuardedBackend(AddressGuard(), resolve=silent).connect_tcp("silent.example", 80, timeout=0.01)


async def test_proxies_of_the_environment_are_not_used(site, visitor, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert (await visitor.fetch(site.on("/terms", Reply(body=b"terms")))).body == b"terms"

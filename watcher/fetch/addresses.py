"""Which addresses may be reached: a terms page stands on the public internet, never inside the operator's network."""

import ipaddress
from collections.abc import Iterable, Sequence

import httpx

from watcher.errors import UsageError

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # RFC 4291, section 2.4: nothing else is assigned to hosts
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")  # RFC 3056: an IPv4 address travels inside
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: what DNS64 makes of every IPv4-only site


class RefusedAddress(Exception):
    """All addresses of a host are inside some private network; `addresses` are those that were found."""

    def __init__(self, host: str, addresses: Sequence[str]) -> None:
        self.addresses = tuple(addresses)
        super().__init__(f"{host} is {', '.join(addresses)}")


def is_public(address: str) -> bool:
    """Whether an IPv4 or IPv6 address can be a site on the internet (IANA special-purpose registries, RFC 6890).

    An IPv4 address wrapped in an IPv6 one is judged by itself, so that no notation leads around the guard.
    """
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv4Address):
        return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
    if parsed.ipv4_mapped:
        return is_public(str(parsed.ipv4_mapped))
    if parsed in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed in _GLOBAL_UNICAST and parsed.is_global and parsed not in _SIX_TO_FOUR


class AddressGuard:
    """Lets public addresses pass, and every address of the hosts that the operator allowed.

    Hosts are matched as written in the URL ("localhost", "127.0.0.1:8080", "[::1]:8080"), never by what a foreign
    name resolves to: allowing 127.0.0.1 must not open it to any site that points its own name there.
    Raises `UsageError` for an entry that is no host.
    """

    def __init__(self, allow_hosts: Iterable[str] = ()) -> None:
        self._allowed = frozenset(_host_and_port(entry) for entry in allow_hosts)

    def opened(self, host: str, port: int) -> bool:
        """Whether the operator allowed this host, whatever its addresses are."""
        name = host.lower()
        return (name, None) in self._allowed or (name, port) in self._allowed

    def passing(self, host: str, port: int, addresses: Sequence[str]) -> Sequence[str]:
        """Those of the host's addresses that may be connected to; raises `RefusedAddress` when none may."""
        if self.opened(host, port):
            return addresses
        public = [address for address in addresses if is_public(address)]
        if not public:
            raise RefusedAddress(host, addresses)
        return public


def _host_and_port(entry: str) -> tuple[str, int | None]:
    bare = entry.strip()
    if bare.count(":") > 1 and not bare.startswith("["):
        bare = f"[{bare}]"
    try:
        # A scheme of our own, because httpx forgets a port that is the scheme's usual one.
        url = httpx.URL(f"host://{bare}")
    except httpx.InvalidURL as error:
        raise UsageError(f"{entry!r} is not a host", where="allow_hosts", remedy=str(error)) from error
    if not url.host or url.raw_path not in (b"", b"/"):
        raise UsageError(
            f"{entry!r} is not a host",
            where="allow_hosts",
            remedy="Write a name or an address, or host:port.",
        )
    return url.raw_host.decode("ascii").lower(), url.port

"""Which network addresses may be fetched from: public ones, and what the settings allow.

The check is made on the addresses a name resolves to, and the connection goes to exactly the address that was
checked: a name that resolves to another address a moment later changes nothing.
"""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from policydiff.watch.failure import FailureKind, SourceFailedError

Resolver = Callable[[str, int], Sequence[str]]
Networks = Sequence[IPv4Network | IPv6Network]
_NAT64 = ip_network("64:ff9b::/96")


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host in the system's order.

    Raises:
        SourceFailedError: transient, if the name does not resolve.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceFailedError(FailureKind.TRANSIENT, f"the name {host} does not resolve") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_written_address(host: str, allowed: Networks) -> None:
    """Refuse a host that is itself an address, or `localhost`, and may not be fetched from; names pass.

    Raises:
        SourceFailedError: blocked.
    """
    name = host.strip("[]").lower()
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        if name == "localhost" or name.endswith(".localhost"):
            checked_addresses(host, 0, lambda *_: ["127.0.0.1"], allowed)
        return
    checked_addresses(host, 0, lambda *_: [name], allowed)


def checked_addresses(host: str, port: int, resolver: Resolver, allowed: Networks) -> list[str]:
    """Return the addresses of a host that may be connected to.

    Raises:
        SourceFailedError: blocked, if any address is private, loopback or reserved and not allowed.
    """
    addresses = list(resolver(host, port))
    for address in addresses:
        if not _may_fetch(address, allowed):
            shown = host if host == address else f"{host} ({address})"
            raise SourceFailedError(
                FailureKind.BLOCKED,
                f"{shown} is no public address: add its network to track.allow_addresses if it is meant",
            )
    if not addresses:
        raise SourceFailedError(FailureKind.TRANSIENT, f"the name {host} has no address")
    return addresses


def _may_fetch(address: str, allowed: Networks) -> bool:
    try:
        parsed = _embedded(ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    if any(parsed.version == network.version and parsed in network for network in allowed):
        return True
    return parsed.is_global and not parsed.is_multicast


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 form stands for: mapped, 6to4, NAT64."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner:
        return inner
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address

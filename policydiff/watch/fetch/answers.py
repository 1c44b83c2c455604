"""Network addresses that may be fetched from, and answers to requests; status codes and transport errors become typed failures."""

import socket
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple

import httpcore

from policydiff.report.catalog import N_
from policydiff.watch import FailureKind, SourceFailedError


class Validators(NamedTuple):
    """Values from a server for the next conditional request: If-None-Match, If-Modified-Since."""

    etag: str | None = None
    last_modified: str | None = None


class Answer(NamedTuple):
    """A complete body, or the answer that it is unchanged."""

    url: str
    """Address after redirects."""
    status: int
    """200, or 304 with an empty body."""
    body: bytes
    validators: Validators
    attempts: int

    @property
    def is_unchanged(self) -> bool:
        """Whether the server answered that nothing changed since the last fetch."""
        return self.status == 304


# 412 and 521 are what two web application firewalls common on government portals answer to clients without script.
_BLOCKING = frozenset({401, 402, 403, 405, 406, 407, 412, 418, 451, 521})
_GONE = frozenset({404, 410})
_TRANSIENT = frozenset({408, 421, 423, 425, 429})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def failure_of_status(status: int, headers: Mapping[str, str], now: datetime) -> SourceFailedError | None:
    """Return the failure for a final status; None for a status that carries a document."""
    if status in {200, 203}:
        return None
    kind, meaning = _meaning(status)
    after = retry_after(headers.get("retry-after"), now) if kind is FailureKind.TRANSIENT else None
    return SourceFailedError(
        kind, f"the server answers {status}: {meaning}", status=status, retry_after=after
    )


def _meaning(status: int) -> tuple[FailureKind, str]:
    for codes, kind, meaning in (
        (_GONE, FailureKind.GONE, N_("withdrawn or moved")),
        (_BLOCKING, FailureKind.BLOCKED, N_("access refused")),
        (_TRANSIENT, FailureKind.TRANSIENT, N_("asked to come back later")),
        ({204, 205}, FailureKind.EMPTY, N_("no content")),
    ):
        if status in codes:
            return kind, meaning
    if status >= 500:
        return FailureKind.TRANSIENT, N_("trouble on its side")
    if status < 400:
        return FailureKind.TRANSIENT, N_("not what was asked for")
    return FailureKind.STRUCTURE, N_("the address no longer fits")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Read Retry-After, seconds or a date, as seconds from now; None where absent or unreadable."""
    if not value:
        return None
    if value.strip().isascii() and value.strip().isdigit() and len(value.strip()) < 9:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def failure_of_transport(error: Exception, host: str) -> SourceFailedError:
    """Return the failure for an error below HTTP."""
    if isinstance(error, httpcore.TimeoutException):
        return SourceFailedError(FailureKind.TRANSIENT, f"{host} did not answer in time")
    if isinstance(error, httpcore.ProxyError):
        # A proxy may repeat the login in its answer: its words stay away, its number tells enough.
        return SourceFailedError(
            FailureKind.TRANSIENT, f"no connection to {host}: the proxy answers {str(error)[:3]}"
        )
    if isinstance(error, httpcore.ConnectError):
        return SourceFailedError(FailureKind.TRANSIENT, f"no connection to {host}: {error}")
    if isinstance(error, httpcore.UnsupportedProtocol | httpcore.LocalProtocolError):
        return SourceFailedError(FailureKind.STRUCTURE, f"{host} cannot be asked over HTTP: {error}")
    return SourceFailedError(FailureKind.TRANSIENT, f"the connection to {host} broke: {error}")


ACCEPTED = "gzip, deflate"
_STEP = 256 * 1024
_MOST_MEMBERS = 1_000
"""Most members of one packed body: each costs a start, regardless of its size. Servers that pack in blocks of 64 KiB need 512 at most."""


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, *, whole: bool = True) -> bytes:
    """Return the body as sent, unpacked by its Content-Encoding; of a larger body than the limit its beginning, unless it must be whole.

    Raises SourceFailedError: structure changed if it is larger than the limit, packed or unpacked, or
    packed in a way that was not requested; transient if it is cut short or damaged.
    """
    packed = encoding.strip().lower()
    if packed in {"", "identity"}:
        body = bytearray()
        for chunk in chunks:
            body += chunk
            if len(body) > limit:
                return _beginning(body, limit, whole=whole)
        return bytes(body)
    if packed in {"gzip", "x-gzip", "deflate"}:
        return _unpacked(chunks, packed, limit, whole=whole)
    raise SourceFailedError(
        FailureKind.STRUCTURE, f"the body is packed as {packed!r}, which was not asked for"
    )


def _unpacked(chunks: Iterable[bytes], packed: str, limit: int, *, whole: bool) -> bytes:
    body = bytearray()
    sent = members = 0
    inflate = None
    for chunk in chunks:
        sent += len(chunk)
        if sent > limit:
            return _beginning(body, limit, whole=whole)
        rest = chunk
        while rest:
            if inflate is None or inflate.eof:
                # A body may be packed in several members, one behind the other, and end with zeros.
                rest = rest if inflate is None else rest.lstrip(b"\0")
                members += bool(rest)
                inflate = zlib.decompressobj(_window(packed, rest)) if rest else inflate
            if not rest or inflate is None:
                break
            try:
                body += inflate.decompress(rest, _STEP)
            except zlib.error as error:
                raise SourceFailedError(FailureKind.TRANSIENT, f"the {packed} body is damaged") from error
            if len(body) > limit or members > _MOST_MEMBERS:
                return _beginning(body, limit, whole=whole)
            rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
    if inflate is not None and not inflate.eof:
        raise SourceFailedError(FailureKind.TRANSIENT, f"the {packed} body is cut short")
    return bytes(body)


def _window(packed: str, head: bytes) -> int:
    if packed != "deflate":
        return 31
    # Servers send `deflate` with and without the zlib header that the standard asks for.
    return 15 if head[0] & 0x0F == 8 else -15


def _beginning(body: bytearray, limit: int, *, whole: bool) -> bytes:
    if whole:
        raise SourceFailedError(
            FailureKind.STRUCTURE,
            f"the body is larger than {limit:,} bytes: raise track.max_bytes if the document is that large",
        )
    return bytes(body[:limit])


Resolver = Callable[[str, int], Sequence[str]]
Networks = Sequence[IPv4Network | IPv6Network]
_EMBEDDING = tuple(ip_network(each) for each in ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96"))
"""NAT64, IPv4-compatible and IPv4-translated forms: the last 32 bits are the IPv4 address that a connection reaches."""
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})
"""The bits before the last 32 bits of an ISATAP address; its last 32 bits are an IPv4 address inside a site."""
_NOT_PUBLIC = tuple(
    ip_network(each)
    for each in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "fec0::/10",
        "64:ff9b:1::/48",
        "2001::/23",
        "3fff::/20",
        "5f00::/16",
    )
)
"""Networks for protocols, sites and documentation that Python 3.11 takes for public."""
_OWN_NAMES = frozenset(
    {"localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback", "broadcasthost"}
)
"""Names that hosts files give to the machine itself."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host in the system's order. Raises SourceFailedError (transient) if the name does not resolve."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceFailedError(FailureKind.TRANSIENT, f"the name {host} does not resolve") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_written_address(host: str, allowed: Networks) -> None:
    """Raise SourceFailedError (blocked) for a host written as an address, or `localhost`, that may not be fetched from; other names pass."""
    name = host.strip("[]").lower().rstrip(".")
    if name in _OWN_NAMES or name.endswith(".localhost"):
        written = "127.0.0.1"
    else:
        try:
            written = str(ip_address(name.partition("%")[0]))
        except ValueError:
            try:
                # 127.1, 0x7f000001 and 2130706433 are addresses to whoever resolves them.
                written = socket.inet_ntoa(socket.inet_aton(name))
            except (OSError, UnicodeError):
                return
    checked_addresses(host, 0, lambda *_: [written], allowed)


def checked_addresses(host: str, port: int, resolver: Resolver, allowed: Networks) -> list[str]:
    """Return the addresses of a host, all of which may be connected to.

    Raises SourceFailedError (blocked) if any address is private, loopback or reserved and not allowed.
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
    is_special = any(parsed.version == network.version and parsed in network for network in _NOT_PUBLIC)
    return parsed.is_global and not parsed.is_multicast and not is_special


def _embedded(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address inside an IPv6 form (mapped, 6to4, NAT64, compatible, translated, ISATAP); any other address unchanged."""
    if isinstance(address, IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner:
        return inner
    last = IPv4Address(int(address) & 0xFFFF_FFFF)
    is_isatap = (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP
    return last if is_isatap or any(address in each for each in _EMBEDDING) else address

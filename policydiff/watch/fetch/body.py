"""Read a body as far as the limits allow, as sent and as unpacked."""

import zlib
from collections.abc import Iterable

from policydiff.watch.failure import FailureKind, SourceFailedError

ACCEPTED = "gzip, deflate"
_STEP = 256 * 1024


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the unpacked body.

    Args:
        chunks: The body as sent.
        encoding: Value of Content-Encoding.
        limit: Bytes allowed, both as sent and as unpacked.

    Raises:
        SourceFailedError: structure changed if it is larger or packed in a way that was not asked for, transient if it is
            cut short or damaged.
    """
    packed = encoding.strip().lower()
    if packed in {"", "identity"}:
        return _plain(chunks, limit)
    if packed in {"gzip", "x-gzip", "deflate"}:
        return _unpacked(chunks, packed, limit)
    raise SourceFailedError(
        FailureKind.STRUCTURE, f"the body is packed as {packed!r}, which was not asked for"
    )


def _plain(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], packed: str, limit: int) -> bytes:
    body = bytearray()
    sent = 0
    inflate = None
    for chunk in chunks:
        sent += len(chunk)
        if sent > limit:
            raise _too_large(limit)
        if inflate is None and chunk:
            inflate = zlib.decompressobj(_window(packed, chunk))
        rest = chunk
        while inflate is not None and rest and not inflate.eof:
            try:
                body += inflate.decompress(rest, _STEP)
            except zlib.error as error:
                raise SourceFailedError(FailureKind.TRANSIENT, f"the {packed} body is damaged") from error
            if len(body) > limit:
                raise _too_large(limit)
            rest = inflate.unconsumed_tail
    if inflate is not None and not inflate.eof:
        raise SourceFailedError(FailureKind.TRANSIENT, f"the {packed} body is cut short")
    return bytes(body)


def _window(packed: str, head: bytes) -> int:
    if packed != "deflate":
        return 31
    # Servers send `deflate` with and without the zlib header that the standard asks for.
    return 15 if head[0] & 0x0F == 8 else -15


def _too_large(limit: int) -> SourceFailedError:
    return SourceFailedError(
        FailureKind.STRUCTURE,
        f"the body is larger than {limit:,} bytes: raise track.max_bytes if the document is that large",
    )

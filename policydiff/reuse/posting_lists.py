"""Fingerprints and the sentences that hold them, packed: a bucket is one blob for all fingerprints with the same high bits.

A bucket holds the number of its fingerprints (doubled, plus one where counts take four bytes), their low bits in order,
how many sentences hold each one (a byte each, four where one has more than 255), and the numbers of those sentences,
four bytes each, list after list. All little-endian. Numbers are not packed closer: so every part is read, cut and joined
as it is, which in pure Python costs a fifth of unpacking distances of seven bits.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

LOW_BITS = 24
"""Bits of a fingerprint inside its bucket; the sixteen above them name the bucket."""
LOW_MASK = (1 << LOW_BITS) - 1


def pack_bucket(lows: Sequence[int], counts: Sequence[int], numbers: Sequence[int]) -> bytes:
    """Return the bucket of fingerprints, given by their low bits in order, with how many sentences hold each and which."""
    wide = max(counts, default=0) > 255
    return b"".join(
        (
            _bytes("I", (len(lows) << 1 | wide,)),
            _bytes("I", lows),
            _bytes("I" if wide else "B", counts),
            _bytes("I", numbers),
        )
    )


def pack_lists(lists: Mapping[int, Sequence[int]]) -> bytes:
    """Return the bucket of fingerprints, given by their low bits, with their sentences in rising order."""
    lows = sorted(lists)
    return pack_bucket(
        lows, [len(lists[low]) for low in lows], [number for low in lows for number in lists[low]]
    )


class Bucket:
    """A packed bucket, opened for reading."""

    def __init__(self, blob: bytes) -> None:
        (head,) = _numbers("I", blob[:4])
        size, wide = head >> 1, head & 1
        begin = 4 + 4 * size
        end = begin + (4 * size if wide else size)
        self.lows = _numbers("I", blob[4:begin])
        self.counts = _numbers("I" if wide else "B", blob[begin:end])
        self.numbers = _numbers("I", blob[end:])

    def holders(self, low: int, longest: int | None = None) -> "array[int] | None":
        """Return the sentences that hold a fingerprint, None where none does or, with `longest`, more than so many."""
        place = bisect_left(self.lows, low)
        if place == len(self.lows) or self.lows[place] != low:
            return None
        count = self.counts[place]
        if longest is not None and count > longest:
            return None
        start = sum(self.counts[:place])
        return self.numbers[start : start + count]

    def lists(self) -> "Iterator[tuple[int, array[int]]]":
        """Yield the low bits of each fingerprint with its sentences."""
        start = 0
        for low, count in zip(self.lows, self.counts, strict=True):
            yield low, self.numbers[start : start + count]
            start += count


def _numbers(code: str, data: bytes) -> "array[int]":
    numbers = array(code, data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(code: str, numbers: Iterable[int]) -> bytes:
    packed = array(code, numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()

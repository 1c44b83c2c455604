"""Fingerprints and the sentences that hold them, packed: a bucket is one blob for all fingerprints with the same high bits.

A bucket holds the number of its fingerprints, their low 32 bits in order, where the list of each one ends, and the lists:
numbers of sentences in rising order, each as its distance from the one before in groups of seven bits. All little-endian.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

LOW_BITS = 32
LOW_MASK = (1 << LOW_BITS) - 1


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Return rising numbers as distances of seven bits a byte.

    >>> unpack_numbers(pack_numbers([3, 4, 500, 70000]))
    [3, 4, 500, 70000]
    """
    packed = bytearray()
    before = 0
    for number in numbers:
        distance = number - before
        before = number
        while distance > 0x7F:
            packed.append(distance & 0x7F | 0x80)
            distance >>= 7
        packed.append(distance)
    return bytes(packed)


def unpack_numbers(packed: bytes) -> list[int]:
    """Return the numbers that `pack_numbers` packed."""
    numbers = []
    number = distance = shift = 0
    for byte in packed:
        if byte & 0x80:
            distance |= (byte & 0x7F) << shift
            shift += 7
        else:
            number += distance | byte << shift
            numbers.append(number)
            distance = shift = 0
    return numbers


def pack_bucket(lists: Mapping[int, Sequence[int]]) -> bytes:
    """Return the bucket of fingerprints, given by their low bits, with their sentences in rising order."""
    lows = sorted(lists)
    packed = [pack_numbers(lists[low]) for low in lows]
    ends = array("I")
    end = 0
    for each in packed:
        end += len(each)
        ends.append(end)
    return b"".join((_bytes(array("I", (len(lows),))), _bytes(array("I", lows)), _bytes(ends), *packed))


class Bucket:
    """A packed bucket, opened for reading."""

    def __init__(self, blob: bytes) -> None:
        (size,) = _numbers(blob[:4])
        self._blob = blob
        self.lows = _numbers(blob[4 : 4 + 4 * size])
        self._ends = _numbers(blob[4 + 4 * size : 4 + 8 * size])
        self._start = 4 + 8 * size

    def packed(self, low: int) -> bytes | None:
        """Return the packed list of a fingerprint, None where the bucket does not hold it."""
        place = bisect_left(self.lows, low)
        if place == len(self.lows) or self.lows[place] != low:
            return None
        return self._list(place)

    def lists(self) -> dict[int, list[int]]:
        """Return every list, by the low bits of its fingerprint."""
        return {low: unpack_numbers(self._list(place)) for place, low in enumerate(self.lows)}

    def _list(self, place: int) -> bytes:
        start = self._ends[place - 1] if place else 0
        return self._blob[self._start + start : self._start + self._ends[place]]


def _numbers(data: bytes) -> "array[int]":
    numbers = array("I", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()

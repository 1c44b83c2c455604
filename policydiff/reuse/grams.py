"""Fingerprints of sentences (runs of five characters of the normalised words, thinned out by winnowing), and compressed lists of the sentences with each."""

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policydiff.comparison.sentence_units import area_names

GRAM = 5
"""Characters of a run. `python -m benchmarks.reuse` prints how often the right superior is found with runs of five."""
WINDOW = 3
"""Neighbouring runs of which at least one is kept. With three, 1 of 22 labelled holders of a clause shares no
certain run; with four, 3 of 22 do (`benchmarks.reuse`); two would keep a third more runs."""
CERTAIN = GRAM + WINDOW - 1
"""Characters of a shared run from which two sentences are sure to share a fingerprint."""
COVER = GRAM * 2 / (WINDOW + 1)
"""Kept runs that cover a character: of so many neighbouring runs two are kept in each `WINDOW` + 1. Bits of runs, added up
and divided by this, are bits of text."""

_FACTORS = (0x5BD1E99551, 0x7F4A7C1597, 0x27D4EB2F17, 0x165667B19F, 0x4CEB9FE1A9)
"""Odd numbers below 2^39, one for each character of a run: with code points below 2^21 their sum stays below 2^63."""
_RUN = sum(factor << (64 * place) for place, factor in enumerate(_FACTORS))
_MIX_LOW, _MIX_HIGH = 0x2C1B3C6D, 0x297A2D39
"""Odd numbers below 2^30 that spread the two halves of the sum over all bits."""
_SHIFT = 14
_BITS = (1 << 40) - 1
_BREAK = "\x1e"
"""Character between sentences that are folded together."""

_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B)}
_CITED = re.compile(r"《[^《》\x1e]{1,200}》")
_LIST_MARK = re.compile(
    r"\s*(?:第[一二三四五六七八九十百千零〇]+[编章节条款项](?:之[一二三四五六七八九十]+)?"
    r"|[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.、．](?!\d))"
)
_PLACE = re.compile(
    r"(?=[本全我该国行区辖])(?:[本全我该](?:行政区域|自治区|地区|辖区|区域|[省市区县州盟旗])(?!民|场|域|别|分|容|政)|[本全我]国(?!有)"
    r"|国家(?!标准|级|工作人员|机关|秘密|安全|赔偿)|行政区域内|区域内|辖区内)"
)
# The characters it can begin with are named first: tried at every place, it took half of the time of folding.
_GOVERNMENT = re.compile(
    r"(?=[国县设省市地各自直不民特区旗乡镇、,，和或人])(?:国务院|(?:县级以上|设区的市级以上|省级以上|市级以上)?(?:地方)?(?:各级)?"
    r"(?:自治区|直辖市|自治州|自治县|设区的市|不设区的市|市辖区|民族乡|特区|[省市区县旗乡镇、,，和或]){0,16}"
    r"(?:地方)?(?:各级)?人民政府)(?:及其)?(?:有关|相关|各)?(?:工作)?(?:部门)?"
)
_THIS = re.compile("本(?:法|条例|办法|规定|细则|意见|方案|规则|决定|通知|规程)")
_STOPS = re.compile(r"[^\w\x1e]+|_+")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?\n]?")


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a clause, its number taken away."""
    mark = _LIST_MARK.match(text)
    return _SENTENCE.findall(text, mark.end() if mark else 0)


Areas = tuple[str, ...]
"""Names of a document's own area, the longest first."""


def areas_of(title: str | None, issuing_bodies: Iterable[str]) -> Areas:
    """Return the names of a document's own area that occur in its title and its issuers."""
    return area_names((title or "", *issuing_bodies))


def gram_words(sentence: str, areas: Areas = ()) -> str:
    """Return the words of a sentence in which runs are counted.

    Punctuation, blanks and titles of cited documents are left out; the names of the document's own area,
    本市 and 国家 become one word, and so do all governments. It is a cheaper `comparison.folding.fold`.
    """
    return _folded(sentence.replace(_BREAK, " "), areas)


def _folded(words: str, areas: Areas) -> str:
    words = _WIDE.sub(lambda wide: wide[0].translate(_NARROW), words).lower()
    if "《" in words:
        words = _CITED.sub("", words)
    for name in areas:
        if name in words:
            words = words.replace(name, "某")
    words = _PLACE.sub("某", words)
    if "人民政府" in words or "国务院" in words:
        words = _GOVERNMENT.sub("府", words)
    return _STOPS.sub("", _THIS.sub("本法", words))


def all_grams(words: str) -> set[int]:
    """Return the fingerprint of each run of folded words: 40 bits each."""
    return set(run_fingerprints(words)[GRAM - 1 : len(words)])


def run_fingerprints(words: str) -> "array[int]":
    """Return for each character of folded words the fingerprint of the run that ends at this character."""
    return _lanes_to_array(*_mixed(words))


def winnowed(words: str) -> set[int]:
    """Return the kept fingerprints: the smallest of each window of neighbouring runs."""
    return winnowed_sentences([words])[0]


def winnowed_sentences(sentences: Sequence[str]) -> list[set[int]]:
    """Return the kept fingerprints of sentences, given by their folded words.

    All runs of all sentences are computed by a few operations on integers with 64 bits for each character,
    several times as fast as one by one; runs across two sentences are then left out.
    """
    joined = "".join(sentences)
    if not joined:
        return [set() for _ in sentences]
    mixed, size = _mixed(joined)
    high = _lanes(1 << 62, size)
    least = mixed
    for step in range(1, WINDOW):
        least = _smaller(least, mixed >> (64 * step), high)
    runs, windows = _lanes_to_array(mixed, size), _lanes_to_array(least, size)
    kept = []
    end = 0
    for words in sentences:
        # The run that ends at a character stands in its lane.
        start, end = end + GRAM - 1, end + len(words)
        if end - start >= WINDOW:
            kept.append(set(windows[start : end - WINDOW + 1]))
        else:
            kept.append({min(runs[start:end])} if end > start else set())
    return kept


def winnowed_document(clauses: Iterable[str], areas: Areas) -> list[list[set[int]]]:
    """Return for each clause of a document the kept fingerprints of its sentences."""
    split = [sentences_in(text) for text in clauses]
    joined = _BREAK.join(each.replace(_BREAK, " ") for clause in split for each in clause)
    folded = _folded(joined, areas).split(_BREAK)
    kept = iter(winnowed_sentences(folded))
    return [[next(kept) for _ in clause] for clause in split]


def _lanes(number: int, size: int) -> int:
    """Return a number repeated in so many lanes of 64 bits."""
    return int.from_bytes(number.to_bytes(8, "little") * size, "little")


def _mixed(words: str) -> tuple[int, int]:
    """Return lanes with the fingerprint of the run that ends at each character, and the number of lanes."""
    codes = array("I", words.encode(f"utf-32-{sys.byteorder[0]}e", "surrogatepass"))
    lanes = array("Q", codes)
    if sys.byteorder == "big":
        lanes.byteswap()
    size = len(words) + GRAM - 1
    added = int.from_bytes(lanes.tobytes(), "little") * _RUN
    half = _lanes(0xFFFFFFFF, size)
    added ^= (added >> 29) & half
    mixed = (added & half) * _MIX_LOW + ((added >> 32) & half) * _MIX_HIGH
    mixed ^= (mixed >> 32) & half
    return (mixed >> _SHIFT) & _lanes(_BITS, size), size


def _smaller(one: int, other: int, high: int) -> int:
    """Return the smaller number of each lane; `high` holds bit 62 of every lane, above all numbers compared."""
    is_larger = ((one | high) - other) & high
    return one ^ ((one ^ other) & (is_larger - (is_larger >> 62)))


def _lanes_to_array(lanes: int, size: int) -> "array[int]":
    numbers = array("Q", lanes.to_bytes(8 * size, "little"))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


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
        """Return the sentences that hold a fingerprint; None if no sentence does or, with `longest`, more than `longest` sentences do."""
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

"""Fingerprints of sentences: runs of five characters of their folded words, thinned by winnowing.

Two sentences that share a run of eight characters (five, and three more for the window) are sure to share a
fingerprint. The fingerprint of a run is the same on every machine and in every process: it is computed from code
points with fixed constants. Fingerprints find documents; what a sentence took from another one is judged by the
comparison, never here.
"""

import re
from collections.abc import Iterable, Sequence

from policydiff.comparison.units import own_areas

GRAM = 5
"""Characters of a run. Five as in the first design; no benchmark compares other lengths yet."""
WINDOW = 4
"""Of so many neighbouring runs at least one is kept."""

_MASK = (1 << 64) - 1
FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xFF51AFD7ED558CCD)
"""Odd numbers of 64 bits, one for each place of a run."""
MIXER = 0xC4CEB9FE1A85EC53
"""Odd number of 64 bits that spreads what the places add up to."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_CITED = re.compile(r"《[^《》]{1,200}》")
_LIST_MARK = re.compile(
    r"\s*(?:第[一二三四五六七八九十百千零〇]+[编章节条款项](?:之[一二三四五六七八九十]+)?"
    r"|[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.、．](?!\d))"
)
_PLACE = re.compile(
    r"[本全我该](?:行政区域|自治区|地区|辖区|区域|[省市区县州盟旗])(?!民|场|域|别|分|容|政)|[本全我]国(?!有)"
    r"|国家(?!标准|级|工作人员|机关|秘密|安全|赔偿)|行政区域内|区域内|辖区内"
)
_GOVERNMENT = re.compile(
    r"(?:国务院|(?:县级以上|设区的市级以上|省级以上|市级以上)?(?:地方)?(?:各级)?"
    r"(?:自治区|直辖市|自治州|自治县|设区的市|不设区的市|市辖区|民族乡|特区|[省市区县旗乡镇、,和或]){0,16}"
    r"(?:地方)?(?:各级)?人民政府)(?:及其)?(?:有关|相关|各)?(?:工作)?(?:部门)?"
)
_THIS = re.compile("本(?:法|条例|办法|规定|细则|意见|方案|规则|决定|通知|规程)")
_STOPS = re.compile(r"\W+|_+")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?\n]?")


def sentences_in(text: str) -> list[str]:
    """Return the sentences of a clause, its number taken away."""
    mark = _LIST_MARK.match(text)
    return _SENTENCE.findall(text, mark.end() if mark else 0)


def areas_of(title: str | None, issuing_bodies: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern of the names of a document's own area, None where its head names none."""
    return own_areas((title or "", *issuing_bodies))


def gram_words(sentence: str, areas: re.Pattern[str] | None = None) -> str:
    """Return the words of a sentence in which runs are counted.

    Punctuation, blanks and titles of cited documents are left out; the names of the document's own area, 本市 and
    国家 are one word, and so are all governments. It is a short form of `comparison.folding.fold`, made to cost less.
    """
    words = sentence.translate(_WIDE).lower()
    if "《" in words:
        words = _CITED.sub("", words)
    if areas is not None:
        words = areas.sub("某", words)
    words = _PLACE.sub("某", words)
    if "人民政府" in words or "国务院" in words:
        words = _GOVERNMENT.sub("府", words)
    return _STOPS.sub("", _THIS.sub("本法", words))


def all_grams(words: str) -> list[int]:
    """Return the fingerprint of each run of folded words, in order: 48 bits each."""
    codes = [ord(character) for character in words]
    first, second, third, fourth, fifth = FACTORS
    grams = []
    for a, b, c, d, e in zip(codes, codes[1:], codes[2:], codes[3:], codes[4:], strict=False):
        mixed = (a * first + b * second + c * third + d * fourth + e * fifth) & _MASK
        grams.append(((mixed ^ (mixed >> 29)) * MIXER & _MASK) >> 16)
    return grams


def winnowed(words: str) -> set[int]:
    """Return the fingerprints that are kept: of each window of neighbouring runs the smallest one."""
    grams = all_grams(words)
    if len(grams) <= WINDOW:
        return {min(grams)} if grams else set()
    return set(map(min, grams, grams[1:], grams[2:], grams[3:]))


def winnowed_document(clauses: Sequence[str], areas: re.Pattern[str] | None) -> list[list[set[int]]]:
    """Return for each clause of a document the kept fingerprints of its sentences."""
    return [[winnowed(gram_words(each, areas)) for each in sentences_in(text)] for text in clauses]

"""Count how much each character says after the one before it, over the laws of the development data."""

import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from math import log2
from pathlib import Path

from benchmarks.sources import ROOT, SHARED
from policydiff.comparison.folding import fold
from policydiff.lexicon.text_marks import split_sentences

_TABLE = ROOT / "policydiff" / "comparison" / "rarity.tsv"
_FEWEST_SINGLES = 5
_FEWEST_PAIRS = 15
_BACK_OFF = 3.0
_MOST_BITS = 14.0
_MEASURED = re.compile(
    "营商环境|大气污染防治|全民健身|安全生产(?:法|条例)|志愿服务|消防|法律援助|科技成果转化|湿地保护|突发事件|未成年|水土保持"
)
"""Subjects of labelled pairs: their laws are not counted, so that what is measured was not learned from."""


def write_rarity() -> None:
    """Write the table that ships."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for _, text in law_texts():
        for start, end in split_sentences(text):
            words = fold(text[start:end]).text
            singles.update(words)
            pairs.update(map(str.__add__, words, words[1:]))
    del singles[" "]
    total = sum(singles.values())
    lines = [f"0\t{round(2 * log2(total))}\t"]
    by_bits: dict[tuple[int, int], list[str]] = {}
    for character, count in sorted(singles.items()):
        if count >= _FEWEST_SINGLES:
            by_bits.setdefault((1, round(-2 * log2((count + 0.5) / total))), []).append(character)
    for pair, count in sorted(pairs.items()):
        if count >= _FEWEST_PAIRS and " " not in pair:
            alone = (singles[pair[1]] + 0.5) / total
            chance = (count + _BACK_OFF * alone) / (singles[pair[0]] + _BACK_OFF)
            by_bits.setdefault((2, round(2 * min(_MOST_BITS, -log2(chance)))), []).append(pair)
    lines += [f"{size}\t{bits}\t{''.join(members)}" for (size, bits), members in sorted(by_bits.items())]
    _TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def law_texts() -> Iterator[tuple[str, str]]:
    """Yield title and text of each law of the development data that no measured pair is about."""
    with tarfile.open(SHARED / "laws.tar.xz") as archive:
        for member in archive:
            path = Path(member.name)
            file = archive.extractfile(member) if member.isfile() else None
            if file is None or path.suffix != ".md" or "案例" in path.parts or _MEASURED.search(path.name):
                continue
            yield path.stem.split("(")[0], file.read().decode("utf-8").split("<!-- INFO END -->")[-1]

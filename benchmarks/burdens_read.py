"""Rows of the ledger of burdens of fourteen real district documents, each read by hand: how many are what they say.

    python -m benchmarks.burdens_read [--list]

`gold/burdens_read.tsv` holds each row by document and hash, right or wrong. Right is a permit, filing, certificate, fee, inspection, penalty, duty
or prohibition that the local text adds for those it binds, or one that it tightens, loosens or changes; an attribute, a slogan, a member of a
committee, a task that one office has of another, words that stand elsewhere in either text are wrong. A target, share or date that offices have to reach
is right where the superior has it too and the local text changes it; one that the local text sets for itself is wrong, for the table of targets has it. Rows that nobody has read are counted apart. The rows of the
first five documents were read before the ledger was narrowed, those of the six others after it; those of the last three (*third*) as the ledger stands, after its rules were mended on them too.
"""

import argparse
import csv
import hashlib
import sys
from collections import Counter

import policydiff
from benchmarks.sources import ROOT, SHARED
from policydiff.model import Burden

READ = ROOT / "benchmarks" / "gold" / "burdens_read.tsv"


def main() -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="print the rows")
    options = parser.parse_args()
    with READ.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    read = {(line["local"], line["sha256"]): line["reading"] for line in lines}
    texts = SHARED / "shanghai"
    if not texts.exists():
        print("burdens: the development data is absent")
        return 0
    counts: Counter[tuple[str, str]] = Counter()
    for local, superior in dict.fromkeys((line["local"], line["superior"]) for line in lines):
        comparison = policydiff.compare(texts / f"{local}.txt", texts / f"{superior}.txt")
        for burden in comparison.burdens:
            said = read.get((local, _hash(burden)), "not read")
            counts[local, said] += 1
            if options.list:
                print("\t".join((local, _hash(burden), said, burden.kind.value, burden.change.value, burden.words, burden.superior_words or "", burden.text)))  # fmt: skip
    print(f"{'':32} right  wrong  not read  precision")
    names = list(dict.fromkeys(local for local, _ in counts))
    for name in [*names, ""]:
        right, wrong, unread = (
            sum(number for (local, said), number in counts.items() if name in ("", local) and said == each)
            for each in ("right", "wrong", "not read")
        )
        print(f"{name or 'all':32} {right:5}  {wrong:5}  {unread:8}  {right / max(1, right + wrong):9.3f}")
    for drawn, title in (
        ("first", "the first five, as first listed"),
        ("second", "six others, as first listed"),
    ):
        held = Counter(line["reading"] for line in lines if line["drawn"] == drawn)
        print(f"{title}: {held['right']} of {held.total()} right, {held['right'] / max(1, held.total()):.3f}")
    return 0


def _hash(burden: Burden) -> str:
    words = "|".join(
        (burden.kind.value, burden.change.value, burden.words, burden.superior_words or "", burden.text)
    )
    return hashlib.sha256("".join(words.split()).encode()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())

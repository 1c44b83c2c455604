"""The ledger of burdens against rows written before a run: five districts' documents beside the texts they implement.

    python -m benchmarks.burdens_written [--wrong]

`gold/burdens_written`: each document of 12 to 14 sentences with its superior's and every row that its ledger should have. A row is *found* where a row of the
ledger in the same sentence says its words; *named* where that has its kind and its way too; *checked* where both or neither
are marked for a person to check. A row of the ledger that says the words of no row of the gold is *beside*.
"""

import argparse
import csv
import sys
from collections import Counter

from rapidfuzz.fuzz import partial_ratio

import policydiff
from benchmarks.sources import ROOT
from policydiff.model import Burden

_GOLD = ROOT / "benchmarks" / "gold" / "burdens_written"
_SAID = 60.0
"""Likeness (0 to 100) of the words of two rows from which on they are one: 三千元 and 一千元以上三千元以下 have 100, 三日内 and 三十日 50."""


def _says(row: dict[str, str], burden: Burden) -> bool:
    told = (burden.words, burden.superior_words or "")
    return any(partial_ratio(row["words"], words) >= _SAID for words in told if words) and (
        row["words"] in burden.text or not burden.words
    )


def main() -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true", help="print the rows that do not meet")
    options = parser.parse_args()
    with (_GOLD / "rows.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    counts: Counter[tuple[str, str]] = Counter()
    for name in dict.fromkeys(row["document"] for row in rows):
        comparison = policydiff.compare(_GOLD / f"{name}.local.txt", _GOLD / f"{name}.superior.txt")
        left = list(comparison.burdens)
        for row in (row for row in rows if row["document"] == name):
            met = [each for each in left if _says(row, each)]
            met.sort(key=lambda each: (each.kind.value, each.change.value) != (row["kind"], row["change"]))
            counts[row["kind"], "gold"] += 1
            if not met:
                if options.wrong:
                    print(name, "missed", row["kind"], row["change"], row["words"])
                continue
            left.remove(met[0])
            counts[row["kind"], "found"] += 1
            typed = (met[0].kind.value, met[0].change.value) == (row["kind"], row["change"])
            counts[row["kind"], "named"] += typed
            counts[row["kind"], "checked"] += (met[0].to_check is not None) == (row["to_check"] == "yes")
            if options.wrong and not typed:
                print(name, "other", row["kind"], row["change"], row["words"], "|", met[0].kind.value, met[0].change.value, met[0].words)  # fmt: skip
        for burden in left:
            counts[burden.kind.value, "beside"] += 1
            if options.wrong:
                print(name, "beside", burden.kind.value, burden.change.value, burden.words, "|", burden.superior_words, "|", burden.text)  # fmt: skip
    columns = ("gold", "found", "named", "checked", "beside")
    print(f"{'kind':12}", *(f"{each:>8}" for each in columns))
    for kind in [*dict.fromkeys(kind for kind, _ in counts), ""]:
        sums = (
            sum(number for (own, each), number in counts.items() if each == column and kind in ("", own))
            for column in columns
        )
        print(f"{kind or 'all':12}", *(f"{number:8}" for number in sums))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Sentences that readers call verbatim and the comparison called adapted, read by hand: what differs in them.

    python -m benchmarks.verbatim_read [--list]

`gold/verbatim_read.tsv` holds 150 of 508, drawn by lot, each read with its source, the signals and the parts left out. *same*: nothing but
localisation differs, and the reader is right (level of a government, another office, other words for the same, a name of a body cut in the middle,
sentences cut in another way, an offence named by its article). *differs*: something of substance was put in, left out or replaced, so that the
sentence is not verbatim as the product defines it (no signal, nothing of substance left out), though a reader took it for the same provision.
*pairing*: another source stands first. Printed are the counts, and what the comparison calls each sentence now, each pair by weights fitted without its superior document.
"""

import argparse
import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator

from benchmarks.adoption import Row, measure
from benchmarks.comparison import models_by_pair
from benchmarks.sources import ROOT
from benchmarks.training.gold import document_of, labelled_pairs, without_blanks
from policydiff.comparison.compare import compare_documents
from policydiff.model import Relation

READ = ROOT / "benchmarks" / "gold" / "verbatim_read.tsv"


def main() -> int:
    """Print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--list", action="store_true", help="print the sentences")
    options = parser.parse_args()
    with READ.open(encoding="utf-8", newline="") as file:
        read = {(row["pair"], row["sha256"]): row for row in csv.DictReader(file, delimiter="\t")}
    found = {key: row for key, row in rows_of({pair for pair, _ in read}) if key in read}
    if not found:
        print("verbatim: no labelled pairs at hand")
        return 0
    counts: Counter[tuple[str, str]] = Counter()
    verbatim: Counter[tuple[str, str]] = Counter()
    for key, row in sorted(found.items()):
        kind = (read[key]["reading"], read[key]["kind"])
        counts[kind] += 1
        verbatim[kind] += row.relation is Relation.VERBATIM
        if options.list and row.sentence is not None:
            print("\t".join((*kind, row.relation.value, row.sentence.text, row.sentence.sources[0].text)))
    print(
        f"{len(found)} of {len(read)} sentences found\n{'reading':9} {'kind':32} sentences  called verbatim now"
    )
    for (reading, name), number in sorted(counts.items(), key=lambda item: (item[0][0], -item[1])):
        print(f"{reading:9} {name:32} {number:9} {verbatim[reading, name]:20}")
    for reading in dict.fromkeys(reading for reading, _ in sorted(counts)):
        number = sum(count for (each, _), count in counts.items() if each == reading)
        now = sum(count for (each, _), count in verbatim.items() if each == reading)
        print(f"{reading:9} {'all':32} {number:9} {now:20}")
    return 0


def rows_of(names: set[str]) -> Iterator[tuple[tuple[str, str], Row]]:
    """Yield the scored sentences of some pairs by pair and hash."""
    pairs = [pair for pair in labelled_pairs() if pair.name in names]
    models = models_by_pair(pairs)
    for pair in pairs:
        superior = document_of(pair.superior)
        comparison = compare_documents(document_of(pair.local), superior, trained=models[pair.family])
        for row in measure(pair, superior, comparison).rows:
            if row.sentence is not None:
                words = without_blanks(row.sentence.text)
                yield (pair.name, hashlib.sha256(words.encode()).hexdigest()[:16]), row


if __name__ == "__main__":
    sys.exit(main())

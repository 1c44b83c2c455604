"""Whether the change that a client hears of first is among the three heaviest of a revision.

    python -m benchmarks.chief_changes

Gold in `gold/chief_changes.tsv`: laws that stand in two versions in the development data, with the clauses of which a
lawyer would tell first, written down before any of them was run. *Partial*: revisions that leave most articles as they
are; *rewritten*: laws made anew, of a hundred changes and more.
"""

import sys
from collections import Counter
from pathlib import Path

from benchmarks.sources import SHARED, read_members
from benchmarks.substance import labels
from policydiff import parse
from policydiff.model import Change
from policydiff.revision.diffing import diff_documents
from policydiff.revision.substantial import ranked

GOLD = Path(__file__).parent / "gold/chief_changes.tsv"
_HEARD = 3
"""Changes that a reader takes in from the head of a report."""


def clauses_ranked(changes: list[Change]) -> list[tuple[str, ...]]:
    """Return the clauses of each change with a signal, the heaviest first."""
    return [labels(change) for change in ranked(changes)]


def main() -> int:
    """Print the rank of the first chief change of each revision, and how many are among the first three."""
    if not SHARED.is_dir():
        print("the development data is not there")
        return 1
    rows = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    names = {(title, day): f"{title}({day}).md" for title, *days, _, _ in rows for day in days}
    texts = read_members("laws.tar.xz", frozenset(names.values()))
    first, told = Counter[str](), Counter[str]()
    for title, before, after, clauses, kind in rows:
        old, new = (parse(texts[names[title, day]]) for day in (before, after))
        order = clauses_ranked(list(diff_documents(old, new).changes))
        wanted = set(clauses.split())
        rank = next((place for place, each in enumerate(order, 1) if wanted & {*each}), 0)
        print(f"{title:40} {len(order):4} changes with a signal, a chief one comes {rank or 'nowhere'}")
        first[kind] += 0 < rank <= _HEARD
        told[kind] += 1
    for kind, total in told.items():
        print(f"{kind}: {first[kind]} of {total} among the first {_HEARD}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

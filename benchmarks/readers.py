"""How far two readers agree on the gold, and the program with each of them: the ceiling of the figures measured on it.

    python -m benchmarks.readers [--only WORD] [--differences]

*Alike*: items to which both give the same label, as first written and before anything was adjudicated. *Met*: also those where a label that
one reader leaves open beside the first is the other's. *Kappa*: Cohen's, of first labels, where labels are classes. Then, in the same run, the
share of the program's answers that are the first reader's as the gold stands, the second reader's, and, of items on which both agree,
theirs. `--differences` prints what was decided on each item that differs. The command fails where nobody decided.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from benchmarks.read_twice import SETS
from benchmarks.second_reader import Item, adjudged
from benchmarks.sources import SHARED

_HEAD = f"{'':44}items  alike    met  kappa  program: first second   both"


def main() -> int:
    """Print the table; return 1 where a difference was not adjudicated."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="sets whose name holds this word")
    parser.add_argument("--differences", action="store_true", help="what was decided on items that differ")
    options = parser.parse_args()
    if not (SHARED / "laws.tar.xz").is_file():
        print(f"development data not found at {SHARED}", file=sys.stderr)
        return 0
    undecided = []
    print(_HEAD)
    for name, read in SETS.items():
        if options.only not in name:
            continue
        settled = adjudged(name)
        for title, items, has_classes in read():
            print(row(title, items, has_classes=has_classes))
            undecided += [
                f"{title} {item.key}: {'/'.join(item.first)} and {'/'.join(item.second)}"
                for item in items
                if not item.is_settled_elsewhere and not item.alike and item.key not in settled
            ]
        for key, each in settled.items() if options.differences else ():
            print(f"    {key}: {each.first} | {each.second}; right: {each.right}. {each.reason}")
    print(*(f"not adjudicated: {each}" for each in undecided), sep="\n", end="\n" if undecided else "")
    return 1 if undecided else 0


def row(title: str, items: Sequence[Item], *, has_classes: bool) -> str:
    """Return a line of the table."""
    alike = sum(item.alike for item in items) / len(items)
    met = sum(not {*item.first}.isdisjoint(item.second) for item in items) / len(items)
    said = [item for item in items if item.program is not None]
    shares = (
        [item.program in (item.gold or item.first) for item in said],
        [item.program in item.second for item in said],
        [item.program in item.first and item.program in item.second for item in said if item.alike],
    )
    kappa = (
        f"{cohen([(item.first[0], item.second[0]) for item in items]):6.3f}" if has_classes else f"{'–':>6}"
    )
    program = "".join(f"{sum(hits) / len(hits):7.3f}" if hits else f"{'–':>7}" for hits in shares)
    return f"{title:44}{len(items):5}  {alike:.3f}  {met:.3f} {kappa}        {program}"


def cohen(labelled: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa: how much more two readers agree than the frequency of their labels makes them."""
    total = len(labelled)
    first, second = (Counter(pair[side] for pair in labelled) for side in (0, 1))
    by_chance = sum(first[label] * second[label] for label in first) / total**2
    alike = sum(one == other for one, other in labelled) / total
    return (alike - by_chance) / (1 - by_chance) if by_chance < 1 else 1.0


if __name__ == "__main__":
    sys.exit(main())

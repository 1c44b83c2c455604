"""Pairs of provisions written by kind of difference, as a lawyer would change them, and as many that say the same.

    python -m benchmarks.substance_kinds [--failures] [--held-out]

A pair that differs is *found* where some signal of weight 0.3 or more stands, *typed* where one has a type of the gold,
*directed* where one of that type has a direction of the gold; *doubled* counts signals beyond the first, *contrary* the pairs
with a signal that goes a way the gold does not name (`changed` goes no way). A pair that says
the same is *flagged* where one stands. Every third line of the gold was held out from rules once; its failures have been
read since.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from policydiff.model import Direction, Genre, Signal
from policydiff.substance.signalling import signals_between
from policydiff.substance.weighing import OF_SUBSTANCE

GOLD = Path(__file__).parent / "gold/kinds"
ANY = "*"
LATER = ("_second", "_third", "_fourth", "_fifth", "_sixth")
"""End the names of the files that were written later, and read as wholes after their first run."""


class Pair(NamedTuple):
    """Two provisions, and the difference a lawyer names; no types where the two say the same."""

    kind: str
    types: frozenset[str]
    directions: frozenset[str]
    old: str
    new: str
    held_out: bool


def pairs(name: str) -> Iterator[Pair]:
    """Yield the pairs of one file of the gold."""
    for index, line in enumerate((GOLD / f"{name}.txt").read_text("utf-8").splitlines()):
        kind, *wanted, old, new = line.split(" | ")
        types, directions = wanted[0].split() if wanted else ("", "")
        yield Pair(
            kind,
            frozenset(filter(None, types.split("/"))),
            frozenset(filter(None, directions.split("/"))),
            old.replace("⏎", "\n"),
            new.replace("⏎", "\n"),
            held_out=index % 3 == 2 and name in ("differ", "equal"),
        )


def signals(pair: Pair) -> list[Signal]:
    """Return the signals of substance between the two provisions, read as a statute."""
    found = signals_between(pair.old, pair.new, genre=Genre.STATUTE)
    return [signal for signal in found if signal.weight >= OF_SUBSTANCE]


def is_typed(pair: Pair, signal: Signal) -> bool:
    """Return whether a signal has one of the types of the gold."""
    return ANY in pair.types or signal.type.value in pair.types


def is_directed(pair: Pair, signal: Signal) -> bool:
    """Return whether a signal has one of the directions of the gold."""
    return ANY in pair.directions or signal.direction.value in pair.directions


def told(pair: Pair, found: list[Signal]) -> str:
    """Return one pair with its signals in a line."""
    said = "; ".join(
        f"{each.type.value} {each.direction.value} {each.weight} [{each.old or ''} → {each.new or ''}]"
        for each in found
    )
    wanted = f"{'/'.join(sorted(pair.types))} {'/'.join(sorted(pair.directions))}" if pair.types else "equal"
    old, new = (text.replace("\n", "⏎") for text in (pair.old, pair.new))
    return f"    {pair.kind}: {old} | {new}\n        wanted {wanted}; said {said or 'nothing'}"


def report(name: str, *, held_out: bool, failures: bool) -> None:
    """Print the figures of one half of one file."""
    chosen = [pair for pair in pairs(name) if pair.held_out is held_out]
    found = typed = directed = doubled = contrary = with_way = 0
    for pair in chosen:
        said = signals(pair)
        found += bool(said)
        right = [signal for signal in said if is_typed(pair, signal)]
        typed += bool(right)
        ways = any(is_directed(pair, signal) for signal in right)
        directed += ways
        doubled += max(0, len(said) - 1)
        goes = [signal for signal in said if signal.direction is not Direction.CHANGED]
        with_way += bool(goes)
        contrary += not all(is_directed(pair, signal) for signal in goes)
        wrong = bool(said) if name.startswith("equal") else not ways or len(said) > 1
        if failures and wrong:
            print(told(pair, said))
    half = "held out" if held_out else "looked at"
    if name.startswith("equal"):
        print(f"{name:13} {half:10} {len(chosen):4} pairs  flagged {found}")
    else:
        print(
            f"{name:13} {half:10} {len(chosen):4} pairs  found {found / len(chosen):.3f}"
            f"  typed {typed / len(chosen):.3f}  directed {directed / len(chosen):.3f}  doubled {doubled}"
            f"  contrary {contrary} of {with_way}"
        )


def main() -> int:
    """Print the figures of both files and both halves."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--failures", action="store_true", help="pairs of the half looked at that are wrong")
    parser.add_argument("--held-out", action="store_true", help="the same of the other half")
    options = parser.parse_args()
    for name in ("differ", "equal"):
        for held_out in (False, True):
            report(name, held_out=held_out, failures=options.held_out if held_out else options.failures)
    for later, name in product(LATER, ("differ", "equal")):
        report(f"{name}{later}", held_out=False, failures=options.failures)
    report("directions", held_out=False, failures=options.failures)
    return 0


if __name__ == "__main__":
    sys.exit(main())

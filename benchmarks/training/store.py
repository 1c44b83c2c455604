"""Weights as files: those that ship, and those trained without each family of pairs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.sources import ROOT
from policydiff.comparison.probabilities import Logistic, Models

SHIPPED = ROOT / "policydiff" / "comparison" / "weights.json"
SHIPPED_SEMANTIC = ROOT / "policydiff" / "comparison" / "weights-semantic.json"
LEAVE_ONE_OUT = ROOT / "benchmarks" / "gold" / "adoption" / "leave-one-out.models"
"""For each pair in training, weights trained without its superior document."""
LEAVE_ONE_OUT_SEMANTIC = ROOT / "benchmarks" / "gold" / "adoption" / "leave-one-out-semantic.models"
"""The same with figures of the bundled sentence encoder."""

_PARTS = ("alone", "placed", "derived", "order")


def write_models(path: Path, models: Models) -> None:
    """Write the models that ship."""
    path.write_text(f"{json.dumps(_dumped(models), indent=1)}\n", encoding="utf-8")


def write_all_models(path: Path, models: Mapping[str, Models]) -> None:
    """Write the models of each pair, one pair a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(_dumped(model))}" for name, model in sorted(models.items())]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def models_of(path: Path) -> dict[str, Models]:
    """Return the models of each pair; empty where they were not trained yet."""
    if not path.is_file():
        return {}
    data: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return {name: Models(*(_model(models[part]) for part in _PARTS)) for name, models in data.items()}


def _dumped(models: Models) -> dict[str, Any]:
    return {part: _dumped_model(getattr(models, part)) for part in _PARTS}


def _dumped_model(model: Logistic) -> dict[str, Any]:
    return {"bias": model.bias, "weights": dict(zip(model.names, model.weights, strict=True))}


def _model(data: dict[str, Any]) -> Logistic:
    return Logistic(tuple(data["weights"]), tuple(data["weights"].values()), data["bias"])

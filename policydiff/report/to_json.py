"""Results as JSON: the model's own dump, and the schema it is published under."""

from policydiff.errors import UsageError
from policydiff.model import (
    Comparison,
    Document,
    PaceComparison,
    PeerComparison,
    RevisionDiff,
    RevisionHistory,
    SourcedComparison,
)
from policydiff.model.base import Value

_MODELS: dict[str, type[Value]] = {
    "comparison": Comparison,
    "document": Document,
    "history": RevisionHistory,
    "pace-comparison": PaceComparison,
    "peer-comparison": PeerComparison,
    "revision": RevisionDiff,
    "sourced-comparison": SourcedComparison,
}


def to_json(value: Value) -> str:
    """Return the value as JSON: fields in the model's order, Chinese unescaped, two blanks of indent."""
    return value.model_dump_json(indent=2) + "\n"


def schemas() -> tuple[str, ...]:
    """Return the names of the published schemas."""
    return tuple(_MODELS)


def schema(name: str) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of a published result.

    Raises:
        UsageError: There is no schema of that name.
    """
    if name not in _MODELS:
        raise UsageError(f"no schema is called {name!r}: use one of {', '.join(_MODELS)}")
    described = _MODELS[name].model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"policydiff/{name}/1",
        **described,
    }

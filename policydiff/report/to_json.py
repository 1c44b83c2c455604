"""Results as JSON: the model's own dump under its published schema."""

import json

from policydiff.model.base import Value


def to_json(value: Value) -> str:
    """Return the value as JSON: fields in the model's order, Chinese unescaped, two blanks of indent."""
    return json.dumps(value.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"

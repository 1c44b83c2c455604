"""Results as JSON: the model's own dump under its published schema."""

from policydiff.model.base import Value


def to_json(value: Value) -> str:
    """Return the value as JSON: fields in the model's order, Chinese unescaped, two blanks of indent."""
    return value.model_dump_json(indent=2) + "\n"

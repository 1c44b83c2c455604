"""What all values have in common: frozen, strict about unknown fields, dumped under their published names."""

from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(
        defer_build=True, frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True
    )


class Span(NamedTuple):
    """Half-open range of code points, `text[start:end]`; dumped as `[start, end]`."""

    start: int
    end: int


Level = Literal["state", "province", "prefecture", "county", "township"]
"""Level of the government that issued a text; a district of a municipality counts as county."""


class Severity(StrEnum):
    """How much a diagnostic matters to the reader."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Diagnostic(Value):
    """A doubt about a document, kept as data beside the result it concerns."""

    severity: Severity
    """How much it matters."""
    message: str
    clause: str | None = None
    """Id of the clause concerned, None where it concerns the document."""
    span: Span | None = None
    """Place in the extracted text."""

"""The base of all values (frozen, strict about unknown fields, dumped under their schema).

A `Reference` names a text that a result was made from.
"""

from datetime import date
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


class Reference(Value):
    """One side of a diff or comparison."""

    id: str | None = None
    """Document id in the store, None for a plain file."""
    version: str | None = None
    """Version name in the store, None for a plain file."""
    file: str | None = None
    """File name as the user gave it, None for a stored version."""
    title: str | None = None
    document_number: str | None = None
    issuing_bodies: tuple[str, ...] = ()
    issued: date | None = None
    text_sha256: str | None = None
    """SHA-256 of the extracted text, hexadecimal."""

    @property
    def name(self) -> str | None:
        """The shortest name that finds it again: `id@version`, else the file, else the title."""
        if self.id is not None:
            return f"{self.id}@{self.version}" if self.version else self.id
        return self.file or self.title

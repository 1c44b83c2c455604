"""What is asked of an index and what it answers."""

from datetime import date

from policydiff.model import Citation, Level, Responsibility, Target, Value


class Filter(Value):
    """Which documents are meant; every field given must fit."""

    jurisdiction: str | None = None
    """GB/T 2260 code; the code of a province or city holds what lies in it."""
    level: Level | None = None
    """Level of the issuer's government."""
    issuer: str | None = None
    """Part of an issuing body's name."""
    document_type: str | None = None
    """文种: 意见"""
    title: str | None = None
    """Part of the title."""
    since: date | None = None
    """Newest version's date, inclusive."""
    until: date | None = None
    """Newest version's date, inclusive."""
    ids: tuple[str, ...] | None = None
    """Ids of documents; None for all."""


class Hit(Value):
    """One clause that holds what was searched for."""

    id: str
    version: str
    title: str
    clause: str
    label: str | None
    text: str
    marks: tuple[tuple[int, int], ...]
    """Where the words searched for stand in `text`, half-open."""
    score: float
    """Higher is better; comparable within one search."""


class FoundCitation(Value):
    """A citation and the version it stands in."""

    id: str
    version: str
    title: str
    citation: Citation


class FoundTarget(Value):
    """A target and the version it stands in."""

    id: str
    version: str
    title: str
    target: Target


class FoundResponsibility(Value):
    """A responsibility note and the version it stands in."""

    id: str
    version: str
    title: str
    responsibility: Responsibility

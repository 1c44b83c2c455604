"""What a gate finds in a change."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from policydiff.model import Value
from policydiff.model.result import Record, Result, counted
from policydiff.settings import Level, RuleKind


class Finding(Value):
    """One finding, with the words that show it."""

    rule: RuleKind
    """Which rule of `policydiff.toml` this breaks."""
    level: Level
    """`error` fails the check, `warning` is only told."""
    document: str
    """Document id, or the name of a file."""
    title: str | None
    version: str | None
    previous: str | None
    clause: str | None
    """Id of the clause concerned; None where it concerns the document."""
    label: str | None
    """The clause's number as printed."""
    message: str
    old: str | None = None
    new: str | None = None
    counts: Mapping[str, int] | None = None
    """Of `any_change`: how many clauses changed in each way; None for a first version and for other rules."""
    waived_until: date | None = None
    """Last day of the waiver that accepts it, None where none does."""
    waiver_reason: str | None = None
    """Why a waiver lets this pass; null where none does."""
    expired_waiver: date | None = None
    """Day on which a waiver that fits ended."""

    @property
    def fails(self) -> bool:
        """Whether the check fails by it."""
        return self.level is Level.ERROR and self.waived_until is None


class CheckedChange(Value):
    """A change that was looked at, with or without findings."""

    document: str
    title: str | None
    version: str | None
    previous: str | None
    findings: tuple[Finding, ...]
    """What the rules found, in reading order."""


class CheckReport(Result):
    """The outcome of a check."""

    schema_id: Literal["policydiff/check/1"] = Field(default="policydiff/check/1", alias="schema")
    checked: tuple[CheckedChange, ...]
    """The changes that were looked at, with or without findings."""
    unused_waivers: tuple[str, ...] = ()
    """Waivers that fitted nothing, as `rule document`."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in order."""
        return tuple(finding for change in self.checked for finding in change.findings)

    @property
    def fails(self) -> bool:
        """Whether any finding fails the check."""
        return any(finding.fails for finding in self.findings)

    _thing: ClassVar[str] = "finding"

    def _items(self) -> tuple[Finding, ...]:
        return self.findings

    def _record(self, item: Finding) -> Record:
        return {
            "document": item.document,
            "version": item.version,
            "previous": item.previous,
            "rule": item.rule.value,
            "level": item.level.value,
            "clause": item.clause,
            "label": item.label,
            "message": item.message,
            "old": item.old,
            "new": item.new,
            "waived": item.waived_until is not None,
            "fails": item.fails,
        }

    def _told(self) -> str:
        return f"{counted(len(self.checked), 'change')} checked, {counted(len(self), 'finding')}"

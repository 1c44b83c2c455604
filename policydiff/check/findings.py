"""What a gate finds in a change."""

from collections.abc import Mapping
from datetime import date

from policydiff.model import Value
from policydiff.settings import Level, RuleKind


class Finding(Value):
    """One finding, with the words that show it."""

    rule: RuleKind
    level: Level
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


class CheckReport(Value):
    """The outcome of a check."""

    checked: tuple[CheckedChange, ...]
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

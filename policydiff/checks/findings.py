"""What a gate finds in a change, and the waivers that accept a finding until a day; after it the finding counts again."""

from collections.abc import Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import ClassVar, Literal, TypeVar

from pydantic import Field

from policydiff.model import Direction, Effect, SignalType, Untold, Value
from policydiff.model.base import Record, Result, cells, counted
from policydiff.settings import Level, RuleKind, Waiver

_Kind = TypeVar("_Kind", SignalType, Direction, Effect)


class Finding(Value):
    """A finding of a check, with the words of the text that prove it."""

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
    type: SignalType | None = None
    """Type of the signal that was found; None where the rule looks for no signal."""
    direction: Direction | None = None
    """Its direction."""
    weight: float | None = None
    """Its weight."""
    effect: Effect | None = None
    """Of `effect`: how the local provision stands to the superior's."""
    untold: Untold | None = None
    """Why a local document could not be held against its superior; nothing was looked at then, and the check fails."""
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


class CheckReport(Result[Finding]):
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

    _page_module: ClassVar[str | None] = "policydiff.checks.check_page"
    _thing: ClassVar[str] = "finding"
    _list: ClassVar[str] = "findings"

    def _record(self, item: Finding) -> Record:
        told = cells(item, "document version previous rule level clause label message old new")
        return {**told, "waived": item.waived_until is not None, "fails": item.fails}

    def _told(self) -> str:
        return f"{counted(len(self.checked), 'change')} checked, {counted(len(self), 'finding')}"


def waive(
    findings: Iterable[Finding], waivers: tuple[Waiver, ...], today: date
) -> tuple[list[Finding], list[Waiver]]:
    """Return the findings with the waivers that fit marked on them, and the waivers that fitted nothing."""
    used: set[int] = set()
    marked = []
    for finding in findings:
        fitting = [place for place, waiver in enumerate(waivers) if _fits(waiver, finding)]
        used.update(fitting)
        running = [waivers[place] for place in fitting if today <= waivers[place].until]
        ended = [waivers[place] for place in fitting if today > waivers[place].until]
        if running:
            longest = max(running, key=lambda waiver: waiver.until)
            marked.append(
                finding.model_copy(update={"waived_until": longest.until, "waiver_reason": longest.reason})
            )
        elif ended:
            marked.append(
                finding.model_copy(update={"expired_waiver": max(waiver.until for waiver in ended)})
            )
        else:
            marked.append(finding)
    return marked, [waiver for place, waiver in enumerate(waivers) if place not in used]


def _fits(waiver: Waiver, finding: Finding) -> bool:
    return (
        waiver.rule is finding.rule
        and fnmatchcase(finding.document, waiver.document)
        and waiver.clause in {None, finding.clause, finding.label}
        and waiver.version in {None, finding.version}
        and _is_of(waiver.types, finding.type)
        and _is_of(waiver.directions, finding.direction)
        and _is_of(waiver.effects, finding.effect)
        and (finding.weight is None or finding.weight <= waiver.weight)
    )


def _is_of(accepted: tuple[_Kind, ...], found: _Kind | None) -> bool:
    """Return whether a waiver that names kinds names this one; one that names none accepts all."""
    return not accepted or found in accepted

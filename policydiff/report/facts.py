"""Targets and responsibilities of both sides as rows: figures side by side, bodies with their counterparts."""

from typing import NamedTuple

from policydiff.model import (
    Comparison,
    Responsibility,
    ResponsibilityComparison,
    Target,
    TargetChange,
    TargetComparison,
)
from policydiff.report.comparison_view import ComparisonView, Link
from policydiff.report.outline import Outline, anchor


class Quoted(NamedTuple):
    """What one side says, with its place."""

    place: Link
    said: str
    """In short: `力争 10 家（2023）`, or the bodies."""
    text: str
    """The document's words it was read from."""
    metric: str = ""
    """What a target counts; empty for bodies."""


class TargetRow(NamedTuple):
    """One target with its counterpart."""

    anchor: str
    change: TargetChange
    metric: str
    local: Quoted | None
    superior: Quoted | None


class DutyRow(NamedTuple):
    """Who does a local measure, and who does the superior's."""

    anchor: str
    local: Quoted | None
    superior: Quoted | None
    pairs: tuple[tuple[str, str], ...]


class BodyRow(NamedTuple):
    """One local body over the whole document."""

    name: str
    leads: int
    """Measures it leads, or does with others where none is told apart."""
    supports: int
    counterparts: tuple[str, ...]
    duties: tuple[DutyRow, ...]


_WEIGHT = {
    TargetChange.TIGHTENED: 0,
    TargetChange.RELAXED: 0,
    TargetChange.CHANGED: 1,
    TargetChange.KEPT: 2,
    TargetChange.NEW: 3,
    TargetChange.MISSING: 4,
}


def figure(target: Target) -> str:
    """Return value, unit, qualifier and deadline in short, in the document's own words."""
    unit = f" {target.unit}" if target.unit and target.unit != "%" else target.unit
    words = f"{target.value}{unit}"
    if target.qualifier:
        words += f"（{target.qualifier}）"
    return f"{words} · {target.deadline}" if target.deadline else words


def bodies(duty: Responsibility) -> str:
    """Return the bodies, leading ones first, supporting ones in brackets."""
    lead = "、".join(duty.lead)
    return f"{lead}（{'、'.join(duty.supporting)}）" if duty.supporting else lead


def target_rows(view: ComparisonView) -> tuple[TargetRow, ...]:
    """Return targets of both sides: matched ones first, then the local's own, then those it left out."""
    ordered = sorted(view.comparison.targets, key=lambda pair: _WEIGHT[pair.change])
    return tuple(_target(pair, index, view) for index, pair in enumerate(ordered, 1))


def _target(pair: TargetComparison, index: int, view: ComparisonView) -> TargetRow:
    named = pair.local or pair.superior
    return TargetRow(
        f"t-{index}",
        pair.change,
        named.metric if named else "",
        _target_quote(pair.local, "l", view.local_outline),
        _target_quote(pair.superior, "u", view.superior_outline),
    )


def _target_quote(target: Target | None, prefix: str, outline: Outline) -> Quoted | None:
    if target is None:
        return None
    place = outline.place(target.clause)
    return Quoted(
        Link(anchor(prefix, target.clause), place.address), figure(target), target.text, target.metric
    )


def duty_rows(view: ComparisonView) -> tuple[DutyRow, ...]:
    """Return responsibilities of both sides in the comparison's order."""
    return tuple(_duty(pair, index, view) for index, pair in enumerate(view.comparison.responsibilities, 1))


def _duty(pair: ResponsibilityComparison, index: int, view: ComparisonView) -> DutyRow:
    return DutyRow(
        f"d-{index}",
        _duty_quote(pair.local, "l", view.local_outline),
        _duty_quote(pair.superior, "u", view.superior_outline),
        pair.counterparts,
    )


def _duty_quote(duty: Responsibility | None, prefix: str, outline: Outline) -> Quoted | None:
    if duty is None:
        return None
    place = outline.place(duty.clause)
    return Quoted(Link(anchor(prefix, duty.clause), place.address), bodies(duty), duty.text)


def body_rows(comparison: Comparison, duties: tuple[DutyRow, ...]) -> tuple[BodyRow, ...]:
    """Return local bodies by the number of measures they take part in, with their counterparts above."""
    leads: dict[str, int] = {}
    supports: dict[str, int] = {}
    held: dict[str, list[DutyRow]] = {}
    counterparts: dict[str, dict[str, None]] = {}
    for pair, row in zip(comparison.responsibilities, duties, strict=True):
        if pair.local is None:
            continue
        for count, names in ((leads, pair.local.lead), (supports, pair.local.supporting)):
            for name in dict.fromkeys(names):
                count[name] = count.get(name, 0) + 1
                held.setdefault(name, []).append(row)
        for local, superior in pair.counterparts:
            counterparts.setdefault(local, {})[superior] = None
    rows = [
        BodyRow(
            name, leads.get(name, 0), supports.get(name, 0), tuple(counterparts.get(name, ())), tuple(own)
        )
        for name, own in held.items()
    ]
    return tuple(sorted(rows, key=lambda row: -(row.leads + row.supports)))

"""Targets and responsible bodies of both sides as rows, figures in the words of a person."""

import re
from typing import NamedTuple

from policydiff.model import (
    Comparison,
    Responsibility,
    ResponsibilityComparison,
    Target,
    TargetChange,
    TargetComparison,
    TargetKind,
)
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import ComparisonView
from policydiff.report.outline import Outline

_AFTER = ("左右", "上下", "以上", "以下", "以内")
"""Qualifiers that stand behind the number in Chinese; all others stand before it."""
_HAS_VERB = re.compile(
    r"达到|达|超|逾|突破|不低于|不少于|不高于|不超过|高于|低于|降|增|提高|控制在|最高|最低|减"
)
_EFFORT = ("力争", "争取", "努力", "确保", "预计", "预期")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


class Quoted(NamedTuple):
    """A target or the responsible bodies of a measure, as the local or the superior document states them, with the place."""

    anchor: str
    place: str
    said: str
    """In the words of a person: 到2023年达到7%左右; or the bodies."""
    text: str
    """The document's words it was read from."""
    metric: str = ""
    """What a target counts; empty for bodies."""


class TargetRow(NamedTuple):
    """A target of the local document beside the matching target of the superior document."""

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
    """Measures it leads; includes measures whose bodies are listed without a lead."""
    supports: int
    counterparts: tuple[str, ...]
    anchor: str
    """Row of the first measure it takes part in."""
    is_alone: bool
    """Whether the superior document names no body of its system anywhere."""


_WEIGHT = {
    TargetChange.TIGHTENED: 0,
    TargetChange.RELAXED: 0,
    TargetChange.CHANGED: 1,
    TargetChange.KEPT: 2,
    TargetChange.NEW: 3,
    TargetChange.MISSING: 4,
}


_RANGE = re.compile(r"[\d.,]+-[\d.,]+")
_OF_RANGES = frozenset({"以上", "以下", "以内", "至", "不低于", "不少于", "不超过", "不高于", "不得超过"})


def figure(target: Target, say: Catalog) -> str:
    """Return value, unit, qualifiers and deadline of a target as a person writes them.

    到2023年达到7%左右; 力争到2020年达到6%左右; in English the document's own qualifiers follow in brackets.
    """
    is_range = _RANGE.fullmatch(target.value) is not None
    value = f"{target.value.replace('-', '–') if is_range else target.value}{target.unit}"
    words = [word for word in re.split("[、，]", target.qualifier or "") if word]
    if is_range:  # 二千元以上五千元以下 is 2000–5000元: both ends are told
        words = [word for word in words if word not in _OF_RANGES]
    if say.lang != "zh":
        shown = f"{value} ({', '.join(words)})" if words else value
        return f"{shown}, {target.deadline}" if target.deadline else shown
    after = "".join(word for word in words if word in _AFTER)
    effort = "".join(word for word in words if word.startswith(_EFFORT))
    before = "".join(word for word in words if word not in _AFTER and not word.startswith(_EFFORT))
    when = _deadline(target.deadline)
    is_goal = target.kind is TargetKind.TARGET and when and not _HAS_VERB.search(before)
    return f"{effort}{when}{before}{'达到' if is_goal else ''}{value}{after}"


def _deadline(deadline: str | None) -> str:
    if not deadline:
        return ""
    match = _DATE.fullmatch(deadline)
    if not match:
        ended = deadline.endswith(("末", "期间", "年底", "前", "年", "月", "日"))
        return f"到{deadline}" if ended else f"{deadline}期间"
    year, month, day = match.groups()
    return f"到{year}年" + (f"{int(month)}月" if month else "") + (f"{int(day)}日" if day else "")


def bodies(duty: Responsibility, say: Catalog) -> str:
    """Return the bodies, leading ones first, supporting ones in brackets."""
    lead = say.joined(*duty.lead)
    if not duty.supporting:
        return lead
    return say("{lead} (supported by {supporting})", lead=lead, supporting=say.joined(*duty.supporting))


def target_rows(view: ComparisonView, say: Catalog) -> tuple[TargetRow, ...]:
    """Return targets of both sides: matched ones first, then the local's own, then those it left out."""
    ordered = sorted(view.comparison.targets, key=lambda pair: _WEIGHT[pair.change])
    return tuple(_target(pair, index, view, say) for index, pair in enumerate(ordered, 1))


def _target(pair: TargetComparison, index: int, view: ComparisonView, say: Catalog) -> TargetRow:
    named = pair.local or pair.superior
    return TargetRow(
        f"t-{index}",
        pair.change,
        named.metric if named else "",
        _target_quote(pair.local, pair.local_later, "l", view.local_outline, say),
        _target_quote(pair.superior, pair.superior_later, "u", view.superior_outline, say),
    )


def _target_quote(
    target: Target | None, later: tuple[Target, ...], prefix: str, outline: Outline, say: Catalog
) -> Quoted | None:
    if target is None:
        return None
    said = say.semicolon.join(figure(each, say) for each in (target, *later))
    place = outline.place(target.clause)
    return Quoted(outline.anchor(prefix, target.clause), place.address, said, target.text, target.metric)


def duty_rows(view: ComparisonView, say: Catalog) -> tuple[DutyRow, ...]:
    """Return responsibilities of both sides in the comparison's order."""
    return tuple(
        _duty(pair, index, view, say) for index, pair in enumerate(view.comparison.responsibilities, 1)
    )


def _duty(pair: ResponsibilityComparison, index: int, view: ComparisonView, say: Catalog) -> DutyRow:
    return DutyRow(
        f"d-{index}",
        _duty_quote(pair.local, "l", view.local_outline, say),
        _duty_quote(pair.superior, "u", view.superior_outline, say),
        pair.counterparts,
    )


def _duty_quote(duty: Responsibility | None, prefix: str, outline: Outline, say: Catalog) -> Quoted | None:
    if duty is None:
        return None
    place = outline.place(duty.clause)
    return Quoted(outline.anchor(prefix, duty.clause), place.address, bodies(duty, say), duty.text)


def body_rows(comparison: Comparison) -> tuple[BodyRow, ...]:
    """Return local bodies by the number of measures they take part in, with their counterparts above.

    Counterparts are looked for in the whole of the superior document where the comparison says so, else only in the
    measures that are paired.
    """
    leads: dict[str, int] = {}
    supports: dict[str, int] = {}
    first: dict[str, int] = {}
    counterparts: dict[str, dict[str, None]] = {}
    for index, pair in enumerate(comparison.responsibilities, 1):
        if pair.local is None:
            continue
        for count, names in ((leads, pair.local.lead), (supports, pair.local.supporting)):
            for name in dict.fromkeys(names):
                count[name] = count.get(name, 0) + 1
                first.setdefault(name, index)
        for local, superior in pair.counterparts:
            counterparts.setdefault(local, {})[superior] = None
    alone = {body.local for body in comparison.bodies if body.local and not body.superior}
    for body in comparison.bodies:
        if body.local and body.superior:
            counterparts.setdefault(body.local, {})[body.superior] = None
    rows = [
        BodyRow(
            name,
            leads.get(name, 0),
            supports.get(name, 0),
            tuple(counterparts.get(name, ())),
            f"d-{index}",
            name in alone,
        )
        for name, index in first.items()
    ]
    return tuple(sorted(rows, key=lambda row: -(row.leads + row.supports)))

"""The published names of kinds, relations and statuses as labels for readers (message ids of the catalogs)."""

from policydiff.model import (
    Band,
    ChangeKind,
    CitationRelation,
    Coverage,
    Level,
    Pace,
    Relation,
    SignalType,
    TargetChange,
    TargetKind,
)
from policydiff.report.catalog import N_

RELATIONS = {
    Relation.VERBATIM: N_("verbatim"),
    Relation.ADAPTED: N_("adapted"),
    Relation.RELATED: N_("related"),
    Relation.ADDED: N_("added"),
}
BANDS = {
    Band.SURE: N_("counted as adopted"),
    Band.POSSIBLE: N_("possible"),
    Band.UNLIKELY: N_("not counted"),
}
COVERAGE = {
    Coverage.ADOPTED: N_("adopted"),
    Coverage.TOUCHED: N_("touched"),
    Coverage.OMITTED: N_("omitted"),
}
LEVELS: dict[Level, str] = {
    "state": N_("state"),
    "province": N_("province"),
    "prefecture": N_("prefecture"),
    "county": N_("county"),
    "township": N_("township"),
}
TARGET_CHANGES = {
    TargetChange.KEPT: N_("kept"),
    TargetChange.TIGHTENED: N_("tightened"),
    TargetChange.RELAXED: N_("relaxed"),
    TargetChange.CHANGED: N_("changed"),
    TargetChange.NEW: N_("local only"),
    TargetChange.MISSING: N_("superior only"),
}
TARGET_KINDS = {
    TargetKind.TARGET: N_("target"),
    TargetKind.THRESHOLD: N_("threshold"),
    TargetKind.SUPPORT: N_("support"),
}
CHANGES = {
    ChangeKind.MODIFIED: N_("modified"),
    ChangeKind.ADDED: N_("added"),
    ChangeKind.REMOVED: N_("removed"),
    ChangeKind.SPLIT: N_("split"),
    ChangeKind.MERGED: N_("merged"),
    ChangeKind.UNCHANGED: N_("unchanged"),
}
MOVED = N_("moved")
RENUMBERED = N_("renumbered")
SIGNALS = {
    SignalType.DUTY_STRENGTHENED: N_("duty strengthened"),
    SignalType.DUTY_WEAKENED: N_("duty weakened"),
    SignalType.NUMBER: N_("number"),
    SignalType.AMOUNT: N_("amount"),
    SignalType.PERCENTAGE: N_("percentage"),
    SignalType.DEADLINE: N_("deadline"),
    SignalType.RESPONSIBLE_BODY: N_("responsible body"),
    SignalType.BODY_RENAMED: N_("body renamed"),
    SignalType.SCOPE: N_("scope"),
    SignalType.TARGET: N_("target"),
    SignalType.PENALTY: N_("penalty"),
    SignalType.CITATION: N_("citation"),
    SignalType.EFFECTIVE_DATE: N_("effective date"),
    SignalType.LIST: N_("list"),
}
CITATION_RELATIONS = {
    CitationRelation.BASIS: N_("basis"),
    CitationRelation.IMPLEMENTS: N_("implements"),
    CitationRelation.AMENDS: N_("amends"),
    CitationRelation.REPEALS: N_("repeals"),
    CitationRelation.CARRIES: N_("carries"),
    CitationRelation.CITES: N_("cites"),
}
PACES = {
    Pace.BEHIND: N_("behind"),
    Pace.UNFOUNDED: N_("unfounded"),
    Pace.MISSING: N_("not taken up"),
    Pace.CURRENT: N_("current"),
}

"""The published names of kinds, relations and statuses as labels for readers (message ids of the catalogs)."""

from policydiff.model import (
    Band,
    ChangeKind,
    CitationRelation,
    Coverage,
    Direction,
    Level,
    OutsideKind,
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
    SignalType.DUTY: N_("duty"),
    SignalType.PERMISSION: N_("right or permission"),
    SignalType.PROHIBITION: N_("prohibition"),
    SignalType.CONDITION: N_("condition"),
    SignalType.EXCEPTION: N_("exception"),
    SignalType.AMOUNT: N_("amount"),
    SignalType.PERCENTAGE: N_("percentage"),
    SignalType.NUMBER: N_("number"),
    SignalType.AREA: N_("area"),
    SignalType.PERIOD: N_("period"),
    SignalType.DEADLINE: N_("deadline"),
    SignalType.FREQUENCY: N_("frequency"),
    SignalType.BODY: N_("body"),
    SignalType.SCOPE: N_("scope"),
    SignalType.SANCTION: N_("sanction"),
    SignalType.INSTRUMENT: N_("permit, filing or inspection"),
    SignalType.DEFINITION: N_("definition"),
    SignalType.REFERENCE: N_("reference"),
    SignalType.ARTICLE_REMOVED: N_("clause removed"),
    SignalType.ARTICLE_ADDED: N_("clause added"),
    SignalType.PARAGRAPH_REMOVED: N_("paragraph removed"),
    SignalType.PARAGRAPH_ADDED: N_("paragraph added"),
    SignalType.ITEM_REMOVED: N_("item removed"),
    SignalType.ITEM_ADDED: N_("item added"),
    SignalType.TABLE_ROW_REMOVED: N_("table row removed"),
    SignalType.TABLE_ROW_ADDED: N_("table row added"),
    SignalType.PART_REMOVED: N_("half-sentence removed"),
    SignalType.PART_ADDED: N_("half-sentence added"),
}
OUTSIDE = {
    OutsideKind.HEAD: N_("head"),
    OutsideKind.TAIL: N_("signature and imprint"),
    OutsideKind.TABLE: N_("table outside the clauses"),
    OutsideKind.NOT_PLACED: N_("not placed"),
}
DIRECTIONS = {
    Direction.STRICTER: N_("stricter"),
    Direction.LOOSER: N_("looser"),
    Direction.EARLIER: N_("earlier"),
    Direction.LATER: N_("later"),
    Direction.HIGHER: N_("higher"),
    Direction.LOWER: N_("lower"),
    Direction.WIDER: N_("wider"),
    Direction.NARROWER: N_("narrower"),
    Direction.CHANGED: N_("changed"),
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

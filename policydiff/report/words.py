"""The one word for every published name: kinds, relations, effects, statuses and signals (message ids of the catalogue).

A name that two parts of the product publish has one row here, so that no two reports can call it differently.
"""

from collections.abc import Iterable, Mapping

from policydiff.model import (
    Band,
    BurdenChange,
    BurdenKind,
    ChangeKind,
    CitationRelation,
    Coverage,
    Direction,
    Effect,
    Fact,
    Level,
    NumbersShifted,
    OutsideKind,
    Pace,
    ReferencesFollow,
    Relation,
    RevisionSummary,
    Severity,
    SignalType,
    TargetChange,
    TargetKind,
)
from policydiff.report.catalog import N_, Catalog

RELATIONS = {
    Relation.VERBATIM: N_("taken over"),
    Relation.ADAPTED: N_("adapted"),
    Relation.RELATED: N_("related"),
    Relation.ADDED: N_("local addition"),
}
BANDS = {
    Band.SURE: N_("counted as adopted"),
    Band.POSSIBLE: N_("for a person to judge"),
    Band.UNLIKELY: N_("not counted"),
}
COVERAGE = {
    Coverage.ADOPTED: N_("adopted"),
    Coverage.TOUCHED: N_("touched in part"),
    Coverage.OMITTED: N_("not taken up"),
}
EFFECTS = {
    Effect.SAME: N_("same"),
    Effect.LOCALISED: N_("localised"),
    Effect.TIGHTENED: N_("tightened"),
    Effect.LOOSENED: N_("loosened"),
    Effect.DIFFERENT: N_("different"),
}
EFFECT_ORDER = (Effect.LOOSENED, Effect.TIGHTENED, Effect.DIFFERENT, Effect.LOCALISED, Effect.SAME)
"""What a supervising office reads first stands first."""
BURDEN_KINDS = {
    BurdenKind.LICENCE: N_("licence"),
    BurdenKind.FILING: N_("filing"),
    BurdenKind.CERTIFICATE: N_("certificate"),
    BurdenKind.FEE: N_("fee"),
    BurdenKind.INSPECTION: N_("inspection"),
    BurdenKind.PENALTY: N_("penalty"),
    BurdenKind.COERCION: N_("coercion"),
    BurdenKind.DUTY: N_("duty"),
    BurdenKind.PROHIBITION: N_("prohibition"),
    BurdenKind.FIGURE: N_("figure"),
    BurdenKind.DEADLINE: N_("deadline"),
    BurdenKind.OTHER: N_("other"),
}
BURDEN_CHANGES = {
    BurdenChange.ADDED: N_("added"),
    BurdenChange.TIGHTENED: N_("tightened"),
    BurdenChange.LOOSENED: N_("loosened"),
    BurdenChange.POSTPONED: N_("postponed"),
    BurdenChange.CHANGED: N_("different"),
}
LEVELS: Mapping[Level, str] = {
    "state": N_("state"),
    "province": N_("province"),
    "prefecture": N_("prefecture"),
    "county": N_("county"),
    "township": N_("township"),
}
TARGET_CHANGES = {
    TargetChange.KEPT: N_("same"),
    TargetChange.TIGHTENED: N_("tightened"),
    TargetChange.RELAXED: N_("loosened"),
    TargetChange.CHANGED: N_("different"),
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


def direction_of(kind: SignalType | None, way: Direction) -> str:
    """Return the label of the way that a difference goes: more of a time that something may take is longer, and not higher."""
    if kind is SignalType.PERIOD and way in (Direction.HIGHER, Direction.LOWER):
        return N_("longer") if way is Direction.HIGHER else N_("shorter")
    return DIRECTIONS[way]


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
    Pace.MISSING: N_("new above, missing here"),
    Pace.CURRENT: N_("current"),
}
BASIS_CHANGES = {
    "revised": N_("revised"),
    "replaced": N_("replaced"),
    "repealed": N_("repealed"),
    "expired": N_("expired"),
    "disputed": N_("disputed"),
}
"""What became of the document that a local one stands on."""
SEVERITIES = {
    Severity.INFO: N_("note"),
    Severity.WARNING: N_("warning"),
    Severity.ERROR: N_("error"),
}

Legend = tuple[tuple[str, str], ...]


def counts(summary: RevisionSummary, say: Catalog) -> str:
    """Return the kinds and flags that occur, with their numbers: 修改 3、移动 1."""
    counted = [
        (label, getattr(summary, kind.value)) for kind, label in CHANGES.items() if kind != "unchanged"
    ]
    counted += [(MOVED, summary.moved), (RENUMBERED, summary.renumbered)]
    return say.joined(*(f"{say(label)} {number}" for label, number in counted if number)) or say("none")


_SHIFTS_TOLD = 3
"""A re-enacted code shifts its numbers dozens of times: the first few show the direction, the rest is counted."""


def notes(facts: Iterable[Fact], say: Catalog, *, most: int = _SHIFTS_TOLD) -> tuple[str, ...]:
    """Return a sentence for each fact over many clauses; all shifts of numbers in one, long lists of them folded."""
    shifts: list[str] = []
    told: list[str] = []
    for fact in facts:
        match fact:
            case NumbersShifted():
                shifts.append(_shift(fact, say))
            case ReferencesFollow():
                told.append(
                    say.plural(
                        "{n} clause differs only in references that follow the new numbers.",
                        "{n} clauses differ only in references that follow the new numbers.",
                        fact.clauses,
                    )
                )
    if shifts:
        left = len(shifts) - most
        shown = say.joined(*shifts[:most])
        if left > 0:
            shown = say.plural("{shown} and {n} more shift", "{shown} and {n} more shifts", left, shown=shown)
        told.insert(0, say("Numbers follow: {told}.", told=shown))
    return tuple(told)


def _shift(fact: NumbersShifted, say: Catalog) -> str:
    if not fact.by:
        return say("from {clause} as before", clause=fact.label)
    known = N_("from {clause} {n} lower") if fact.by < 0 else N_("from {clause} {n} higher")
    return say(known, clause=fact.label, n=abs(fact.by))


def comparison_legend(say: Catalog) -> Legend:
    """Terms of a comparison."""
    return (
        (
            say(COVERAGE[Coverage.ADOPTED]),
            say("what the superior measure lays down is found in the local document"),
        ),
        (say(COVERAGE[Coverage.TOUCHED]), say("its topic is taken up, or a local sentence may come from it")),
        (say(COVERAGE[Coverage.OMITTED]), say("nothing that comes from it was found in the local document")),
        (
            say(RELATIONS[Relation.VERBATIM]),
            say("the superior document's provision, unchanged but for local names"),
        ),
        (say(RELATIONS[Relation.ADAPTED]), say("derived from the superior document, in words of its own")),
        (say(RELATIONS[Relation.RELATED]), say("same topic, no descent shown")),
        (say(RELATIONS[Relation.ADDED]), say("the local document's own")),
        (
            say(EFFECTS[Effect.TIGHTENED]),
            say("stricter than the provision it comes from: higher, earlier, wider, more binding"),
        ),
        (say(EFFECTS[Effect.LOOSENED]), say("less strict than the provision it comes from")),
        (say(EFFECTS[Effect.DIFFERENT]), say("it differs, neither stricter nor looser")),
        (say(EFFECTS[Effect.LOCALISED]), say("only bodies and places were made local")),
        (say(EFFECTS[Effect.SAME]), say("no difference of substance")),
        (say(BANDS[Band.SURE]), say("score 0.7 or more")),
        (
            say(BANDS[Band.POSSIBLE]),
            say("score from 0.3 (0.2 where the superior is named) to 0.7: both texts are shown side by side"),
        ),
    )


def revision_legend(say: Catalog) -> Legend:
    """Terms of a revision diff."""
    return (
        (
            say("changes of substance"),
            say("a duty, right, condition, figure, date, body, scope or sanction differs"),
        ),
        (say(CHANGES[ChangeKind.MODIFIED]), say("the wording differs")),
        (say(CHANGES[ChangeKind.ADDED]), say("only in the new text: underlined")),
        (say(CHANGES[ChangeKind.REMOVED]), say("only in the old text: struck through")),
        (say(CHANGES[ChangeKind.SPLIT]), say("one old clause became several")),
        (say(CHANGES[ChangeKind.MERGED]), say("several old clauses became one")),
        (say(MOVED), say("stands at another place in the order")),
        (say(RENUMBERED), say("only its number differs: no change of substance")),
    )


def sourced_legend(say: Catalog) -> Legend:
    """Terms of a comparison with several superior documents."""
    return (
        (say(BANDS[Band.SURE]), say("score 0.7 or more")),
        (
            say(BANDS[Band.POSSIBLE]),
            say("score from 0.3 (0.2 where the superior is named) to 0.7: both texts are shown side by side"),
        ),
        (say("from none"), say("no superior document explains the sentence: highest score below 0.5")),
    )


def peer_legend(say: Catalog) -> Legend:
    """Terms of a comparison of peers."""
    return (
        (say(COVERAGE[Coverage.ADOPTED]), say("the document says the measure")),
        (say(COVERAGE[Coverage.TOUCHED]), say("it may say it, or something near")),
        (say(COVERAGE[Coverage.OMITTED]), say("it does not say it")),
        (say("quoted"), say("the measure is quoted from this document")),
    )


def pace_legend(say: Catalog) -> Legend:
    """Terms of a comparison over time."""
    return (
        (say(PACES[Pace.BEHIND]), say("still says what the old text said")),
        (say(PACES[Pace.UNFOUNDED]), say("what it came from was removed")),
        (say(PACES[Pace.MISSING]), say("the revised text has something new that the local document lacks")),
        (say(PACES[Pace.CURRENT]), say("already says what the revised text says")),
    )


VALIDITY = {
    "in_force": N_("in force"),
    "not_yet": N_("not yet in force"),
    "expired": N_("expired"),
    "ended": N_("ended"),
    "suspended": N_("suspended"),
    "disputed": N_("disputed"),
    "draft": N_("draft"),
}
"""How a document stands on a day."""

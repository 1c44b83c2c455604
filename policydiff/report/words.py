"""Labels of all published values: kinds, relations, effects, statuses and signals (message ids of the catalogue).

A value that two parts of the program publish has only one entry here, so that all reports give it the same label.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from policydiff import model
from policydiff.lexicon.text_marks import first_words
from policydiff.model.document import BeginsBy
from policydiff.report.catalog import N_, Catalog
from policydiff.report.outline import address_of
from policydiff.report.page import Figure

K = TypeVar("K", bound=str)


def named(kinds: Iterable[K], **others: str) -> dict[K, str]:
    """Return the label for each published name: the name itself in plain English, or the label given in `others`.

    Examples:
        >>> named(("sure", "dry_run", "possible"), possible="for a person to judge")
        {'sure': 'sure', 'dry_run': 'dry run', 'possible': 'for a person to judge'}
    """
    return {kind: others.get(str(kind), str(kind).replace("_", " ")) for kind in kinds}


def headed(fields: str, **others: str) -> dict[str, str]:
    """Return the heading for each field of a record: its name as a heading, or the heading given in `others`.

    Examples:
        >>> headed("made_on", url="Address")
        {'made_on': 'Made on', 'url': 'Address'}
    """
    return {name: name.replace("_", " ").capitalize() for name in fields.split()} | others


RELATIONS = named(model.Relation, verbatim=N_("taken over"), added=N_("local addition"))
BANDS = named(
    model.Band,
    sure=N_("counted as adopted"),
    possible=N_("for a person to judge"),
    unlikely=N_("not counted"),
)
COVERAGE = named(model.Coverage, touched=N_("touched in part"), omitted=N_("not taken up"))
EFFECTS = named(model.Effect)
EFFECT_ORDER = (
    model.Effect.LOOSENED,
    model.Effect.TIGHTENED,
    model.Effect.DIFFERENT,
    model.Effect.LOCALISED,
    model.Effect.SAME,
)
"""Effects in the order in which a supervising office reads them: the serious ones first."""
BURDEN_KINDS = named(model.BurdenKind)
BEGINS_BY = named(
    BeginsBy, stated=N_("stated in the head"), dated=N_("date of this version"), seen=N_("day first seen")
)
UNRESOLVED = {
    "not held": N_("not held"),
    "several of that name": N_("several of that name"),
    "another number": N_("another number"),
    "another area": N_("another area"),
    "depends on an event": N_("depends on an event"),
}
"""Reasons why the store may not hold the text that another text ends."""
BURDEN_CHANGES = named(model.BurdenChange, changed=N_("different"))
LEVELS = named(("state", "province", "prefecture", "county", "township"))
TARGET_CHANGES = named(
    model.TargetChange,
    kept=N_("same"),
    relaxed=N_("loosened"),
    changed=N_("different"),
    new=N_("local only"),
    missing=N_("superior only"),
)
TARGET_KINDS = named(model.TargetKind)
_CHANGED = (
    model.ChangeKind.MODIFIED,
    model.ChangeKind.ADDED,
    model.ChangeKind.REMOVED,
    model.ChangeKind.SPLIT,
    model.ChangeKind.MERGED,
)
CHANGES = named((*_CHANGED, model.ChangeKind.UNCHANGED))
MOVED = N_("moved")
OF_SUBSTANCE = N_("changes of substance")
RENUMBERED = N_("renumbered")
SIGNALS = named(
    model.SignalType,
    permission=N_("right or permission"),
    instrument=N_("permit, filing or inspection"),
    article_removed=N_("clause removed"),
    article_added=N_("clause added"),
    part_removed=N_("half-sentence removed"),
    part_added=N_("half-sentence added"),
)
OUTSIDE = named(model.OutsideKind, tail=N_("signature and imprint"), table=N_("table outside the clauses"))
DIRECTIONS = named(model.Direction)


def direction_of(kind: model.SignalType | None, way: model.Direction) -> str:
    """Return the label of a direction; for a period of time, higher is called longer and lower is called shorter."""
    if kind is model.SignalType.PERIOD and way in (model.Direction.HIGHER, model.Direction.LOWER):
        return N_("longer") if way is model.Direction.HIGHER else N_("shorter")
    return DIRECTIONS[way]


CITATION_RELATIONS = named(model.CitationRelation)
PACES = named(
    (model.Pace.BEHIND, model.Pace.UNFOUNDED, model.Pace.APART, model.Pace.MISSING, model.Pace.CURRENT),
    apart=N_("says neither"),
    missing=N_("new above, missing here"),
)
BASIS_CHANGES = named(("revised", "replaced", "repealed", "expired", "disputed"))
"""Changes of a document that a local document is based on."""
SEVERITIES = named(model.Severity, info=N_("note"))
VALIDITY = named(
    ("in_force", "not_yet", "expired", "ended", "suspended", "disputed", "draft"),
    not_yet=N_("not yet in force"),
)
"""Labels for the legal force of a document on a day."""

Legend = tuple[tuple[str, str], ...]


def counted_in_order(values: Iterable[Any], labels: Mapping[Any, str], say: Catalog) -> str:
    """Return how often each value occurs, in the order of `labels`: 现行有效 44、有效期满 3."""
    number = Counter(values)
    return say.joined(*(f"{say(label)} {number[value]}" for value, label in labels.items() if number[value]))


def counts(summary: model.RevisionSummary, say: Catalog) -> str:
    """Return the numbers of the kinds and flags that occur, and of the lines outside the clauses: 修改 3、移动 1、条款之外 1."""
    counted = [
        (label, getattr(summary, kind.value)) for kind, label in CHANGES.items() if kind != "unchanged"
    ]
    counted += [(MOVED, summary.moved), (RENUMBERED, summary.renumbered)]
    counted += [(N_("outside the clauses"), summary.outside)]
    return say.joined(*(f"{say(label)} {number}" for label, number in counted if number)) or say("none")


_SHIFTS_TOLD = 3
"""Most shifts of numbers that are listed: in a re-enacted code they number dozens; the first show the direction, the others are counted."""


def notes(facts: Iterable[model.Fact], say: Catalog, *, most: int = _SHIFTS_TOLD) -> tuple[str, ...]:
    """Return a sentence for each fact that concerns many clauses; all shifts of numbers form one sentence, and long lists are shortened."""
    shifts: list[str] = []
    told: list[str] = []
    for fact in facts:
        match fact:
            case model.NumbersShifted():
                shifts.append(_shift(fact, say))
            case model.ReferencesFollow():
                told.append(say("Clauses changed only in renumbered references: {n}.", n=fact.clauses))
            case model.PunctuationDiffers():
                told.append(
                    say(
                        "Clauses that differ only in punctuation: {n} ({clauses}); a person should read them.",
                        n=fact.clauses,
                        clauses=say.joined(
                            *map(address_of, fact.labels[:most]), *("…",) * (len(fact.labels) > most)
                        ),
                    )
                )
            case model.LeftOutDiffers():
                told.append(
                    say(
                        "Left out of the texts and not alike, old: {old}; new: {new}. A person should read them.",
                        old=_quoted(fact.old, say, most), new=_quoted(fact.new, say, most),
                    )
                )  # fmt: skip
    if shifts:
        left = len(shifts) - most
        shown = say.joined(*shifts[:most])
        if left > 0:
            shown = say.plural("{shown} and {n} more shift", "{shown} and {n} more shifts", left, shown=shown)
        told.insert(0, say("Numbers follow: {told}.", told=shown))
    return tuple(told)


def _quoted(words: tuple[str, ...], say: Catalog, most: int) -> str:
    """Return the first `most` passages, each cut to its first words."""
    shown = [f"“{first_words(text, _LEFT_OUT_SHOWN)}”" for text in words[:most]]
    return say.joined(*shown, *("…",) * (len(words) > most)) or say("none")


_LEFT_OUT_SHOWN = 40
"""Characters shown of a passage that the parser left out of a text."""


def _shift(fact: model.NumbersShifted, say: Catalog) -> str:
    clause = address_of(fact.clause, fact.label)
    if not fact.by:
        return say("from {clause} as before", clause=clause)
    known = N_("from {clause} {n} lower") if fact.by < 0 else N_("from {clause} {n} higher")
    return say(known, clause=clause, n=abs(fact.by))


_SCORES = (
    (BANDS[model.Band.SURE], N_("score 0.7 or more")),
    (
        BANDS[model.Band.POSSIBLE],
        N_("score from 0.3 (0.2 where the superior is named) to 0.7: both texts are shown side by side"),
    ),
)
_LEGENDS = {
    "comparison": (
        (
            COVERAGE[model.Coverage.ADOPTED],
            N_("what the superior measure lays down is found in the local document"),
        ),
        (COVERAGE[model.Coverage.TOUCHED], N_("its topic is taken up, or a local sentence may come from it")),
        (COVERAGE[model.Coverage.OMITTED], N_("nothing that comes from it was found in the local document")),
        (
            RELATIONS[model.Relation.VERBATIM],
            N_("the superior document's provision, unchanged but for local names"),
        ),
        (RELATIONS[model.Relation.ADAPTED], N_("derived from the superior document, in words of its own")),
        (
            RELATIONS[model.Relation.ADDED],
            N_("the local document's own; marked where it may come from the superior document all the same"),
        ),
        (
            EFFECTS[model.Effect.TIGHTENED],
            N_("stricter than the provision it comes from: higher, earlier, wider, more binding"),
        ),
        (EFFECTS[model.Effect.LOOSENED], N_("less strict than the provision it comes from")),
        (EFFECTS[model.Effect.DIFFERENT], N_("it differs, neither stricter nor looser")),
        (EFFECTS[model.Effect.LOCALISED], N_("only bodies and places were made local")),
        (EFFECTS[model.Effect.SAME], N_("no difference of substance")),
        *_SCORES,
    ),
    "revision": (
        (OF_SUBSTANCE, N_("a duty, right, condition, figure, date, body, scope or sanction differs")),
        (CHANGES[model.ChangeKind.MODIFIED], N_("the wording differs")),
        (CHANGES[model.ChangeKind.ADDED], N_("only in the new text: underlined")),
        (CHANGES[model.ChangeKind.REMOVED], N_("only in the old text: struck through")),
        (CHANGES[model.ChangeKind.SPLIT], N_("one old clause became several")),
        (CHANGES[model.ChangeKind.MERGED], N_("several old clauses became one")),
        (MOVED, N_("stands at another place in the order")),
        (RENUMBERED, N_("only its number differs: no change of substance")),
    ),
    "sourced": (
        *_SCORES,
        (N_("from none"), N_("no superior document explains the sentence: highest score below 0.5")),
    ),
    "peers": (
        (COVERAGE[model.Coverage.ADOPTED], N_("the document says the measure")),
        (COVERAGE[model.Coverage.TOUCHED], N_("it may say it, or something near")),
        (COVERAGE[model.Coverage.OMITTED], N_("it does not say it")),
        (N_("quoted"), N_("the measure is quoted from this document")),
    ),
    "pace": (
        (
            PACES[model.Pace.BEHIND],
            N_("still says what the old text said, or asks for less than the revised text"),
        ),
        (PACES[model.Pace.UNFOUNDED], N_("what it came from was removed")),
        (
            PACES[model.Pace.APART],
            N_("says neither what was struck out nor what was put in: to be read beside both"),
        ),
        (PACES[model.Pace.MISSING], N_("the revised text has something new that the local document lacks")),
        (PACES[model.Pace.CURRENT], N_("already says what the revised text says")),
    ),
}
"""Terms of the legend, by the name of the page that shows it."""


def legend(page: str, say: Catalog) -> Legend:
    """Return the terms of a page's legend, each with its explanation."""
    return tuple((say(term), say(explanation)) for term, explanation in _LEGENDS[page])


Burdens = tuple[model.Burden, ...]
"""Burdens that the same words impose: a filing may be a duty too."""


def kinds_told(burden: Burdens, say: Catalog) -> str:
    """Return the kinds of burdens that a clause imposes, without repetition; empty if only the kind without a name occurs."""
    kinds = dict.fromkeys(each.kind for each in burden if each.kind is not model.BurdenKind.OTHER)
    return say.joined(*(say(BURDEN_KINDS[kind]) for kind in kinds))


def burden_change(burden: Burdens, say: Catalog) -> str:
    """Return the change of a burden, with a question mark if a person must judge the pair of sentences."""
    change = say(BURDEN_CHANGES[burden[0].change])
    return change if burden[0].sure else say("{effect}?", effect=change)


def to_check(burden: Burdens, say: Catalog) -> str:
    """Return the laws that a burden must be checked against, in brackets; empty for none."""
    laws = dict.fromkeys(each.to_check for each in burden if each.to_check)
    return "".join(
        say(" (to check: 《{law}》 {articles})", law=each.law, articles=say.joined(*each.articles))
        for each in laws
    )


UNTOLD: Mapping[model.Untold, str] = {
    model.Untold.LANGUAGES: N_(
        "The two texts are in different languages: what was taken up cannot be told from their words."
    ),
    model.Untold.SCRIPTS: N_(
        "One text is in simplified, the other in traditional characters: what was taken up cannot be told from their words."
    ),
    model.Untold.LOCAL: N_(
        "The local document holds no sentence to compare, but headings, notes or table rows: what was taken up cannot be told."
    ),
    model.Untold.SUPERIOR: N_(
        "The superior document holds no sentence to compare, but headings, notes or table rows: what was taken up cannot be told."
    ),
}
"""Sentence at the top of a report without counts, because counts would mean nothing."""


def measures_told(comparisons: Sequence[model.Comparison], new: int, new_doubted: int, say: Catalog) -> str:
    """Return one sentence on the coverage of the measures of one or several superior documents, with the number of `new` measures."""
    doubted = sum(each.summary.measures.doubtful for each in comparisons)
    several = say("the {n} superior documents", n=len(comparisons))
    return say(
        "Of the measures of {superior} ({total}), the local document adopts {adopted}{judge}, touches {touched} in part"
        " and does not take up {omitted}; new measures of its own: {own}{judge_own}.",
        **_summed(comparisons),
        superior=several if len(comparisons) > 1 else say("the superior document"),
        own=new,
        judge=_in_doubt(doubted, say),
        judge_own=_in_doubt(new_doubted, say),
    )


def measure_figures(comparisons: Sequence[model.Comparison], new: int, say: Catalog) -> tuple[Figure, ...]:
    """Return the counts of `measures_told` as figures of the first screen."""
    count = _summed(comparisons)
    return (
        *(
            Figure(say(label), count[status], status, f"coverage:status={status}-measure")
            for status, label in COVERAGE.items()
        ),
        Figure(say(RELATIONS[model.Relation.ADDED]), new, "own", "sentences:band=unlikely"),
    )


def _summed(comparisons: Sequence[model.Comparison]) -> dict[str, int]:
    counts = [dict(each.summary.measures) for each in comparisons]
    return {name: sum(count[name] for count in counts) for name in model.MeasureCount.model_fields}


def _in_doubt(number: int, say: Catalog) -> str:
    """Return the number of measures that a person must judge, in brackets; empty for 0."""
    return say(" ({n} for a person to judge)", n=number) if number else ""

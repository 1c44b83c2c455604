"""The page of a comparison: one sentence by measures, three lists beside each other, then pictures and tables."""

from collections import Counter
from itertools import groupby

from policydiff.model import Band, Comparison, Coverage, Document, Effect, OrderDoubt, Relation
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_lists import (
    burdens_found,
    figures_found,
    missing,
    own_measures,
    taken,
    to_judge,
)
from policydiff.report.comparison_tables import (
    bodies_table,
    burdens_table,
    coverage_table,
    duties_table,
    sentences_table,
    targets_table,
)
from policydiff.report.comparison_view import (
    ComparisonView,
    comparison_view,
)
from policydiff.report.figures_told import (
    body_rows,
    duty_rows,
    target_rows,
)
from policydiff.report.introduced_texts import known_of, notice, side
from policydiff.report.page import (
    Figure,
    Flow,
    Page,
    Ribbon,
    Strip,
    StripCell,
    StripLine,
)
from policydiff.report.words import (
    COVERAGE,
    EFFECT_ORDER,
    EFFECTS,
    RELATIONS,
    comparison_legend,
)

_GRAVE = (Effect.LOOSENED, Effect.TIGHTENED, Effect.DIFFERENT)
"""Effects that a picture shows by a shape of their own."""


def comparison_page(
    comparison: Comparison, local: Document | None, superior: Document | None, say: Catalog
) -> Page:
    """Return the whole report of a comparison."""
    view = comparison_view(comparison, local, superior)
    targets, duties, bodies = target_rows(view, say), duty_rows(view, say), body_rows(comparison)
    tables = (
        sentences_table(view, say),
        coverage_table(view, say),
        targets_table(targets, say),
        burdens_table(view, say),
        bodies_table(bodies, say),
        duties_table(duties, say),
    )
    own, *in_part = own_measures(view, say)
    return Page(
        name="comparison",
        title=say("Comparison with the superior document"),
        sides=(
            side(say("Local document"), comparison.local, local, say),
            side(say("Superior document"), comparison.superior, superior, say),
        ),
        lead=_lead(view, say),
        answers=_answers(view, say),
        findings=(
            taken(view, say),
            own,
            missing(view, say),
            *in_part,
            *figures_found(targets, say),
            *burdens_found(view, say),
            *to_judge(view, say),
        ),
        figures=_figures(view, say),
        pictures=(_strip(view, say), *_flow(view, say)),
        tables=tuple(table for table in tables if table.rows or table.name == "sentences"),
        main="sentences",
        legend=comparison_legend(say),
        notice=notice(say, judged=True),
        reading=_reading(view, say),
    )


def _lead(view: ComparisonView, say: Catalog) -> str:
    counted = view.measures
    return say(
        "Of {total} measures of the superior document {adopted} are adopted, {touched} touched in part and {omitted}"
        " not taken up; new measures of the local document: {own}.",
        total=counted.total,
        adopted=counted.adopted,
        touched=counted.touched,
        omitted=counted.omitted,
        own=counted.own,
    )


def _answers(view: ComparisonView, say: Catalog) -> tuple[str, ...]:
    summary = view.comparison.summary
    return (
        say(
            "Of {total} local sentences {sure} come from the superior document, {possible} are for a person to judge.",
            total=summary.sentences,
            sure=summary.sure,
            possible=summary.possible,
        ),
    )


def _reading(view: ComparisonView, say: Catalog) -> tuple[tuple[str, str], ...]:
    """What a reader must know of the texts before any finding: their state, and whether their order is doubtful."""
    known = []
    order = view.comparison.order
    if order is OrderDoubt.SWAPPED:
        known.append(
            (
                say("Order"),
                say("the first document looks like the superior of the second: were they swapped?"),
            )
        )
    if order is OrderDoubt.VERSIONS:
        known.append(
            (say("Order"), say("the two look like versions of one document: policydiff diff compares these"))
        )
    if not view.comparison.reading.calibrated:
        known.append(
            (
                say("Language"),
                say("scores are not measured for texts in this language: nothing is called sure"),
            )
        )
    known += known_of(say("Local document"), view.local, say)
    known += known_of(say("Superior document"), view.superior, say)
    return tuple(known)


def _figures(view: ComparisonView, say: Catalog) -> tuple[Figure, ...]:
    counted = view.measures
    numbers = (
        (Coverage.ADOPTED, counted.adopted),
        (Coverage.TOUCHED, counted.touched),
        (Coverage.OMITTED, counted.omitted),
    )
    return (
        *(
            Figure(say(COVERAGE[status]), number, status, f"coverage:status={status}-measure")
            for status, number in numbers
        ),
        Figure(say(RELATIONS[Relation.ADDED]), counted.own, "own", "sentences:band=unlikely"),
    )


def _strip(view: ComparisonView, say: Catalog) -> Strip:
    """The superior document's measures, which the first sentence counts; its clauses where it has no measures.

    An adopted measure bears the colour of the gravest effect that was found on it or on a clause below it.
    """
    shown = [clause for clause in view.covered if clause.is_measure] or list(view.covered)
    above = {
        clause.anchor: held.anchor
        for held in shown
        for clause in view.covered
        if f"{clause.clause}__".startswith(f"{held.clause}__")
    }
    effects: dict[str, list[Effect]] = {}
    for sentence in view.sentences:
        if sentence.effect and sentence.band is Band.SURE and sentence.source:
            anchor = sentence.source.place.anchor
            effects.setdefault(above.get(anchor, anchor), []).append(sentence.effect)
    lines_ = []
    for chapter, group in groupby(shown, key=lambda clause: clause.chapter):
        clauses = list(group)
        cells = []
        for clause in clauses:
            found = sorted(effects.get(clause.anchor, ()), key=EFFECT_ORDER.index)
            marked = found[:1] if found and found[0] in _GRAVE else []
            kind = f"{clause.status} {marked[0]}" if marked else str(clause.status)
            title = say.joined(
                clause.address, say(COVERAGE[clause.status]), *(say(EFFECTS[each]) for each in marked)
            )
            cells.append(StripCell(kind, clause.anchor, title))
        lines_.append(StripLine(chapter, clauses[0].anchor, tuple(cells)))
    return Strip(
        "coverage-strip",
        say("What became of the superior document's measures, chapter by chapter"),
        say("Chapter"),
        tuple((str(status), say(COVERAGE[status])) for status in Coverage),
        tuple(lines_),
        table="coverage",
        facet="status",
    )


def _flow(view: ComparisonView, say: Catalog) -> tuple[Flow, ...]:
    """From the superior's chapters to the local's: one ribbon for the sentences that come from a chapter."""
    chapters = {clause.anchor: clause.chapter for clause in view.covered}
    sources = list(dict.fromkeys(clause.chapter for clause in view.covered))
    targets = list(dict.fromkeys(sentence.chapter for sentence in view.sentences))
    number: Counter[tuple[int, int]] = Counter()
    for sentence in view.sentences:
        if sentence.is_counted and sentence.band is Band.SURE and sentence.source:
            above = chapters.get(sentence.source.place.anchor)
            if above is not None:
                number[sources.index(above), targets.index(sentence.chapter)] += 1
    if not number or len(sources) < 2 or len(targets) < 2:
        return ()
    ribbons = tuple(Ribbon(*ends, count) for ends, count in sorted(number.items()))
    return (
        Flow(
            "flow",
            say("From the superior's chapters to the local's"),
            tuple(sources),
            tuple(targets),
            ribbons,
            (say("Superior chapter"), say("Local chapter"), say("Sentences")),
        ),
    )

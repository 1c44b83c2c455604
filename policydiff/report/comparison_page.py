"""The page of a comparison: one sentence by measures, lists beside each other (taken, own, missing, to judge), then pictures and tables."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from policydiff.model import (
    Band,
    Burden,
    BurdenKind,
    Comparison,
    Coverage,
    Effect,
    OrderDoubt,
    Relation,
)
from policydiff.report import page as shown
from policydiff.report import words
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_tables import (
    bodies_table,
    burdens_table,
    coverage_table,
    duties_table,
    judged,
    sentences_table,
    targets_table,
    to_check,
)
from policydiff.report.comparison_view import (
    ComparisonView,
    Covered,
    OwnMeasure,
    Sentence,
    TargetRow,
    comparison_view,
    in_short,
    target_rows,
)
from policydiff.report.document_page import documents_of, known_of, notice, side
from policydiff.report.half_sentences import both_texts, half_sentence, told, weightiest
from policydiff.report.page import Entry, Figure, Findings, Page
from policydiff.report.runs import Cell, Mark, Run, badge, cell, middle_out, plain, shortened, unbroken
from policydiff.substance import OF_SUBSTANCE

_WORDS_SHOWN = 48
"""Characters of a sentence in a list."""
_SHORT: Mapping[Effect | Relation, str] = {
    each: (words.EFFECTS | words.RELATIONS)[each]
    for each in (Effect.LOCALISED, Effect.SAME, Relation.VERBATIM)
}
"""How a sentence was taken that is counted and not listed: there is nothing in it to decide on."""


def _rank(sentence: Sentence) -> tuple[int, float, float]:
    """Loosened and tightened first, then by weight of the differences, then by score."""
    order = words.EFFECT_ORDER.index(sentence.effect) if sentence.effect else len(words.EFFECT_ORDER)
    is_same = not sentence.effect and sentence.relation is Relation.VERBATIM
    return order + is_same, -weightiest(sentence.signals), -sentence.score


def taken(view: ComparisonView, say: Catalog) -> Findings:
    """Return what was taken and changed, loosened and tightened first; what says the same, or the local names, is counted."""
    taken = [each for each in view.sentences if each.is_counted and each.band is Band.SURE]
    ranked = [each for each in sorted(taken, key=_rank) if not _is_told_in_short(each)]
    short = Counter(each.effect or each.relation for each in taken if _is_told_in_short(each))
    counted = say.joined(*(f"{say(_SHORT[kind])} {number}" for kind, number in short.items()))
    return Findings(
        "taken",
        say("What was taken, and how it changed"),
        tuple(_entry(sentence, say) for sentence in ranked),
        total=len(taken),
        link="sentences:band=sure",
        empty=say("no sentence is counted as adopted"),
        others=say("Taken without a change of substance: {counted}.", counted=counted) if short else "",
    )


def _is_told_in_short(sentence: Sentence) -> bool:
    """Return whether nothing of substance differs: what names a local body or place, or says the same."""
    is_graver = weightiest(sentence.signals) >= OF_SUBSTANCE
    return (sentence.effect or sentence.relation) in _SHORT and not is_graver


def _entry(sentence: Sentence, say: Catalog) -> Entry:
    own, source = plain(sentence.words), sentence.source
    both = both_texts(plain(source.words) if source else "", own)
    told_of = told(sentence.signals, both, say, most=2, longest=_WORDS_SHOWN)
    shown = told_of or shortened(cell(own), _WORDS_SHOWN)
    above = source.place.text if source else ""
    place = f"{unbroken(sentence.place.text)} ← {unbroken(above)}" if above else unbroken(sentence.place.text)
    return Entry(
        (judged(sentence, say), Run(" "), *shown),
        place,
        sentence.anchor,
        sentence.effect or sentence.relation,
    )


def own_measures(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the local document's new measures, as many as the first sentence says, and what is its own within others."""
    new = tuple(_own_entry(measure, measure.words) for measure in view.own if measure.is_new)
    in_part = tuple(
        _own_entry(
            measure, measure.words, say(" ({own} of {total} sentences)", own=measure.own, total=measure.total)
        )
        for measure in view.own
        if not measure.is_new
    )
    link = "sentences:band=unlikely"
    found = Findings(
        "own", say("The local document's own"), new, link=link, empty=say("nothing of its own was found")
    )
    if not in_part:
        return (found,)
    return found, Findings("own-in-part", say("Its own within measures that were taken"), in_part, link=link)


def _own_entry(measure: OwnMeasure, words: str, more: str = "") -> Entry:
    return Entry(
        (*cell(words), *cell(more, Mark.MUTED)),
        unbroken(measure.place.text) if measure.place.text != words else "",
        measure.place.anchor,
        "own",
    )


def missing(view: ComparisonView, say: Catalog) -> Findings:
    """Return the measures of the superior document that are not taken up, formal provisions last.

    An article without words of its own is told by those of its first paragraph.
    """
    missing = [
        (each, next((below.text for below in view.covered[place:] if below.text), ""))
        for place, each in enumerate(view.covered)
        if each.is_measure and each.status is Coverage.OMITTED
    ]
    ordered = sorted(missing, key=lambda found: not found[0].is_ordinary)
    return Findings(
        "missing",
        say("What was not taken up"),
        tuple(
            Entry(cell(in_short(each.heading, words)), _address(each), each.anchor, Coverage.OMITTED)
            for each, words in ordered
        ),
        link="coverage:status=omitted-measure",
        empty=say("every measure of the superior document is taken up"),
    )


def _address(covered: Covered) -> str:
    """Return the address without the heading that follows it in the same line."""
    address = covered.address.removesuffix(covered.heading).strip() if covered.heading else covered.address
    return unbroken(address or covered.address)


def figures_found(targets: Sequence[TargetRow], say: Catalog) -> tuple[Findings, ...]:
    """Return the figures of both documents beside each other."""
    entries = tuple(
        Entry(
            (
                badge(say(words.TARGET_CHANGES[row.change]), f"target-{row.change}"),
                Run(f" {row.metric} "),
                *cell(row.local.said if row.local else "—", Mark.STRONG),
                Run(say(" (superior: ")),
                *cell(_above(row)),
                Run(say(")")),
            ),
            unbroken(row.local.place if row.local else row.superior.place if row.superior else ""),
            row.anchor,
            row.change,
        )
        for row in targets
    )
    if not entries:
        return ()
    return (Findings("figures", say("Figures side by side"), entries, link="targets", shown=6),)


def _above(row: TargetRow) -> str:
    if row.superior is None:
        return "—"
    return (
        row.superior.said
        if row.superior.metric == row.metric
        else f"{row.superior.metric} {row.superior.said}"
    )


def to_judge(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the sentences that may come from the superior document, the weightiest differences first."""
    possible = [each for each in view.sentences if each.is_counted and each.band is Band.POSSIBLE]
    if not possible:
        return ()
    ranked = sorted(possible, key=lambda each: (-weightiest(each.signals), -each.score))
    return (
        Findings(
            "judge",
            say("For a person to judge"),
            tuple(_entry(each, say) for each in ranked),
            link="sentences:band=possible",
            shown=5,
        ),
    )


def _burden_words(burden: Burden) -> Cell:
    """Return the half-sentence that makes the burden; the superior's, struck, where the local document drops it."""
    if burden.words:
        return half_sentence(burden.text, burden.words, Mark.STRONG)
    gone = burden.superior_words or burden.superior_text
    return middle_out(Run(gone, Mark.DELETE), _WORDS_SHOWN) if gone else cell(burden.text)


def burdens_found(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """What the local document adds to what is asked of people, or spares them."""
    entries: dict[tuple[Cell, str], Entry] = {}
    for index, each in enumerate(view.comparison.burdens, 1):
        kind = "" if each.kind is BurdenKind.OTHER else f"{say(words.BURDEN_KINDS[each.kind])}{say.colon}"
        found = (
            badge(say(words.BURDEN_CHANGES[each.change]), each.change),
            Run(f" {kind}"),
            *_burden_words(each),
            *cell(to_check(each, say), Mark.MUTED),
        )
        place = unbroken(view.local_outline.place(each.clause).address)
        entries.setdefault((found, place), Entry(found, place, f"b-{index}", each.change))
    title = say("Burdens added, tightened or eased")
    listed = Findings("burdens", title, tuple(entries.values()), link="burdens", shown=6)
    return (listed,) if entries else ()


_GRAVE = (Effect.LOOSENED, Effect.TIGHTENED, Effect.DIFFERENT)
"""Effects that a picture shows by a shape of their own."""


def comparison_page(comparison: Comparison, say: Catalog) -> Page:
    """Return the whole report of a comparison."""
    local, superior = documents_of(comparison, 2)
    view = comparison_view(comparison, local, superior)
    targets = target_rows(view, say)
    tables = (
        sentences_table(view, say),
        coverage_table(view, say),
        targets_table(targets, say),
        burdens_table(view, say),
        bodies_table(comparison, say),
        duties_table(view, say),
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
        legend=words.legend("comparison", say),
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
            Figure(say(words.COVERAGE[status]), number, status, f"coverage:status={status}-measure")
            for status, number in numbers
        ),
        Figure(say(words.RELATIONS[Relation.ADDED]), counted.own, "own", "sentences:band=unlikely"),
    )


def _strip(view: ComparisonView, say: Catalog) -> shown.Strip:
    """The superior document's clauses; an adopted one in the colour of the gravest effect that was found on it."""
    effects: dict[str, list[Effect]] = {}
    for sentence in view.sentences:
        if sentence.effect and sentence.band is Band.SURE and sentence.source:
            effects.setdefault(sentence.source.place.anchor, []).append(sentence.effect)
    lines_ = []
    for chapter, group in groupby(view.covered, key=lambda clause: clause.chapter):
        clauses = list(group)
        cells = []
        for clause in clauses:
            found = sorted(effects.get(clause.anchor, ()), key=words.EFFECT_ORDER.index)
            marked = found[:1] if found and found[0] in _GRAVE else []
            kind = f"{clause.status} {marked[0]}" if marked else str(clause.status)
            title = say.joined(
                clause.address,
                say(words.COVERAGE[clause.status]),
                *(say(words.EFFECTS[each]) for each in marked),
            )
            cells.append(shown.StripCell(kind, clause.anchor, title))
        lines_.append(shown.StripLine(chapter, clauses[0].anchor, tuple(cells)))
    return shown.Strip(
        "coverage-strip",
        say("What became of the superior document, chapter by chapter"),
        say("Chapter"),
        tuple((str(status), say(words.COVERAGE[status])) for status in Coverage),
        tuple(lines_),
        table="coverage",
        facet="status",
    )


def _flow(view: ComparisonView, say: Catalog) -> tuple[shown.Flow, ...]:
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
    head = (say("Superior chapter"), say("Local chapter"), say("Sentences"))
    title = say("From the superior's chapters to the local's")
    return shown.flow(title, sources, targets, number, head) if len(sources) > 1 else ()

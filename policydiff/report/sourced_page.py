"""A comparison with several superior documents as plain tables: what each gave, and what comes from none."""

from policydiff.model import Band, Comparison, Coverage, SentenceOrigin, SourcedComparison
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_page import certain, percent
from policydiff.report.inputs import SourcedReport
from policydiff.report.legends import sourced_legend
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import JOINT, Column, Figure, Page, Row, Side, Table, text_row
from policydiff.report.runs import Cell, Run, cell, marked, plain, unbroken
from policydiff.report.sides import notice, side
from policydiff.report.words import COVERAGE


def sourced_page(given: SourcedComparison | SourcedReport, say: Catalog) -> Page:
    """Return the report: shares per superior, then sentence by sentence where each comes from."""
    if isinstance(given, SourcedReport):
        comparison, here = given.comparison, Outline(given.local)
        there = [Outline(superior) for superior in given.superiors]
    else:
        comparison, here = given, Outline(None)
        there = [Outline(None) for _ in comparison.comparisons]
    sides = _sides(given, comparison, say)
    rows = [_origin(comparison, index, here, there, say) for index in range(len(comparison.origins))]
    return Page(
        name="sourced",
        title=say("Comparison with several superior documents"),
        sides=sides,
        tables=(_superiors(comparison, sides[1:], say), _origins(rows, say)),
        main="origins",
        answers=(_answer(comparison, say),),
        figures=tuple(
            Figure(label, count, "origins")
            for label, count in (
                *(
                    (role.role, sum(each.comparison == index for each in comparison.origins))
                    for index, role in enumerate(sides[1:])
                ),
                (say("from none"), sum(each.comparison is None for each in comparison.origins)),
            )
        ),
        legend=sourced_legend(say),
        notice=notice(say, judged=True),
        triptych=_triptych(rows, say),
    )


def _sides(
    given: SourcedComparison | SourcedReport, comparison: SourcedComparison, say: Catalog
) -> tuple[Side, ...]:
    report = given if isinstance(given, SourcedReport) else None
    return (
        side(say("Local document"), comparison.local, report.local if report else None, say),
        *(
            side(
                say("Superior document {n}", n=index + 1),
                each.superior,
                report.superiors[index] if report else None,
                say,
            )
            for index, each in enumerate(comparison.comparisons)
        ),
    )


def _answer(comparison: SourcedComparison, say: Catalog) -> str:
    found = [origin for origin in comparison.origins if origin.comparison is not None]
    return say(
        "Of {total} local sentences {found} come from one of {documents} superior documents ({sure} of them counted"
        " as adopted), {none} from none.",
        total=len(comparison.origins),
        found=len(found),
        documents=len(comparison.comparisons),
        sure=sum(origin.band is Band.SURE for origin in found),
        none=len(comparison.origins) - len(found),
    )


def _coverage(comparison: Comparison) -> dict[Coverage, int]:
    summary = comparison.summary
    return {
        Coverage.ADOPTED: summary.clauses_adopted,
        Coverage.TOUCHED: summary.clauses_touched,
        Coverage.OMITTED: summary.clauses_omitted,
    }


def _superiors(comparison: SourcedComparison, named: tuple[Side, ...], say: Catalog) -> Table:
    rows = []
    for index, (role, each) in enumerate(zip(named, comparison.comparisons, strict=True)):
        best = [origin for origin in comparison.origins if origin.comparison == index]
        counts = _coverage(each)
        rows.append(
            text_row(
                str(index + 1),
                role.title,
                percent(each.summary.counted_share),
                percent(each.summary.estimated_share),
                str(len(best)),
                *(str(counts[status]) for status in Coverage),
                weight=2,
            )
        )
    return Table(
        "superiors",
        say("What each superior document gave"),
        (
            Column("#", 4),
            Column(say("Superior document"), 36, is_text=True),
            Column(say("Counted"), 10),
            Column(say("Estimated"), 10),
            Column(say("Best source"), 10),
            *(
                Column(say(COVERAGE[status]), 10, joins=joint)
                for status, joint in zip(Coverage, ("", " / ", " / "), strict=True)
            ),
        ),
        tuple(rows),
        note=say(
            "Counted and estimated shares are of the local sentences, against each superior document alone; best"
            " source: sentences that it explains better than the others do; then its clauses by coverage."
        ),
    )


def _origin(
    comparison: SourcedComparison, index: int, here: Outline, there: list[Outline], say: Catalog
) -> Row:
    """Return place, words, document, superior words, superior place, certainty and score."""
    origin = comparison.origins[index]
    words, above, place = _found(comparison, index, there)
    named = "" if origin.comparison is None else _named(comparison, origin.comparison)
    return Row(
        (
            cell(here.place(origin.clause).address),
            words,
            cell(named),
            above,
            cell(place),
            cell(certain(origin.band, say) if named else say("from none")),
            cell(f"{origin.score:.2f}"),
        ),
        kind=origin.band if named else "none",
        weight=2 if named else 1,
        anchor=f"{anchor('o', origin.clause)}-{index + 1}",
    )


def _named(comparison: SourcedComparison, index: int) -> str:
    """Return number and title: a table that is sent alone must say what it speaks of."""
    reference = comparison.comparisons[index].superior
    return f"{index + 1} {reference.title or reference.file or reference.id or ''}".strip()


def _found(comparison: SourcedComparison, index: int, there: list[Outline]) -> tuple[Cell, Cell, str]:
    """Return the local words, those of the best source with what both share marked, and its place."""
    origin: SentenceOrigin = comparison.origins[index]
    if origin.comparison is None:
        return cell(origin.text), (), ""
    sentence = comparison.comparisons[origin.comparison].sentences[index]
    if not sentence.sources:
        return cell(origin.text), (), ""
    best = sentence.sources[0]
    return (
        marked(origin.text, ((span.local_start, span.local_end) for span in best.spans)),
        marked(best.text, ((span.source_start, span.source_end) for span in best.spans)),
        there[origin.comparison].place(best.clause).address,
    )


def _origins(rows: list[Row], say: Catalog) -> Table:
    return Table(
        "origins",
        say("Where each sentence comes from"),
        (
            Column(say("Local clause"), 9),
            Column(say("Local text"), 31, is_text=True),
            Column(say("Superior document"), 12, is_text=True),
            Column(say("Superior text"), 31, is_text=True),
            Column(say("Superior clause"), 9),
            Column(say("Certainty"), 5),
            Column(say("Score"), 4),
        ),
        tuple(rows),
        note=say("Words that both texts share are marked. A score is the estimated probability of descent."),
    )


def _triptych(rows: list[Row], say: Catalog) -> Table:
    wide = _origins(rows, say)
    narrow = []
    for row in rows:
        place, local, named, above, there, certainty, score = row.cells
        number = plain(named).split(" ")[0]
        cells = (
            (*unbroken(place), Run(JOINT), *local),
            (Run(f"[{number}]"), *unbroken(there), Run(JOINT), *above) if number else (),
            (*certainty, Run("\n"), *score),
        )
        narrow.append(row._replace(cells=cells))
    columns = (
        Column(say("Local document"), 44, is_text=True),
        Column(say("Superior document"), 44, is_text=True),
        Column(say("Remark"), 12),
    )
    return Table(wide.name, wide.title, columns, tuple(narrow), wide.note)

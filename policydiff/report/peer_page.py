"""Peers as plain tables: each measure a row, each document a column that tells whether it says it, and where."""

from policydiff.model import Coverage, PeerCell, PeerComparison, PeerMeasure
from policydiff.report.catalog import Catalog
from policydiff.report.inputs import PeerReport
from policydiff.report.legends import peer_legend
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import JOINT, Column, Figure, Page, Row, Side, Table, text_row
from policydiff.report.runs import Run, cell, unbroken
from policydiff.report.sides import notice, side
from policydiff.report.words import COVERAGE

_SIGNS = {Coverage.ADOPTED: "●", Coverage.TOUCHED: "◐", Coverage.OMITTED: "–"}
"""Beside the word, so that a matrix can be taken in at a glance."""
_PLACES_SHOWN = 2


def peer_page(given: PeerComparison | PeerReport, say: Catalog) -> Page:
    """Return the report: counts per document, then the matrix."""
    if isinstance(given, PeerReport):
        comparison = given.comparison
        outlines = [Outline(document) for document in given.documents]
        above = Outline(given.superior)
    else:
        comparison = given
        outlines, above = [Outline(None) for _ in comparison.documents], Outline(None)
    sides = _sides(given, comparison, say)
    matrix = _matrix(comparison, sides[: len(comparison.documents)], outlines, above, say)
    own = sides[: len(comparison.documents)]
    return Page(
        name="peers",
        title=say("Measures across documents"),
        sides=sides,
        tables=(_documents(comparison, own, say), matrix),
        main="measures",
        answers=(_answer(comparison, say),),
        figures=_figures(comparison, say),
        legend=peer_legend(say),
        notice=notice(say, judged=True),
        triptych=_narrow(matrix, comparison, outlines),
    )


def _sides(given: PeerComparison | PeerReport, comparison: PeerComparison, say: Catalog) -> tuple[Side, ...]:
    report = given if isinstance(given, PeerReport) else None
    sides = [
        side(say("Document {n}", n=index + 1), reference, report.documents[index] if report else None, say)
        for index, reference in enumerate(comparison.documents)
    ]
    if comparison.superior:
        superior = report.superior if report else None
        sides.append(side(say("Superior document"), comparison.superior, superior, say))
    return tuple(sides)


def _number(comparison: PeerComparison, index: int, status: Coverage) -> int:
    return sum(measure.cells[index].status is status for measure in comparison.measures)


def _sayers(measure: PeerMeasure) -> int:
    return sum(each.status is Coverage.ADOPTED for each in measure.cells)


def _counts(comparison: PeerComparison) -> tuple[int, int, int]:
    """Return how many measures all documents say, some, and none."""
    sayers = [_sayers(measure) for measure in comparison.measures]
    everyone = sum(number == len(comparison.documents) for number in sayers)
    nobody = sayers.count(0)
    return everyone, len(sayers) - everyone - nobody, nobody


def _answer(comparison: PeerComparison, say: Catalog) -> str:
    everyone, some, nobody = _counts(comparison)
    return say(
        "Of {total} measures {all} are in all {documents} documents, {some} in some, {none} in none for sure.",
        total=len(comparison.measures),
        all=everyone,
        documents=len(comparison.documents),
        some=some,
        none=nobody,
    )


def _figures(comparison: PeerComparison, say: Catalog) -> tuple[Figure, ...]:
    labels = (say("in all"), say("in some"), say("in none"))
    return tuple(
        Figure(label, count, "measures") for label, count in zip(labels, _counts(comparison), strict=True)
    )


def _documents(comparison: PeerComparison, own: tuple[Side, ...], say: Catalog) -> Table:
    return Table(
        "documents",
        say("Measures by document"),
        (
            Column("#", 4),
            Column(say("Document"), 66, is_text=True),
            *(Column(say(COVERAGE[status]), 10) for status in Coverage),
        ),
        tuple(
            text_row(
                str(index + 1),
                role.title,
                *(str(_number(comparison, index, status)) for status in Coverage),
                weight=2,
            )
            for index, role in enumerate(own)
        ),
    )


def _matrix(
    comparison: PeerComparison, own: tuple[Side, ...], outlines: list[Outline], above: Outline, say: Catalog
) -> Table:
    each = max(8, 50 // max(1, len(own)))
    return Table(
        "measures",
        say("Measure by measure"),
        (
            Column(say("Measure"), 14),
            Column(say("Words"), 36, is_text=True),
            *(
                Column(str(index + 1), each, full=f"{role.role} {role.title}")
                for index, role in enumerate(own)
            ),
        ),
        tuple(
            _measure(measure, index, outlines, above, say)
            for index, measure in enumerate(comparison.measures)
        ),
        note=say(
            "A score is the probability that at least one sentence of the document derives from the measure."
        ),
    )


def _measure(measure: PeerMeasure, index: int, outlines: list[Outline], above: Outline, say: Catalog) -> Row:
    if measure.document is None:
        place = above.place(measure.clause).address
    else:
        place = f"[{measure.document + 1}] {outlines[measure.document].place(measure.clause).address}"
    return Row(
        (
            cell(place),
            cell(measure.text),
            *(
                (Run(_said(answer, measure.document == number, outlines[number], say)),)
                for number, answer in enumerate(measure.cells)
            ),
        ),
        kind="all" if _sayers(measure) == len(measure.cells) else "some" if _sayers(measure) else "none",
        weight=2 if any(answer.status is not Coverage.OMITTED for answer in measure.cells) else 1,
        anchor=f"{anchor('m', measure.clause)}-{index + 1}",
    )


def _said(answer: PeerCell, is_quoted: bool, outline: Outline, say: Catalog) -> str:
    """Return sign, word and score, then the places."""
    if is_quoted:
        quoted = say("quoted")
        return f"{_SIGNS[Coverage.ADOPTED]} {quoted}"
    status = say(COVERAGE[answer.status])
    head = f"{_SIGNS[answer.status]} {status} {answer.score:.2f}"
    places = dict.fromkeys(outline.place(clause).address for clause in answer.clauses[:_PLACES_SHOWN])
    return f"{head}\n{'、'.join(places)}" if places else head


def _narrow(matrix: Table, comparison: PeerComparison, outlines: list[Outline]) -> Table:
    """The matrix with place and words in one column, and of each document sign, score and first place."""
    measure, words, *rest = matrix.columns
    rows = []
    for row, compared in zip(matrix.rows, comparison.measures, strict=True):
        answers = (
            cell(_short(answer, compared.document == number, outlines[number]))
            for number, answer in enumerate(compared.cells)
        )
        rows.append(row._replace(cells=((*unbroken(row.cells[0]), Run(JOINT), *row.cells[1]), *answers)))
    columns = (
        Column(f"{measure.label} · {words.label}", 100 - 10 * min(len(rest), 7), is_text=True),
        *(column._replace(weight=10) for column in rest),
    )
    return matrix._replace(columns=columns, rows=tuple(rows))


def _short(answer: PeerCell, is_quoted: bool, outline: Outline) -> str:
    if answer.status is Coverage.OMITTED:
        return _SIGNS[Coverage.OMITTED]
    sign = _SIGNS[answer.status] if is_quoted else f"{_SIGNS[answer.status]} {answer.score:.2f}"
    return f"{sign}\n{outline.place(answer.clauses[0]).address}" if answer.clauses else sign

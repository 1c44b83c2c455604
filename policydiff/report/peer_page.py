"""The page of peers: each measure a row, each document a column that tells whether it says it, and where."""

from collections.abc import Sequence
from functools import partial

from policydiff.model import Coverage, Document, PeerCell, PeerComparison, PeerMeasure
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import in_short
from policydiff.report.introduced_texts import notice, side
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import (
    NUMBER,
    TEXT,
    Column,
    Entry,
    Facet,
    Field,
    Figure,
    Findings,
    Made,
    Page,
    Row,
    Side,
    Strip,
    StripCell,
    StripLine,
    Table,
    placed,
    tabled,
)
from policydiff.report.runs import Cell, Run, badge, cell, unbroken
from policydiff.report.words import COVERAGE, peer_legend

_SIGNS = {Coverage.ADOPTED: "●", Coverage.TOUCHED: "◐", Coverage.OMITTED: "–"}
"""Beside the word, so that a matrix can be taken in at a glance."""
_PLACES_SHOWN = 2


def peer_page(
    comparison: PeerComparison,
    documents: Sequence[Document | None],
    superior: Document | None,
    say: Catalog,
) -> Page:
    """Return the report: counts per document, the heat map, then the matrix with places."""
    outlines = [Outline(document) for document in documents]
    above = Outline(superior)
    own = tuple(
        side(say("Document {n}", n=index), reference, document, say)
        for index, (reference, document) in enumerate(zip(comparison.documents, documents, strict=True), 1)
    )
    sides = own
    if comparison.superior:
        sides = (*own, side(say("Superior document"), comparison.superior, superior, say))
    everyone, some, nobody = _counts(comparison)
    return Page(
        name="peers",
        title=say("Measures across documents"),
        sides=sides,
        lead=say(
            "Of {total} measures {all} are in all {documents} documents, {some} in some, {none} in none for sure.",
            total=len(comparison.measures),
            all=everyone,
            documents=len(comparison.documents),
            some=some,
            none=nobody,
        ),
        findings=_findings(comparison, outlines, above, say),
        figures=tuple(
            Figure(label, count, kind, f"measures:said={kind}")
            for label, count, kind in (
                (say("in all"), everyone, "all"),
                (say("in some"), some, "some"),
                (say("in none"), nobody, "none"),
            )
        ),
        pictures=(_heat(comparison, own, outlines, above, say),),
        tables=(_documents(comparison, own, say), _matrix(comparison, own, outlines, above, say)),
        main="measures",
        legend=peer_legend(say),
        notice=notice(say, judged=True),
    )


def _sayers(measure: PeerMeasure) -> int:
    return sum(each.status is Coverage.ADOPTED for each in measure.cells)


def _said_by(measure: PeerMeasure) -> str:
    sayers = _sayers(measure)
    return "all" if sayers == len(measure.cells) else "some" if sayers else "none"


def _counts(comparison: PeerComparison) -> tuple[int, int, int]:
    """Return how many measures all documents say, some, and none."""
    said = [_said_by(measure) for measure in comparison.measures]
    return said.count("all"), said.count("some"), said.count("none")


def _place(measure: PeerMeasure, outlines: Sequence[Outline], above: Outline) -> str:
    if measure.document is None:
        return above.place(measure.clause).address
    return f"[{measure.document + 1}] {outlines[measure.document].place(measure.clause).address}"


def _name(measure: PeerMeasure, index: int) -> str:
    return f"{anchor('m', measure.clause)}-{index + 1}"


def _findings(
    comparison: PeerComparison, outlines: Sequence[Outline], above: Outline, say: Catalog
) -> tuple[Findings, ...]:
    titles = {
        "all": say("In every document"),
        "one": say("In one document only"),
        "none": say("In none for sure"),
    }
    held: dict[str, list[Entry]] = {name: [] for name in titles}
    for index, measure in enumerate(comparison.measures):
        said = _said_by(measure)
        name = "one" if said == "some" and _sayers(measure) == 1 else said
        if name in held:
            sayer = next(
                (n + 1 for n, each in enumerate(measure.cells) if each.status is Coverage.ADOPTED), 0
            )
            words = in_short("", measure.text)
            shown = cell(f"[{sayer}] {words}" if name == "one" else words)
            held[name].append(
                Entry(shown, unbroken(_place(measure, outlines, above)), _name(measure, index), name)
            )
    facets = {"all": "all", "one": "some", "none": "none"}
    return tuple(
        Findings(name, title, tuple(held[name]), link=f"measures:said={facets[name]}", empty=say("none"))
        for name, title in titles.items()
    )


def _documents(comparison: PeerComparison, own: Sequence[Side], say: Catalog) -> Table:
    def counted(document: tuple[int, Side], status: Coverage) -> int:
        return sum(each.cells[document[0]].status is status for each in comparison.measures)

    fields = (
        Field("#", 4, lambda each: each[0] + 1),
        Field(say("Document"), 66, lambda each: each[1].title, TEXT),
        *(Field(say(COVERAGE[status]), 10, partial(counted, status=status), NUMBER) for status in Coverage),
    )
    return tabled("documents", say("Measures by document"), enumerate(own), fields, Made(weight=2))


def _heat(
    comparison: PeerComparison,
    own: Sequence[Side],
    outlines: Sequence[Outline],
    above: Outline,
    say: Catalog,
) -> Strip:
    lines = []
    for index, measure in enumerate(comparison.measures):
        name = _name(measure, index)
        title = in_short("", measure.text)
        cells = tuple(
            StripCell(str(answer.status), name, say.joined(title, role.title, say(COVERAGE[answer.status])))
            for answer, role in zip(measure.cells, own, strict=True)
        )
        lines.append(StripLine(f"{_place(measure, outlines, above)} {title}".strip(), name, cells))
    return Strip(
        "heat",
        say("Which document says which measure"),
        say("Measure"),
        (),
        tuple(lines),
        columns=tuple(role.title for role in own),
        table="measures",
    )


def _matrix(
    comparison: PeerComparison,
    own: Sequence[Side],
    outlines: Sequence[Outline],
    above: Outline,
    say: Catalog,
) -> Table:
    each = max(10, 60 // max(1, len(own)))
    said = dict(zip(("all", "some", "none"), _counts(comparison), strict=True))
    labels = {"all": say("in all"), "some": say("in some"), "none": say("in none")}
    return Table(
        "measures",
        say("Measure by measure"),
        (
            Column(say("Measure"), 40, is_text=True),
            *(
                Column(f"[{index}]", each, full=f"{role.role} {role.title}")
                for index, role in enumerate(own, 1)
            ),
        ),
        tuple(
            _measure(measure, index, outlines, above, say)
            for index, measure in enumerate(comparison.measures)
        ),
        note=say(
            "A score is the probability that at least one sentence of the document derives from the measure."
        ),
        facets=(
            Facet(
                "said",
                say("Said"),
                tuple((name, labels[name], count) for name, count in said.items() if count),
            ),
        ),
    )


def _measure(
    measure: PeerMeasure, index: int, outlines: Sequence[Outline], above: Outline, say: Catalog
) -> Row:
    return Row(
        (
            placed(unbroken(_place(measure, outlines, above)), cell(measure.text)),
            *(
                _said(answer, measure.document == number, outlines[number], say)
                for number, answer in enumerate(measure.cells)
            ),
        ),
        kind=_said_by(measure),
        weight=2 if any(answer.status is not Coverage.OMITTED for answer in measure.cells) else 1,
        anchor=_name(measure, index),
        facets=(("said", _said_by(measure)),),
    )


def _said(answer: PeerCell, is_quoted: bool, outline: Outline, say: Catalog) -> Cell:
    """Return sign, word and score, then the places."""
    if is_quoted:
        quoted = say("quoted")
        return (badge(f"{_SIGNS[Coverage.ADOPTED]} {quoted}", Coverage.ADOPTED),)
    status = say(COVERAGE[answer.status])
    head = badge(f"{_SIGNS[answer.status]} {status}", answer.status)
    if answer.status is Coverage.OMITTED:
        return (head,)
    places = dict.fromkeys(
        unbroken(outline.place(clause).address) for clause in answer.clauses[:_PLACES_SHOWN]
    )
    shown = f"\n{say.joined(*places)}" if places else ""
    return (head, Run(shown))

"""A comparison over time as plain tables: which local clauses lag behind the revised superior document."""

from policydiff.model import Document, Pace, PaceComparison, PaceOfClause
from policydiff.report.catalog import Catalog
from policydiff.report.inputs import PaceReport
from policydiff.report.legends import pace_legend
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import JOINT, Column, Figure, Page, Row, Table
from policydiff.report.runs import Cell, Run, cell, unbroken
from policydiff.report.sides import notice, side
from policydiff.report.words import PACES

_KINDS = {Pace.BEHIND: "removed", Pace.UNFOUNDED: "removed", Pace.MISSING: "added", Pace.CURRENT: "verbatim"}
"""The colours that the kinds of a revision have."""


def pace_page(given: PaceComparison | PaceReport, say: Catalog) -> Page:
    """Return the report: counts, then each clause that the revision touches."""
    comparison, report = (given.comparison, given) if isinstance(given, PaceReport) else (given, None)
    local = report.local if report else None
    old = report.old_superior if report else None
    new = report.new_superior if report else None
    texts = (_Text(local), _Text(old), _Text(new))
    rows = [_row(each, index, texts, say) for index, each in enumerate(comparison.clauses)]
    return Page(
        name="pace",
        title=say("What lags behind the revised superior document"),
        sides=(
            side(say("Local document"), comparison.local, local, say),
            side(say("Superior document before"), comparison.old_superior, old, say),
            side(say("Superior document after"), comparison.new_superior, new, say),
        ),
        tables=(_table(rows, say),),
        main="pace",
        answers=(_answer(comparison, say),),
        figures=tuple(Figure(say(PACES[pace]), _number(comparison, pace), "pace") for pace in PACES),
        legend=pace_legend(say),
        notice=notice(say, judged=True),
        triptych=_triptych(rows, say),
    )


def _number(comparison: PaceComparison, pace: Pace) -> int:
    return sum(each.pace is pace for each in comparison.clauses)


def _answer(comparison: PaceComparison, say: Catalog) -> str:
    return say(
        "{behind} local sentences still say what the old text said, {unfounded} rest on words that were removed;"
        " {missing} new provisions are not taken up; {current} sentences say what the revised text says.",
        behind=_number(comparison, Pace.BEHIND),
        unfounded=_number(comparison, Pace.UNFOUNDED),
        missing=_number(comparison, Pace.MISSING),
        current=_number(comparison, Pace.CURRENT),
    )


class _Text:
    """Addresses and words of a document's clauses; without the document, the ids alone."""

    def __init__(self, document: Document | None) -> None:
        self._outline = Outline(document)
        self._words = {clause.id: clause.text for clause in document.walk()} if document else {}

    def address(self, clause: str | None) -> Cell:
        return cell(self._outline.place(clause).address) if clause else ()

    def words(self, clause: str | None) -> Cell:
        return cell(self._words.get(clause, "")) if clause else ()


def _row(each: PaceOfClause, index: int, texts: tuple[_Text, _Text, _Text], say: Catalog) -> Row:
    local, old, new = texts
    is_missing = each.pace is Pace.MISSING
    return Row(
        (
            local.address(each.clause),
            () if is_missing else cell(each.text),
            old.address(each.old),
            old.words(each.old),
            new.address(each.new),
            cell(each.text) if is_missing else new.words(each.new),
            cell(say(PACES[each.pace])),
            cell(f"{each.score:.2f}"),
        ),
        kind=_KINDS[each.pace],
        weight=1 if each.pace is Pace.CURRENT else 2,
        anchor=f"{anchor('p', each.clause or each.new or '')}-{index + 1}",
    )


def _table(rows: list[Row], say: Catalog) -> Table:
    return Table(
        "pace",
        say("Clause by clause"),
        (
            Column(say("Local clause"), 8),
            Column(say("Local text"), 24, is_text=True),
            Column(say("Old clause"), 8),
            Column(say("Old superior text"), 22, is_text=True),
            Column(say("New clause"), 8),
            Column(say("New superior text"), 22, is_text=True),
            Column(say("Pace"), 4),
            Column(say("Score"), 4),
        ),
        tuple(rows),
        note=say(
            "A score is the probability that the local sentence comes from the old clause, or lacks the new one."
        ),
    )


def _triptych(rows: list[Row], say: Catalog) -> Table:
    wide = _table(rows, say)
    narrow = []
    for row in rows:
        place, local, before, old, after, new, pace, score = row.cells
        above = (*_told(say("Before"), before, old), *_told(say("After"), after, new))
        cells = ((*unbroken(place), Run(JOINT), *local) if local else (), above, (*pace, Run("\n"), *score))
        narrow.append(row._replace(cells=cells))
    columns = (
        Column(say("Local document"), 40, is_text=True),
        Column(say("Superior document"), 48, is_text=True),
        Column(say("Remark"), 12),
    )
    return Table(wide.name, wide.title, columns, tuple(narrow), wide.note)


def _told(when: str, place: Cell, words: Cell) -> Cell:
    return (Run(f"{when} "), *unbroken(place), Run(JOINT), *words, Run("\n")) if place or words else ()

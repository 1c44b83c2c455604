"""The page of a comparison over time: which local clauses lag behind the revised superior document."""

from collections import Counter

from policydiff.model import Document, Pace, PaceComparison, PaceOfClause
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import in_short
from policydiff.report.introduced_texts import known_of, notice, side
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
    Table,
    placed,
    tabled,
)
from policydiff.report.runs import Cell, Mark, Run, badge, cell, unbroken
from policydiff.report.words import PACES, pace_legend

_KINDS = {Pace.BEHIND: "removed", Pace.UNFOUNDED: "omitted", Pace.MISSING: "added", Pace.CURRENT: "verbatim"}
"""The colours of a revision's kinds that the paces share."""


def pace_page(
    comparison: PaceComparison,
    local: Document | None,
    old: Document | None,
    new: Document | None,
    say: Catalog,
) -> Page:
    """Return the report: counts, then each clause that the revision touches."""
    texts = (_Text(local), _Text(old), _Text(new))
    number = Counter(each.pace for each in comparison.clauses)
    before = say("Superior document before")
    return Page(
        name="pace",
        title=say("What lags behind the revised superior document"),
        sides=(
            side(say("Local document"), comparison.local, local, say),
            side(before, comparison.old_superior, old, say),
            side(say("Superior document after"), comparison.new_superior, new, say),
        ),
        lead=say(
            "{behind} local sentences still say what the old text said, {unfounded} rest on words that were removed;"
            " {missing} new provisions are not taken up; {current} sentences say what the revised text says.",
            behind=number[Pace.BEHIND],
            unfounded=number[Pace.UNFOUNDED],
            missing=number[Pace.MISSING],
            current=number[Pace.CURRENT],
        ),
        findings=tuple(_findings(pace, comparison, texts, say) for pace in PACES if pace is not Pace.CURRENT),
        figures=tuple(
            Figure(say(PACES[pace]), number[pace], _KINDS[pace], f"pace:pace={pace}") for pace in PACES
        ),
        tables=(_table(comparison, texts, say),),
        main="pace",
        legend=pace_legend(say),
        notice=notice(say, judged=True),
        reading=known_of(before, old, say),
    )


class _Text:
    """Addresses and words of a document's clauses; without the document, the ids alone."""

    def __init__(self, document: Document | None) -> None:
        self._outline = Outline(document)
        self._words = {clause.id: clause.text for clause in document.walk()} if document else {}

    def address(self, clause: str | None) -> str:
        return unbroken(self._outline.place(clause).address) if clause else ""

    def words(self, clause: str | None) -> Cell:
        return cell(self._words.get(clause, "")) if clause else ()

    def chapter(self, clause: str | None) -> str:
        return self._outline.chapter_of(clause) if clause else ""


_Texts = tuple[_Text, _Text, _Text]


def _name(each: PaceOfClause, index: int) -> str:
    return f"{anchor('p', each.clause or each.new or '')}-{index + 1}"


def _findings(pace: Pace, comparison: PaceComparison, texts: _Texts, say: Catalog) -> Findings:
    local, _, new = texts
    entries = tuple(
        Entry(
            cell(in_short("", each.text)),
            new.address(each.new) if pace is Pace.MISSING else local.address(each.clause),
            _name(each, index),
            _KINDS[pace],
        )
        for index, each in enumerate(comparison.clauses)
        if each.pace is pace
    )
    return Findings(str(pace), say(PACES[pace]), entries, link=f"pace:pace={pace}", empty=say("none"))


def _table(comparison: PaceComparison, texts: _Texts, say: Catalog) -> Table:
    local, old, new = texts
    number = Counter(each.pace for each in comparison.clauses)

    def missing(each: PaceOfClause) -> bool:
        return each.pace is Pace.MISSING

    flat = (
        Field(say("Local clause"), 8, lambda each: local.address(each.clause)),
        Field(say("Local text"), 24, lambda each: None if missing(each) else each.text, TEXT),
        Field(say("Old clause"), 8, lambda each: old.address(each.old)),
        Field(say("Old superior text"), 22, lambda each: old.words(each.old), TEXT),
        Field(say("New clause"), 8, lambda each: new.address(each.new)),
        Field(
            say("New superior text"),
            22,
            lambda each: each.text if missing(each) else new.words(each.new),
            TEXT,
        ),
        Field(say("Pace"), 4, lambda each: say(PACES[each.pace])),
        Field(say("Score"), 4, lambda each: f"{each.score:.2f}", NUMBER),
    )
    title = say("Clause by clause")
    return Table(
        "pace",
        title,
        (
            Column(say("Local document"), 38, is_text=True),
            Column(say("Superior document"), 50, is_text=True),
            Column(say("Judgement"), 12),
        ),
        tuple(_row(each, index, texts, say) for index, each in enumerate(comparison.clauses)),
        note=say(
            "A score is the probability that the local sentence comes from the old clause, or lacks the new one."
        ),
        facets=(
            Facet(
                "pace",
                say("Pace"),
                tuple((pace, say(PACES[pace]), number[pace]) for pace in PACES if number[pace]),
            ),
        ),
        is_parallel=True,
        flat=tabled("pace", title, comparison.clauses, flat, Made(lambda each: _KINDS[each.pace])),
    )


def _row(each: PaceOfClause, index: int, texts: _Texts, say: Catalog) -> Row:
    local, old, new = texts
    is_missing = each.pace is Pace.MISSING
    after = cell(each.text) if is_missing else new.words(each.new)
    above: list[Run] = []
    for when, place, words in (
        (say("Before"), old.address(each.old), old.words(each.old)),
        (say("After"), new.address(each.new), after),
    ):
        if place or words:
            above += [*cell("\n" if above else ""), Run(f"{when} ", Mark.MUTED), *placed(place, words)]
    return Row(
        (
            () if is_missing else placed(local.address(each.clause), cell(each.text)),
            tuple(above),
            (badge(say(PACES[each.pace]), _KINDS[each.pace]),),
        ),
        kind=_KINDS[each.pace],
        weight=1 if each.pace is Pace.CURRENT else 2,
        anchor=_name(each, index),
        group=local.chapter(each.clause) or new.chapter(each.new),
        facets=(("pace", each.pace),),
    )

"""Pages of one document and several others: a local document with several superiors, and a matrix of the measures of peers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from policydiff.comparison.counted_measures import is_own
from policydiff.lexicon.areas import area_name
from policydiff.model import (
    Band,
    Coverage,
    Document,
    OrderDoubt,
    PeerComparison,
    PeerMeasure,
    SourcedComparison,
)
from policydiff.report import page as shown
from policydiff.report.catalog import N_, Catalog
from policydiff.report.comparison_page import (
    beside_told,
    doubts,
    left_within,
    missing,
    own_measures,
    rows_changed,
    strip,
    taken,
    to_judge,
)
from policydiff.report.comparison_tables import coverage_table, sentences_table
from policydiff.report.comparison_view import ComparisonView, Sentence, in_short, several_view
from policydiff.report.document_page import documents_of, known_of, notice, side, unread_of
from policydiff.report.outline import Outline, anchor
from policydiff.report.page import NUMBER, TEXT, Entry, Field, Figure, Findings, Made, Page, Table
from policydiff.report.pictures import COVERAGE_SIGNS, flow
from policydiff.report.runs import Cell, Mark, Run, badge, cell, strung, unbroken
from policydiff.report.words import COVERAGE, legend, measure_figures, measures_told


def sourced_page(comparison: SourcedComparison, say: Catalog) -> Page:
    """Return the report: the share that comes from the superiors, the lists of a comparison over all of them, then sentence by sentence."""
    local, *superiors = documents_of(comparison, len(comparison.comparisons) + 1)
    view = several_view(comparison, local, *superiors)
    given = [each.superior for each in comparison.comparisons]
    above = tuple(
        side(say("Superior document {n}", n=index), reference, document, say)
        for index, (reference, document) in enumerate(zip(given, superiors, strict=True), 1)
    )
    sides = (side(say("Local document"), comparison.local, local, say), *above)
    counted = [each for each in view.sentences if each.is_counted]
    bands = Counter(each.given.band for each in counted)
    new = [measure for measure in view.own if measure.is_new]
    outside = sum(is_own(each.given) for each in counted) - sum(measure.own for measure in view.own)
    own, *in_part = own_measures(view, say)
    return Page(
        name="sourced",
        title=say("Comparison with several superior documents"),
        sides=sides,
        lead=measures_told(comparison.comparisons, len(new), sum(each.is_doubted for each in new), say),
        answers=(
            say(
                "Of the local sentences ({total}), {sure} can be traced to one of the {documents} superior documents and"
                " {unlikely} to none of them; a person must judge {possible}.",
                total=len(counted),
                documents=len(given),
                **{band.value: bands[band] for band in Band},
            ),
            *beside_told(view, outside, say),
        ),
        reading=(
            *_beside(above, comparison.doubts, say),
            *(
                (f"{role} [{index}]", words)
                for index, each in enumerate(comparison.comparisons, 1)
                for role, words in doubts(each, say)
            ),
            *chain.from_iterable(
                known_of(each.role, document, say)
                for each, document in zip(sides, (local, *superiors), strict=True)
            ),
        ),
        findings=(
            taken(view, say),
            *rows_changed(view, say),
            own,
            _missing(comparison, view, above, say),
            *in_part,
            *left_within(view, say),
            *to_judge(view, say),
        ),
        figures=measure_figures(comparison.comparisons, len(new), say),
        pictures=(strip(view, say), *_flow(counted, above, say)),
        tables=(
            _superiors(comparison, view, above, say),
            sentences_table(view, say, [role.title for role in above]),
            coverage_table(view, say),
        ),
        main="sentences",
        legend=legend("comparison", say),
        notice=notice(say, judged=True),
    )


def _beside(
    sides: tuple[shown.Side, ...], doubts: Sequence[OrderDoubt | None], say: Catalog
) -> Iterator[tuple[str, str]]:
    """Yield the doubts whether documents can be compared, each with the role of its document."""
    told = {
        OrderDoubt.VERSIONS: say(
            "a version of it is among the others: the text before a revision is given as such, not beside the revised one"
        ),
        OrderDoubt.SWAPPED: say(
            "another document here rests on it: it is their superior, and no document of their level"
        ),
    }
    for role, doubt in zip(sides, doubts, strict=False):
        if doubt is not None:
            yield role.role, told[doubt]


def _missing(
    comparison: SourcedComparison, view: ComparisonView, above: tuple[shown.Side, ...], say: Catalog
) -> Findings:
    """Return the measures not taken up; a superior without any adopted measure is summed up in a sentence."""
    every = missing(view, say)
    untouched = {
        index: each.summary.measures.omitted
        for index, each in enumerate(comparison.comparisons)
        if each.summary.measures.omitted and not each.summary.measures.adopted
    }
    titles = {above[index].title for index in untouched}
    rest = missing(
        view._replace(covered=tuple(each for each in view.covered if each.document not in titles)), say
    )
    if len(rest.entries) == len(every.entries):
        return every
    told = (
        say(
            "measures of [{number}] {title}, of which none is adopted: {n}",
            n=number,
            number=index + 1,
            title=above[index].title,
        )
        for index, number in untouched.items()
    )
    return rest._replace(total=every.number, others=say.semicolon.join(told))


def _flow(counted: list[Sentence], above: tuple[shown.Side, ...], say: Catalog) -> tuple[shown.Flow, ...]:
    targets = list(dict.fromkeys(each.chapter for each in counted))
    number = Counter(
        (each.source.number - 1, targets.index(each.chapter))
        for each in counted
        if each.source and each.given.band is Band.SURE
    )
    sources = [f"[{index}] {role.title}" for index, role in enumerate(above, 1)]
    head = (say("Superior document"), say("Local chapter"), say("Sentences"))
    return flow(
        say("From the superior documents to the local chapters, in sentences"), sources, targets, number, head
    )


def _superiors(
    comparison: SourcedComparison, view: ComparisonView, above: tuple[shown.Side, ...], say: Catalog
) -> Table:
    best = Counter(
        each.source.number - 1
        for each in view.sentences
        if each.is_counted and each.source and each.given.band is Band.SURE
    )

    def measures(index: int, status: Coverage) -> int:
        return int(getattr(comparison.comparisons[index].summary.measures, status))

    def share(index: int) -> str:
        return f"{comparison.comparisons[index].summary.counted_share * 100:.0f}%"

    fields = (
        Field("#", 4, lambda index: index + 1),
        Field(say("Superior document"), 46, lambda index: above[index].title, TEXT),
        Field(say("Best source"), 10, lambda index: best[index], NUMBER),
        Field(say("Counted"), 10, share, NUMBER),
        *(Field(say(COVERAGE[status]), 10, partial(measures, status=status), NUMBER) for status in Coverage),
    )
    note = say(
        "Counted shares are of the local sentences, against each superior document alone; best source: counted sentences"
        " that it explains better than the others do; then its measures by coverage."
    )
    title = say("What each superior document gave")
    return shown.tabled("superiors", title, range(len(above)), fields, Made(weight=2), note=note)


_PLACES_SHOWN = 2
"""Most places named in one cell of the matrix."""
_SAID = {"all": N_("in all"), "some": N_("in some"), "none": N_("in none")}


class _Measured(NamedTuple):
    """A measure that is looked for in each document."""

    measure: PeerMeasure
    anchor: str
    place: str
    sayers: tuple[int, ...]
    """Numbers of the documents that contain the measure, from 1."""

    @property
    def said(self) -> str:
        """Whether all documents contain the measure, some or none."""
        everyone = len(self.sayers) == len(self.measure.cells)
        return "all" if everyone else "some" if self.sayers else "none"

    @property
    def short(self) -> str:
        """First words of the measure."""
        return in_short("", self.measure.text)


def peer_page(comparison: PeerComparison, say: Catalog) -> Page:
    """Return the report: counts for each document, the heat map, then the matrix with addresses."""
    number = len(comparison.documents)
    *documents, superior = documents_of(comparison, number + 1, least=number)
    outlines, above = [Outline(document) for document in documents], Outline(superior)
    roles = zip(_called(documents, say), comparison.documents, documents, strict=True)
    own = tuple(side(called, reference, document, say) for called, reference, document in roles)
    measures = [
        _measured(each, index, outlines, above, own) for index, each in enumerate(comparison.measures, 1)
    ]
    said = Counter(each.said for each in measures)
    role = say("Superior document")
    return Page(
        name="peers",
        title=say("Measures across documents"),
        sides=(*own, side(role, comparison.superior, superior, say)) if comparison.superior else own,
        lead=say(
            "All {documents} documents hold {all} of {total} measures, some of them hold {some}, none holds {none} for sure.",
            total=len(measures),
            documents=number,
            **{kind: said[kind] for kind in _SAID},
        ),
        findings=_said_by(measures, own, say),
        figures=tuple(
            Figure(say(label), said[kind], kind, f"measures:said={kind}") for kind, label in _SAID.items()
        ),
        pictures=(_heat(measures, own, say),),
        tables=(_documents(comparison, own, say), _matrix(measures, own, outlines, say)),
        main="measures",
        legend=legend("peers", say),
        notice=notice(say, judged=True),
        reading=(
            *_beside(own, comparison.doubts, say),
            *(
                told
                for text, reference in zip(own, comparison.documents, strict=True)
                for told in unread_of(text.role, reference, say)
            ),
            *(unread_of(role, comparison.superior, say) if comparison.superior else ()),
        ),
    )


def _called(documents: Sequence[Document | None], say: Catalog) -> list[str]:
    """Return the name of each document's area; numbers instead if any area is unknown or occurs twice."""
    areas = [area_name(each.jurisdiction or "") if each else None for each in documents]
    if len({*areas, None}) <= len(areas):
        return [say("Document {n}", n=number) for number in range(1, len(areas) + 1)]
    return [*filter(None, areas)]


def _measured(
    measure: PeerMeasure, index: int, outlines: list[Outline], above: Outline, sides: Sequence[shown.Side]
) -> _Measured:
    own = above if measure.document is None else outlines[measure.document]
    place = own.place(measure.clause).address
    return _Measured(
        measure,
        f"{anchor('m', measure.clause)}-{index}",
        place if measure.document is None else f"{sides[measure.document].role} {place}",
        tuple(n for n, each in enumerate(measure.cells, 1) if each.status is Coverage.ADOPTED),
    )


def _said_by(measures: list[_Measured], own: Sequence[shown.Side], say: Catalog) -> tuple[Findings, ...]:
    lists = {
        "all": say("In every document"),
        "some": say("In some documents"),
        "none": say("In none for sure"),
    }

    def who(each: _Measured) -> Cell:
        return (Run(f" {say.joined(*(own[number - 1].role for number in each.sayers))}", Mark.MUTED),)

    found = []
    for name, title in lists.items():
        entries = tuple(
            Entry(
                (*cell(each.short), *(who(each) if name == "some" else ())),
                unbroken(each.place),
                each.anchor,
                name,
            )
            for each in measures
            if each.said == name
        )
        found.append(Findings(name, title, entries, link=f"measures:said={name}", empty=say("none")))
    return tuple(found)


def _documents(comparison: PeerComparison, own: tuple[shown.Side, ...], say: Catalog) -> Table:
    def counted(index: int, status: Coverage) -> int:
        return sum(each.cells[index].status is status for each in comparison.measures)

    fields = (
        Field("#", 4, lambda index: index + 1),
        Field(say("Document"), 66, lambda index: own[index].title, TEXT),
        *(Field(say(COVERAGE[status]), 10, partial(counted, status=status), NUMBER) for status in Coverage),
    )
    return shown.tabled("documents", say("Measures by document"), range(len(own)), fields, Made(weight=2))


def _heat(measures: list[_Measured], own: tuple[shown.Side, ...], say: Catalog) -> shown.Strip:
    lines = []
    for each in measures:
        cells = tuple(
            shown.StripCell(
                str(answer.status),
                each.anchor,
                say.joined(each.short, role.title, say(COVERAGE[answer.status])),
            )
            for answer, role in zip(each.measure.cells, own, strict=True)
        )
        lines.append(shown.StripLine(f"{each.place} {each.short}".strip(), each.anchor, cells))
    return shown.Strip(
        "heat",
        say("Which document says which measure"),
        say("Measure"),
        (),
        tuple(lines),
        columns=tuple(role.role for role in own),
        table="measures",
    )


def _matrix(
    measures: list[_Measured], own: tuple[shown.Side, ...], outlines: list[Outline], say: Catalog
) -> Table:
    def answer(each: _Measured, number: int) -> Cell:
        """Return sign and label of the coverage, then the addresses."""
        given = each.measure.cells[number]
        is_quoted = each.measure.document == number
        status = Coverage.ADOPTED if is_quoted else given.status
        word = say("quoted") if is_quoted else say(COVERAGE[status])
        clauses = () if is_quoted or status is Coverage.OMITTED else given.clauses[:_PLACES_SHOWN]
        places = dict.fromkeys(unbroken(outlines[number].place(clause).address) for clause in clauses)
        return strung(((badge(f"{COVERAGE_SIGNS[status]} {word}", status),), cell(say.joined(*places))))

    def weight(each: _Measured) -> int:
        return 2 if any(given.status is not Coverage.OMITTED for given in each.measure.cells) else 1

    width = max(10, 60 // max(1, len(own)))
    fields = (
        Field(
            say("Measure"), 40, lambda each: shown.placed(unbroken(each.place), cell(each.measure.text)), TEXT
        ),
        *(
            Field(role.role, width, partial(answer, number=at), full=f"{role.role} {role.title}")
            for at, role in enumerate(own)
        ),
    )
    said = Counter(each.said for each in measures)
    return shown.tabled(
        "measures",
        say("Measure by measure"),
        measures,
        fields,
        Made(
            lambda each: each.said,
            lambda each: each.anchor,
            weight=weight,
            facets=lambda each: (("said", each.said),),
        ),
        facets=shown.facet("said", say("Said"), _SAID, said, say),
    )

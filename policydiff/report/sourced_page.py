"""The page of a comparison with several superior documents: what each gave, and what comes from none."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from policydiff.model import (
    Band,
    Comparison,
    Coverage,
    Document,
    SentenceKind,
    SentenceOrigin,
    SourcedComparison,
)
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import in_short, whole_words
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
    Flow,
    Made,
    Page,
    Ribbon,
    Row,
    Side,
    Table,
    placed,
    tabled,
)
from policydiff.report.runs import Cell, badge, cell, marked, unbroken
from policydiff.report.words import BANDS, COVERAGE, sourced_legend


def sourced_page(
    comparison: SourcedComparison, local: Document | None, superiors: Sequence[Document | None], say: Catalog
) -> Page:
    """Return the report: shares per superior, then sentence by sentence where each comes from."""
    here = Outline(local)
    there = [Outline(document) for document in superiors]
    sides = _sides(comparison, local, superiors, say)
    return Page(
        name="sourced",
        title=say("Comparison with several superior documents"),
        sides=sides,
        lead=_lead(comparison, say),
        findings=(_from_none(comparison, here, say),),
        figures=_figures(comparison, sides[1:], say),
        pictures=_flow(comparison, sides[1:], here, say),
        tables=(_superiors(comparison, sides[1:], say), _origins(comparison, here, there, say)),
        main="origins",
        legend=sourced_legend(say),
        notice=notice(say, judged=True),
    )


def _sides(
    comparison: SourcedComparison,
    local: Document | None,
    superiors: Sequence[Document | None],
    say: Catalog,
) -> tuple[Side, ...]:
    return (
        side(say("Local document"), comparison.local, local, say),
        *(
            side(say("Superior document {n}", n=index), each.superior, document, say)
            for index, (each, document) in enumerate(zip(comparison.comparisons, superiors, strict=True), 1)
        ),
    )


def _counted(comparison: SourcedComparison) -> list[SentenceOrigin]:
    return [each for each in comparison.origins if each.kind is SentenceKind.SENTENCE]


def _lead(comparison: SourcedComparison, say: Catalog) -> str:
    origins = _counted(comparison)
    found = [origin for origin in origins if origin.comparison is not None]
    return say(
        "Of {total} local sentences {found} come from one of {documents} superior documents ({sure} of them counted"
        " as adopted), {none} from none.",
        total=len(origins),
        found=len(found),
        documents=len(comparison.comparisons),
        sure=sum(origin.band is Band.SURE for origin in found),
        none=len(origins) - len(found),
    )


def _best(comparison: SourcedComparison, index: int) -> int:
    return sum(origin.comparison == index for origin in _counted(comparison))


def _figures(comparison: SourcedComparison, above: Sequence[Side], say: Catalog) -> tuple[Figure, ...]:
    none = sum(origin.comparison is None for origin in _counted(comparison))
    return (
        *(
            Figure(role.role, _best(comparison, index), "adopted", f"origins:source={index + 1}")
            for index, role in enumerate(above)
        ),
        Figure(say("from none"), none, "own", "origins:source=none"),
    )


def _from_none(comparison: SourcedComparison, here: Outline, say: Catalog) -> Findings:
    entries = tuple(
        Entry(
            cell(in_short("", origin.text)),
            unbroken(here.place(origin.clause).address),
            _anchor(index, origin),
            "own",
        )
        for index, origin in enumerate(comparison.origins)
        if origin.comparison is None and origin.kind is SentenceKind.SENTENCE
    )
    return Findings(
        "own",
        say("Local sentences from none of them"),
        entries,
        link="origins:source=none",
        empty=say("every sentence comes from one of them"),
    )


def _flow(
    comparison: SourcedComparison, above: Sequence[Side], here: Outline, say: Catalog
) -> tuple[Flow, ...]:
    chapters = [here.chapter_title(here.place(origin.clause).chapter) for origin in comparison.origins]
    targets = list(dict.fromkeys(chapters))
    number: dict[tuple[int, int], int] = {}
    for origin, chapter in zip(comparison.origins, chapters, strict=True):
        if origin.comparison is not None and origin.kind is SentenceKind.SENTENCE:
            ends = origin.comparison, targets.index(chapter)
            number[ends] = number.get(ends, 0) + 1
    if not number or len(targets) < 2:
        return ()
    return (
        Flow(
            "flow",
            say("From the superior documents to the local chapters"),
            tuple(f"[{index}] {role.title}" for index, role in enumerate(above, 1)),
            tuple(targets),
            tuple(Ribbon(*ends, count) for ends, count in sorted(number.items())),
            (say("Superior document"), say("Local chapter"), say("Sentences")),
        ),
    )


def _superiors(comparison: SourcedComparison, above: Sequence[Side], say: Catalog) -> Table:
    pairs = enumerate(zip(comparison.comparisons, above, strict=True))
    fields = (
        Field("#", 4, lambda each: each[0] + 1),
        Field(say("Superior document"), 46, lambda each: each[1][1].title, TEXT),
        Field(say("Best source"), 10, lambda each: _best(comparison, each[0]), NUMBER),
        Field(say("Counted"), 10, lambda each: f"{each[1][0].summary.counted_share * 100:.0f}%", NUMBER),
        *(Field(say(COVERAGE[status]), 10, partial(_clauses, status=status), NUMBER) for status in Coverage),
    )
    note = say(
        "Counted shares are of the local sentences, against each superior document alone; best source: sentences"
        " that it explains better than the others do; then its clauses by coverage."
    )
    return tabled(
        "superiors", say("What each superior document gave"), pairs, fields, Made(weight=2), note=note
    )


def _clauses(each: tuple[int, tuple[Comparison, Side]], status: Coverage) -> int:
    return int(getattr(each[1][0].summary, f"clauses_{status}"))


class _Origin(NamedTuple):
    """A local sentence with the best source of all superior documents."""

    origin: SentenceOrigin
    anchor: str
    address: str
    chapter: str
    number: str
    """Number of the superior document, empty where none explains the sentence."""
    words: Cell
    above: Cell
    place: str


def _told(comparison: SourcedComparison, here: Outline, there: Sequence[Outline]) -> list[_Origin]:
    told = []
    for index, origin in enumerate(comparison.origins):
        place = here.place(origin.clause)
        name, chapter = _anchor(index, origin), here.chapter_title(place.chapter)
        number = str(origin.comparison + 1) if origin.comparison is not None else ""
        found = _found(comparison, index, there)
        told.append(_Origin(origin, name, place.address, chapter, number, *found))
    return told


def _anchor(index: int, origin: SentenceOrigin) -> str:
    return f"{anchor('o', origin.clause)}-{index + 1}"


def _origins(comparison: SourcedComparison, here: Outline, there: Sequence[Outline], say: Catalog) -> Table:
    told = _told(comparison, here, there)

    def certainty(each: _Origin) -> str:
        return say(BANDS[each.origin.band]) if each.number else say("from none")

    def source(each: _Origin) -> str:
        """Return number and title: a table that is sent alone must say what it speaks of."""
        if each.origin.comparison is None:
            return ""
        reference = comparison.comparisons[each.origin.comparison].superior
        return f"{each.number} {reference.title or reference.file or reference.id or ''}".strip()

    title = say("Where each sentence comes from")
    flat = (
        Field(say("Local clause"), 9, lambda each: each.address),
        Field(say("Local text"), 31, lambda each: each.words, TEXT),
        Field(say("Superior document"), 12, source, TEXT),
        Field(say("Superior text"), 31, lambda each: each.above, TEXT),
        Field(say("Superior clause"), 9, lambda each: each.place),
        Field(say("Certainty"), 5, certainty),
        Field(say("Score"), 4, lambda each: f"{each.origin.score:.2f}", NUMBER),
    )
    none = sum(origin.comparison is None for origin in _counted(comparison))
    choices = [
        (str(index + 1), say("Superior document {n}", n=index + 1), _best(comparison, index))
        for index in range(len(comparison.comparisons))
    ]
    return Table(
        "origins",
        title,
        (
            Column(say("Local document"), 44, is_text=True),
            Column(say("Superior document"), 44, is_text=True),
            Column(say("Judgement"), 12),
        ),
        tuple(
            Row(
                (
                    placed(unbroken(each.address), each.words),
                    placed(f"[{each.number}] {unbroken(each.place)}", each.above) if each.number else (),
                    (badge(certainty(each), each.origin.band if each.number else "added"),),
                ),
                each.origin.band if each.number else "none",
                2 if each.number else 0,
                each.anchor,
                each.chapter,
                facets=(("source", each.number or "none"),),
            )
            for each in told
        ),
        note=say("Words that both texts share are marked, words left out are struck through."),
        facets=(Facet("source", say("Source"), (*choices, ("none", say("from none"), none))),),
        is_parallel=True,
        fold="unsourced",
        counted=len(_counted(comparison)),
        flat=tabled("origins", title, told, flat),
    )


def _found(comparison: SourcedComparison, index: int, there: Sequence[Outline]) -> tuple[Cell, Cell, str]:
    """Return the local words, those of the best source with what both share marked, and its place."""
    origin: SentenceOrigin = comparison.origins[index]
    if origin.comparison is None:
        return cell(origin.text), (), ""
    sentence = comparison.comparisons[origin.comparison].sentences[index]
    if not sentence.sources:
        return cell(origin.text), (), ""
    best = sentence.sources[0]
    spans = whole_words(best.spans, origin.text, best.text)
    return (
        marked(origin.text, ((span.local_start, span.local_end) for span in spans)),
        marked(best.text, ((span.source_start, span.source_end) for span in spans)),
        there[origin.comparison].place(best.clause).address,
    )

"""The page of a comparison with several superior documents: what each gave, and what comes from none."""

from collections.abc import Sequence

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
    Column,
    Entry,
    Facet,
    Figure,
    Findings,
    Flow,
    Page,
    Ribbon,
    Row,
    Side,
    Table,
    placed,
    text_row,
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
            f"{anchor('o', origin.clause)}-{index + 1}",
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
    return Table(
        "superiors",
        say("What each superior document gave"),
        (
            Column("#", 4),
            Column(say("Superior document"), 46, is_text=True),
            Column(say("Best source"), 10, is_number=True),
            Column(say("Counted"), 10, is_number=True),
            *(Column(say(COVERAGE[status]), 10, is_number=True) for status in Coverage),
        ),
        tuple(
            text_row(
                str(index + 1),
                role.title,
                str(_best(comparison, index)),
                f"{each.summary.counted_share * 100:.0f}%",
                *(str(_clauses(each, status)) for status in Coverage),
                weight=2,
            )
            for index, (each, role) in enumerate(zip(comparison.comparisons, above, strict=True))
        ),
        note=say(
            "Counted shares are of the local sentences, against each superior document alone; best source: sentences"
            " that it explains better than the others do; then its clauses by coverage."
        ),
    )


def _clauses(comparison: Comparison, status: Coverage) -> int:
    summary = comparison.summary
    return {
        Coverage.ADOPTED: summary.clauses_adopted,
        Coverage.TOUCHED: summary.clauses_touched,
        Coverage.OMITTED: summary.clauses_omitted,
    }[status]


def _origins(comparison: SourcedComparison, here: Outline, there: Sequence[Outline], say: Catalog) -> Table:
    rows = []
    flat = []
    for index, origin in enumerate(comparison.origins):
        words, above, place = _found(comparison, index, there)
        number = str(origin.comparison + 1) if origin.comparison is not None else ""
        certainty = say(BANDS[origin.band]) if number else say("from none")
        address = here.place(origin.clause).address
        name = f"{anchor('o', origin.clause)}-{index + 1}"
        weight = 2 if number else 0
        rows.append(
            Row(
                (
                    placed(unbroken(address), words),
                    placed(f"[{number}] {unbroken(place)}", above) if number else (),
                    (badge(certainty, origin.band if number else "added"),),
                ),
                origin.band if number else "none",
                weight,
                name,
                here.chapter_title(here.place(origin.clause).chapter),
                facets=(("source", number or "none"),),
            )
        )
        named = _named(comparison, origin.comparison) if origin.comparison is not None else ""
        flat.append(
            Row(
                (
                    cell(address),
                    words,
                    cell(named),
                    above,
                    cell(place),
                    cell(certainty),
                    cell(f"{origin.score:.2f}"),
                ),
                rows[-1].kind,
                weight,
                name,
            )
        )
    choices = [
        (str(index + 1), say("Superior document {n}", n=index + 1), _best(comparison, index))
        for index in range(len(comparison.comparisons))
    ]
    none = sum(origin.comparison is None for origin in _counted(comparison))
    title = say("Where each sentence comes from")
    return Table(
        "origins",
        title,
        (
            Column(say("Local document"), 44, is_text=True),
            Column(say("Superior document"), 44, is_text=True),
            Column(say("Judgement"), 12),
        ),
        tuple(rows),
        note=say("Words that both texts share are marked, words left out are struck through."),
        facets=(Facet("source", say("Source"), (*choices, ("none", say("from none"), none))),),
        is_parallel=True,
        fold="unsourced",
        counted=len(_counted(comparison)),
        flat=Table(
            "origins",
            title,
            (
                Column(say("Local clause"), 9),
                Column(say("Local text"), 31, is_text=True),
                Column(say("Superior document"), 12, is_text=True),
                Column(say("Superior text"), 31, is_text=True),
                Column(say("Superior clause"), 9),
                Column(say("Certainty"), 5),
                Column(say("Score"), 4, is_number=True),
            ),
            tuple(flat),
        ),
    )


def _named(comparison: SourcedComparison, index: int) -> str:
    """Return number and title: a table that is sent alone must say what it speaks of."""
    reference = comparison.comparisons[index].superior
    return f"{index + 1} {reference.title or reference.file or reference.id or ''}".strip()


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

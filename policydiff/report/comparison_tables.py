"""The tables of a comparison.

Sentence by sentence, clause by clause, figures, burdens and bodies beside each other.
"""

from collections import Counter
from collections.abc import Iterable

from policydiff.model import Band, Coverage, Relation, SeenIn
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_lists import judged, to_check
from policydiff.report.comparison_view import (
    ComparisonView,
    Covered,
    Sentence,
)
from policydiff.report.figures_told import (
    BodyRow,
    DutyRow,
    Quoted,
    TargetRow,
)
from policydiff.report.half_sentences import lines, touched
from policydiff.report.page import (
    Column,
    Facet,
    Row,
    Table,
    placed,
)
from policydiff.report.runs import Cell, Mark, Run, badge, cell, unbroken
from policydiff.report.words import (
    BANDS,
    BURDEN_CHANGES,
    BURDEN_KINDS,
    COVERAGE,
    EFFECT_ORDER,
    EFFECTS,
    RELATIONS,
    TARGET_CHANGES,
)

_ROW_WEIGHT = {Band.SURE: 2, Band.POSSIBLE: 2, Band.UNLIKELY: 0}


def sentences_table(view: ComparisonView, say: Catalog) -> Table:
    """Return every unit of the local document with its source and what differs."""
    rows = tuple(_sentence(sentence, say) for sentence in view.sentences)
    counted = [each for each in view.sentences if each.is_counted]
    bands = Counter(each.band for each in counted)
    relations = Counter(each.relation for each in counted)
    effects = Counter(each.effect for each in counted)
    facets = (
        Facet("band", say("Certainty"), tuple((band, say(BANDS[band]), bands[band]) for band in Band)),
        Facet(
            "effect",
            say("Effect"),
            tuple((name, say(EFFECTS[name]), effects[name]) for name in EFFECT_ORDER if effects[name]),
        ),
        Facet(
            "relation",
            say("Relation"),
            tuple((name, say(RELATIONS[name]), relations[name]) for name in Relation),
        ),
    )
    return Table(
        "sentences",
        say("Sentence by sentence"),
        (
            Column(say("Local document"), 43, is_text=True),
            Column(say("Superior document"), 43, is_text=True),
            Column(say("Judgement"), 14),
        ),
        rows,
        note=say("Words that both texts share are marked, words left out are struck through."),
        facets=tuple(facet for facet in facets if facet.choices),
        is_parallel=True,
        fold="unsourced",
        flat=_flat(view, say),
        counted=len(counted),
    )


def _sentence(sentence: Sentence, say: Catalog) -> Row:
    derived = sentence.band is not Band.UNLIKELY
    source = sentence.source if derived else None
    return Row(
        (
            placed(unbroken(sentence.place.text), sentence.words),
            placed(unbroken(source.place.text), source.words, link=source.place.anchor) if source else (),
            _remark(sentence, say),
        ),
        kind=sentence.effect or sentence.relation,
        weight=max(_ROW_WEIGHT[sentence.band], sentence.seen_in is not None) if sentence.is_counted else 0,
        anchor=sentence.anchor,
        group=sentence.chapter,
        facets=(
            ("band", sentence.band if sentence.is_counted else "none"),
            ("effect", sentence.effect or ""),
            ("relation", sentence.relation if sentence.is_counted else "none"),
        ),
    )


def _remark(sentence: Sentence, say: Catalog) -> Cell:
    if not sentence.is_counted:
        return cell(say("heading or note: not counted"), Mark.MUTED)
    runs: list[Run] = [judged(sentence, say)]
    if sentence.band is Band.POSSIBLE:
        runs += [Run("\n"), Run(say(BANDS[sentence.band]), Mark.MUTED)]
    touches = touched(sentence.signals, say)
    if touches:
        runs += [Run("\n"), *touches]
    if sentence.band is Band.UNLIKELY:
        if sentence.source:
            runs += [
                Run("\n"),
                Run(say("closest: "), Mark.MUTED),
                Run(unbroken(sentence.source.place.text), Mark.PLACE, sentence.source.place.anchor),
            ]
        if sentence.seen_in:
            runs += [Run("\n"), Run(seen_first(sentence.seen_in, say))]
        return tuple(runs)
    for index, other in enumerate(sentence.others):
        runs += [
            Run(say.comma) if index else Run(say("\nsee also "), Mark.MUTED),
            Run(unbroken(other.text), Mark.PLACE, other.anchor),
        ]
    return tuple(runs)


def seen_first(seen: SeenIn, say: Catalog) -> str:
    """Return which earlier document of a neighbour has a sentence too."""
    document = seen.document
    name = document.title or document.name or ""
    day = document.issued.isoformat() if document.issued else ""
    return say("seen first in 《{title}》 ({day})", title=name, day=day)


def _flat(view: ComparisonView, say: Catalog) -> Table:
    """Every local sentence, then every superior clause that is not taken up, one fact a column."""
    local = view.comparison.local.title or view.comparison.local.file or ""
    superior = view.comparison.superior.title or view.comparison.superior.file or ""
    columns = (
        Column(say("Local document"), 8),
        Column(say("Local clause"), 7),
        Column(say("Clause id"), 6),
        Column(say("Local text"), 24, is_text=True),
        Column(say("Superior document"), 8),
        Column(say("Superior clause"), 7),
        Column(say("Superior text"), 24, is_text=True),
        Column(say("Relation"), 5),
        Column(say("Effect"), 4),
        Column(say("Certainty"), 5),
        Column(say("Differences"), 12, is_text=True),
        Column(say("Score"), 4, is_number=True),
        Column(say("Seen first"), 8),
    )
    rows = [
        _flat_sentence(sentence, local, superior, say) for sentence in view.sentences if sentence.is_counted
    ]
    rows += [
        Row(
            (
                (),
                (),
                (),
                (),
                cell(superior),
                cell(clause.address),
                cell(clause.text),
                cell(say(COVERAGE[clause.status])),
                (),
                (),
                (),
                (),
                (),
            ),
            kind=clause.status,
            anchor=clause.anchor,
        )
        for clause in view.covered
        if clause.status is Coverage.OMITTED and clause.text
    ]
    return Table("sentences", say("Sentence by sentence"), columns, tuple(rows))


def _flat_sentence(sentence: Sentence, local: str, superior: str, say: Catalog) -> Row:
    source = sentence.source if sentence.band is not Band.UNLIKELY else None
    return Row(
        (
            cell(local),
            cell(sentence.place.text),
            cell(sentence.clause),
            sentence.words,
            cell(superior if source else ""),
            cell(source.place.text if source else ""),
            source.words if source else (),
            cell(say(RELATIONS[sentence.relation])),
            cell(say(EFFECTS[sentence.effect]) if sentence.effect else ""),
            cell(say(BANDS[sentence.band])),
            lines(sentence.signals, say),
            cell(f"{sentence.score:.2f}"),
            cell(seen_first(sentence.seen_in, say) if sentence.seen_in else ""),
        ),
        kind=sentence.effect or sentence.relation,
        anchor=sentence.anchor,
    )


def coverage_table(view: ComparisonView, say: Catalog) -> Table:
    """Return every clause of the superior document with what became of it."""
    statuses = Counter(clause.status for clause in view.covered)
    measures = Counter(clause.status for clause in view.covered if clause.is_measure)
    choices = [
        (f"{status}-measure", say("{status} (measures)", status=say(COVERAGE[status])), measures[status])
        for status in Coverage
    ]
    choices += [(str(status), say(COVERAGE[status]), statuses[status]) for status in Coverage]
    return Table(
        "coverage",
        say("The superior document clause by clause"),
        (
            Column(say("Superior document"), 62, is_text=True),
            Column(say("Coverage"), 12),
            Column(say("Taken up in"), 26),
        ),
        tuple(_covered(clause, say) for clause in view.covered),
        facets=(Facet("status", say("Coverage"), tuple(choice for choice in choices if choice[2])),),
        fold="taken",
    )


def _covered(clause: Covered, say: Catalog) -> Row:
    by: list[Run] = []
    for index, link in enumerate(clause.by):
        by += [Run(say.comma)] if index else []
        by.append(Run(unbroken(link.text), Mark.PLACE, link.anchor))
    facets = f"{clause.status} {clause.status}-measure" if clause.is_measure else str(clause.status)
    return Row(
        (
            placed(unbroken(clause.address), cell(clause.text)),
            (
                badge(say(COVERAGE[clause.status]), clause.status),
                *cell(say("\nmeasure") if clause.is_measure else "", Mark.MUTED),
                *cell(_share(clause, say), Mark.MUTED),
            ),
            tuple(by),
        ),
        kind=clause.status,
        weight=2 if clause.status is Coverage.OMITTED else 0,
        anchor=clause.anchor,
        group=clause.chapter,
        facets=(("status", facets),),
    )


def _share(clause: Covered, say: Catalog) -> str:
    """Return how much of a clause that is taken in part was taken: 1 of 10 sentences and 4 of 9 are both *touched*."""
    if clause.status is Coverage.OMITTED or not 0 < clause.taken < 1:
        return ""
    return say("\n{share} of its words", share=f"{clause.taken:.0%}")


def targets_table(rows: Iterable[TargetRow], say: Catalog) -> Table:
    """Return the figures of both documents, each with the document's words."""
    return Table(
        "targets",
        say("Figures side by side"),
        (
            Column(say("Target"), 28, is_text=True),
            Column(say("Local"), 32, is_text=True),
            Column(say("Superior"), 32, is_text=True),
            Column(say("Effect"), 8),
        ),
        tuple(
            Row(
                (
                    cell(row.metric),
                    _quoted(row.local, row.metric),
                    _quoted(row.superior, row.metric),
                    (badge(say(TARGET_CHANGES[row.change]), f"target-{row.change}"),),
                ),
                kind=row.change,
                weight=2,
                anchor=row.anchor,
            )
            for row in rows
        ),
    )


def _quoted(quoted: Quoted | None, metric: str) -> Cell:
    """Return the figure in the words of a person, its own metric where it differs, and the document's words."""
    if quoted is None:
        return cell("—", Mark.MUTED)
    own = f"{quoted.metric} " if quoted.metric and quoted.metric != metric else ""
    words = Run(f"\n{quoted.text}", Mark.MUTED) if quoted.text != quoted.said else Run("")
    return (Run(unbroken(quoted.place), Mark.PLACE), *cell(own), Run(quoted.said, Mark.STRONG), words)


def bodies_table(rows: Iterable[BodyRow], say: Catalog) -> Table:
    """Return the local bodies with their counterparts above."""
    return Table(
        "bodies",
        say("Responsible bodies"),
        (
            Column(say("Local body"), 40, is_text=True),
            Column(say("Measures led"), 10, is_number=True),
            Column(say("Measures supported"), 10, is_number=True),
            Column(say("Superior counterpart"), 40, is_text=True),
        ),
        tuple(
            Row(
                (
                    cell(body.name, link=body.anchor),
                    cell(str(body.leads)),
                    cell(str(body.supports)),
                    cell(say.joined(*body.counterparts)) or cell(_no_counterpart(body, say), Mark.MUTED),
                ),
                weight=2,
            )
            for body in rows
        ),
    )


def _no_counterpart(body: BodyRow, say: Catalog) -> str:
    return say("no body of this system in the superior document") if body.is_alone else "—"


def burdens_table(view: ComparisonView, say: Catalog) -> Table:
    """Return what the local document adds to, tightens or eases of what is asked of people, with both texts."""
    rows = []
    for index, each in enumerate(view.comparison.burdens, 1):
        above = view.superior_outline.place(each.superior_clause).address if each.superior_clause else ""
        rows.append(
            Row(
                (
                    (
                        badge(say(BURDEN_CHANGES[each.change]), each.change),
                        Run(f"\n{say(BURDEN_KINDS[each.kind])}"),
                    ),
                    placed(unbroken(view.local_outline.place(each.clause).address), cell(each.text)),
                    placed(unbroken(above), cell(each.superior_text or "")),
                    cell(to_check(each, say).strip()),
                ),
                kind=each.change,
                weight=2,
                anchor=f"b-{index}",
            )
        )
    return Table(
        "burdens",
        say("Burdens added, tightened or eased"),
        (
            Column(say("Effect"), 10),
            Column(say("Local"), 38, is_text=True),
            Column(say("Superior"), 38, is_text=True),
            Column(say("For a person to check"), 14),
        ),
        tuple(rows),
    )


def duties_table(rows: Iterable[DutyRow], say: Catalog) -> Table:
    """Return who does each measure on both sides."""
    return Table(
        "responsibilities",
        say("Responsibilities side by side"),
        (
            Column(say("Local"), 42, is_text=True),
            Column(say("Superior"), 42, is_text=True),
            Column(say("Counterparts"), 16, is_text=True),
        ),
        tuple(
            Row(
                (
                    placed(unbroken(row.local.place), cell(row.local.said)) if row.local else (),
                    placed(unbroken(row.superior.place), cell(row.superior.said)) if row.superior else (),
                    cell("\n".join(f"{local} ↔ {superior}" for local, superior in row.pairs)),
                ),
                anchor=row.anchor,
            )
            for row in rows
        ),
        is_detail=True,
    )

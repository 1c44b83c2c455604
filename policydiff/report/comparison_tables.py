"""The tables of a comparison.

Sentence by sentence, clause by clause, figures, burdens and bodies beside each other.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from policydiff.model import Band, Burden, Coverage, Relation, SeenIn
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_lists import judged, to_check
from policydiff.report.comparison_view import (
    ComparisonView,
    Covered,
    Sentence,
    Source,
)
from policydiff.report.figures_told import (
    BodyRow,
    DutyRow,
    Quoted,
    TargetRow,
)
from policydiff.report.half_sentences import lines, touched
from policydiff.report.page import (
    NUMBER,
    TEXT,
    Column,
    Facet,
    Field,
    Made,
    Row,
    Table,
    placed,
    tabled,
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
    local = view.comparison.local.title or view.comparison.local.file
    superior = view.comparison.superior.title or view.comparison.superior.file
    counted: list[tuple[Sentence | None, Covered | None]] = [
        (each, None) for each in view.sentences if each.is_counted
    ]
    counted += [(None, each) for each in view.covered if each.status is Coverage.OMITTED and each.text]

    def own(of: Callable[[Sentence], Cell | str | None]) -> Callable[[Any], Cell | str | None]:
        return lambda pair: of(pair[0]) if pair[0] else None

    def source(pair: Any) -> Source | None:
        return pair[0].source if pair[0] and pair[0].band is not Band.UNLIKELY else None

    def above(
        of: Callable[[Source], Cell | str], left: Callable[[Covered], str | None]
    ) -> Callable[[Any], Any]:
        return lambda pair: left(pair[1]) if pair[1] else of(found) if (found := source(pair)) else None

    fields = (
        Field(say("Local document"), 8, own(lambda _: local)),
        Field(say("Local clause"), 7, own(lambda each: each.place.text)),
        Field(say("Clause id"), 6, own(lambda each: each.clause)),
        Field(say("Local text"), 24, own(lambda each: each.words), TEXT),
        Field(say("Superior document"), 8, above(lambda _: superior or "", lambda _: superior)),
        Field(say("Superior clause"), 7, above(lambda found: found.place.text, lambda left: left.address)),
        Field(say("Superior text"), 24, above(lambda found: found.words, lambda left: left.text), TEXT),
        Field(
            say("Relation"),
            5,
            lambda pair: say(RELATIONS[pair[0].relation] if pair[0] else COVERAGE[pair[1].status]),
        ),
        Field(say("Effect"), 4, own(lambda each: say(EFFECTS[each.effect]) if each.effect else None)),
        Field(say("Certainty"), 5, own(lambda each: say(BANDS[each.band]))),
        Field(say("Differences"), 12, own(lambda each: lines(each.signals, say)), TEXT),
        Field(say("Score"), 4, own(lambda each: f"{each.score:.2f}"), NUMBER),
        Field(
            say("Seen first"), 8, own(lambda each: seen_first(each.seen_in, say) if each.seen_in else None)
        ),
    )
    made = Made(
        lambda pair: str((pair[0].effect or pair[0].relation) if pair[0] else pair[1].status),
        lambda pair: (pair[0] or pair[1]).anchor,
    )
    return tabled("sentences", say("Sentence by sentence"), counted, fields, made)


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
    fields = (
        Field(say("Target"), 28, lambda row: row.metric, TEXT),
        Field(say("Local"), 32, lambda row: _quoted(row.local, row.metric), TEXT),
        Field(say("Superior"), 32, lambda row: _quoted(row.superior, row.metric), TEXT),
        Field(
            say("Effect"), 8, lambda row: (badge(say(TARGET_CHANGES[row.change]), f"target-{row.change}"),)
        ),
    )
    made = Made(lambda row: row.change, lambda row: row.anchor, weight=2)
    return tabled("targets", say("Figures side by side"), rows, fields, made)


def _quoted(quoted: Quoted | None, metric: str) -> Cell:
    """Return the figure in the words of a person, its own metric where it differs, and the document's words."""
    if quoted is None:
        return cell("—", Mark.MUTED)
    own = f"{quoted.metric} " if quoted.metric and quoted.metric != metric else ""
    words = Run(f"\n{quoted.text}", Mark.MUTED) if quoted.text != quoted.said else Run("")
    return (Run(unbroken(quoted.place), Mark.PLACE), *cell(own), Run(quoted.said, Mark.STRONG), words)


def bodies_table(rows: Iterable[BodyRow], say: Catalog) -> Table:
    """Return the local bodies with their counterparts above."""
    fields = (
        Field(say("Local body"), 40, lambda body: cell(body.name, link=body.anchor), TEXT),
        Field(say("Measures led"), 10, lambda body: body.leads, NUMBER),
        Field(say("Measures supported"), 10, lambda body: body.supports, NUMBER),
        Field(say("Superior counterpart"), 40, lambda body: _counterparts(body, say), TEXT),
    )
    return tabled("bodies", say("Responsible bodies"), rows, fields, Made(weight=2))


def _counterparts(body: BodyRow, say: Catalog) -> Cell:
    return cell(say.joined(*body.counterparts)) or cell(_no_counterpart(body, say), Mark.MUTED)


def _no_counterpart(body: BodyRow, say: Catalog) -> str:
    return say("no body of this system in the superior document") if body.is_alone else "—"


def burdens_table(view: ComparisonView, say: Catalog) -> Table:
    """Return what the local document adds to, tightens or eases of what is asked of people, with both texts."""
    here, there = view.local_outline, view.superior_outline

    def judgement(each: Burden) -> Cell:
        kind = Run(f"\n{say(BURDEN_KINDS[each.kind])}")
        return (badge(say(BURDEN_CHANGES[each.change]), each.change), kind)

    def above(each: Burden) -> Cell:
        place = there.place(each.superior_clause).address if each.superior_clause else ""
        return placed(unbroken(place), cell(each.superior_text or ""))

    fields = (
        Field(say("Effect"), 10, lambda pair: judgement(pair[1])),
        Field(
            say("Local"),
            38,
            lambda pair: placed(unbroken(here.place(pair[1].clause).address), cell(pair[1].text)),
            TEXT,
        ),
        Field(say("Superior"), 38, lambda pair: above(pair[1]), TEXT),
        Field(say("For a person to check"), 14, lambda pair: to_check(pair[1], say).strip()),
    )
    made = Made(lambda pair: pair[1].change, lambda pair: f"b-{pair[0]}", weight=2)
    burdens = enumerate(view.comparison.burdens, 1)
    return tabled("burdens", say("Burdens added, tightened or eased"), burdens, fields, made)


def duties_table(rows: Iterable[DutyRow], say: Catalog) -> Table:
    """Return who does each measure on both sides."""

    def quoted(duty: Quoted | None) -> Cell:
        return placed(unbroken(duty.place), cell(duty.said)) if duty else ()

    fields = (
        Field(say("Local"), 42, lambda row: quoted(row.local), TEXT),
        Field(say("Superior"), 42, lambda row: quoted(row.superior), TEXT),
        Field(
            say("Counterparts"),
            16,
            lambda row: "\n".join(f"{local} ↔ {superior}" for local, superior in row.pairs),
            TEXT,
        ),
    )
    made = Made(anchor=lambda row: row.anchor)
    return tabled(
        "responsibilities", say("Responsibilities side by side"), rows, fields, made, is_detail=True
    )

"""The page of a comparison: one sentence by measures, three lists beside each other, then pictures and tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from policydiff.model import Band, Burden, Comparison, Coverage, Document, Effect, OrderDoubt, Relation
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import (
    ComparisonView,
    Covered,
    Sentence,
    comparison_view,
    in_short,
)
from policydiff.report.figures_told import (
    BodyRow,
    DutyRow,
    Quoted,
    TargetRow,
    body_rows,
    duty_rows,
    target_rows,
)
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
    Strip,
    StripCell,
    StripLine,
    Table,
    placed,
)
from policydiff.report.runs import Cell, Mark, Run, badge, cell, plain, shortened, unbroken
from policydiff.report.sides import notice, side, state_of
from policydiff.report.signals_told import lines, told, weightiest
from policydiff.report.words import (
    BANDS,
    BURDEN_CHANGES,
    BURDEN_KINDS,
    COVERAGE,
    EFFECT_ORDER,
    EFFECTS,
    RELATIONS,
    TARGET_CHANGES,
    comparison_legend,
)

_ROW_WEIGHT = {Band.SURE: 2, Band.POSSIBLE: 2, Band.UNLIKELY: 0}
_GRAVE = (Effect.LOOSENED, Effect.TIGHTENED, Effect.DIFFERENT)
"""Effects that a picture shows by a shape of their own."""
_WORDS_SHOWN = 48
"""Characters of a sentence in a list."""


def comparison_page(
    comparison: Comparison, local: Document | None, superior: Document | None, say: Catalog
) -> Page:
    """Return the whole report of a comparison."""
    view = comparison_view(comparison, local, superior)
    targets, duties, bodies = target_rows(view, say), duty_rows(view, say), body_rows(comparison)
    tables = (
        _sentences(view, say),
        _coverage(view, say),
        _targets(targets, say),
        _burdens(view, say),
        _bodies(bodies, say),
        _duties(duties, say),
    )
    return Page(
        name="comparison",
        title=say("Comparison with the superior document"),
        sides=(
            side(say("Local document"), comparison.local, local, say),
            side(say("Superior document"), comparison.superior, superior, say),
        ),
        lead=_lead(view, say),
        answers=_answers(view, say),
        findings=(
            _taken(view, say),
            _own(view, say),
            _missing(view, say),
            *_figures_found(targets, say),
            *_burdens_found(view, say),
            *_to_judge(view, say),
        ),
        figures=_figures(view, say),
        pictures=(_strip(view, say), *_flow(view, say)),
        tables=tuple(table for table in tables if table.rows or table.name == "sentences"),
        main="sentences",
        legend=comparison_legend(say),
        notice=notice(say, judged=True),
        reading=_reading(view, say),
    )


def _lead(view: ComparisonView, say: Catalog) -> str:
    counted = view.measures
    return say(
        "Of {total} measures of the superior document {adopted} are adopted, {touched} touched in part and {omitted}"
        " not taken up; the local document has {own} new measures of its own.",
        total=counted.total,
        adopted=counted.adopted,
        touched=counted.touched,
        omitted=counted.omitted,
        own=counted.own,
    )


def _answers(view: ComparisonView, say: Catalog) -> tuple[str, ...]:
    summary = view.comparison.summary
    return (
        say(
            "Of {total} local sentences {sure} come from the superior document, {possible} are for a person to judge.",
            total=summary.sentences,
            sure=summary.sure,
            possible=summary.possible,
        ),
    )


def _reading(view: ComparisonView, say: Catalog) -> tuple[tuple[str, str], ...]:
    """What a reader must know of the texts before any finding: their state, and whether their order is doubtful."""
    known = []
    order = view.comparison.order
    if order is OrderDoubt.SWAPPED:
        known.append(
            (
                say("Order"),
                say("the first document looks like the superior of the second: were they swapped?"),
            )
        )
    if order is OrderDoubt.VERSIONS:
        known.append(
            (say("Order"), say("the two look like versions of one document: policydiff diff compares these"))
        )
    if not view.comparison.reading.calibrated:
        known.append(
            (
                say("Language"),
                say("scores are not measured for texts in this language: nothing is called sure"),
            )
        )
    for role, document in ((say("Local document"), view.local), (say("Superior document"), view.superior)):
        state = state_of(document, say)
        if state:
            known.append((role, state))
    return tuple(known)


def _figures(view: ComparisonView, say: Catalog) -> tuple[Figure, ...]:
    counted = view.measures
    numbers = (
        (Coverage.ADOPTED, counted.adopted),
        (Coverage.TOUCHED, counted.touched),
        (Coverage.OMITTED, counted.omitted),
    )
    return (
        *(
            Figure(say(COVERAGE[status]), number, status, f"coverage:status={status}-measure")
            for status, number in numbers
        ),
        Figure(say(RELATIONS[Relation.ADDED]), counted.own, "own", "sentences:band=unlikely"),
    )


def _judged(sentence: Sentence, say: Catalog) -> Run:
    """Return the effect of a derived sentence, its relation where the effect is not known."""
    if sentence.effect:
        return badge(say(EFFECTS[sentence.effect]), sentence.effect)
    return badge(say(RELATIONS[sentence.relation]), sentence.relation)


def _rank(sentence: Sentence) -> tuple[int, float, float]:
    """Loosened and tightened first, then by weight of the differences, then by score."""
    order = EFFECT_ORDER.index(sentence.effect) if sentence.effect else len(EFFECT_ORDER)
    is_same = not sentence.effect and sentence.relation is Relation.VERBATIM
    return order + is_same, -weightiest(sentence.signals), -sentence.score


def _taken(view: ComparisonView, say: Catalog) -> Findings:
    taken = [each for each in view.sentences if each.is_counted and each.band is Band.SURE]
    ranked = sorted(taken, key=_rank)
    return Findings(
        "taken",
        say("What was taken, and how it changed"),
        tuple(_entry(sentence, say) for sentence in ranked),
        link="sentences:band=sure",
        empty=say("no sentence is counted as adopted"),
    )


def _entry(sentence: Sentence, say: Catalog) -> Entry:
    told_of = told(sentence.signals, say, most=2, longest=24)
    words = shortened(cell(plain(sentence.words)), _WORDS_SHOWN)
    shown = (*words, Run(" "), *told_of) if told_of else words
    above = sentence.source.place.text if sentence.source else ""
    place = f"{unbroken(sentence.place.text)} ← {unbroken(above)}" if above else unbroken(sentence.place.text)
    return Entry(
        (_judged(sentence, say), Run(" "), *shown),
        place,
        sentence.anchor,
        sentence.effect or sentence.relation,
    )


def _own(view: ComparisonView, say: Catalog) -> Findings:
    entries = tuple(
        Entry(
            (
                *cell(measure.words),
                *cell(
                    ""
                    if measure.is_new
                    else say(" ({own} of {total} sentences)", own=measure.own, total=measure.total),
                    Mark.MUTED,
                ),
            ),
            unbroken(measure.place.text) if measure.place.text != measure.words else "",
            measure.place.anchor,
            "own",
        )
        for measure in view.own
    )
    return Findings(
        "own",
        say("The local document's own"),
        entries,
        link="sentences:band=unlikely",
        empty=say("nothing of its own was found"),
    )


def _missing(view: ComparisonView, say: Catalog) -> Findings:
    missing = [each for each in view.covered if each.is_measure and each.status is Coverage.OMITTED]
    ordered = sorted(missing, key=lambda each: not each.is_ordinary)
    return Findings(
        "missing",
        say("What was not taken up"),
        tuple(
            Entry(cell(in_short(each.heading, each.text)), _address(each), each.anchor, Coverage.OMITTED)
            for each in ordered
        ),
        link="coverage:status=omitted-measure",
        empty=say("every measure of the superior document is taken up"),
    )


def _address(covered: Covered) -> str:
    """Return the address without the heading that follows it in the same line."""
    address = covered.address.removesuffix(covered.heading).strip() if covered.heading else covered.address
    return unbroken(address or covered.address)


def _figures_found(targets: Sequence[TargetRow], say: Catalog) -> tuple[Findings, ...]:
    entries = tuple(
        Entry(
            (
                badge(say(TARGET_CHANGES[row.change]), f"target-{row.change}"),
                Run(f" {row.metric} "),
                *cell(row.local.said if row.local else "—", Mark.STRONG),
                Run(say(" (superior: ")),
                *cell(_above(row)),
                Run(say(")")),
            ),
            unbroken(row.local.place if row.local else row.superior.place if row.superior else ""),
            row.anchor,
            row.change,
        )
        for row in targets
    )
    if not entries:
        return ()
    return (Findings("figures", say("Figures side by side"), entries, link="targets", shown=6),)


def _above(row: TargetRow) -> str:
    if row.superior is None:
        return "—"
    return (
        row.superior.said
        if row.superior.metric == row.metric
        else f"{row.superior.metric} {row.superior.said}"
    )


def _to_judge(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    possible = [each for each in view.sentences if each.is_counted and each.band is Band.POSSIBLE]
    if not possible:
        return ()
    ranked = sorted(possible, key=lambda each: (-weightiest(each.signals), -each.score))
    return (
        Findings(
            "judge",
            say("For a person to judge"),
            tuple(_entry(each, say) for each in ranked),
            link="sentences:band=possible",
            shown=5,
        ),
    )


def _sentences(view: ComparisonView, say: Catalog) -> Table:
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
        weight=_ROW_WEIGHT[sentence.band] if sentence.is_counted else 0,
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
    runs: list[Run] = [_judged(sentence, say)]
    if sentence.band is Band.POSSIBLE:
        runs += [Run("\n"), Run(say(BANDS[sentence.band]), Mark.MUTED)]
    told_of = lines(sentence.signals, say, longest=40)
    if told_of:
        runs += [Run("\n"), *told_of]
    if sentence.band is Band.UNLIKELY:
        if sentence.source:
            runs += [
                Run("\n"),
                Run(say("closest: "), Mark.MUTED),
                Run(unbroken(sentence.source.place.text), Mark.PLACE, sentence.source.place.anchor),
            ]
        return tuple(runs)
    for index, other in enumerate(sentence.others):
        runs += [
            Run(say.comma if index else say("\nsee also "), Mark.MUTED),
            Run(unbroken(other.text), Mark.PLACE, other.anchor),
        ]
    return (*runs, Run(f"\n{sentence.score:.2f}", Mark.MUTED))


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
        ),
        kind=sentence.effect or sentence.relation,
        anchor=sentence.anchor,
    )


def _coverage(view: ComparisonView, say: Catalog) -> Table:
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
            ),
            tuple(by),
        ),
        kind=clause.status,
        weight=2 if clause.status is Coverage.OMITTED else 0,
        anchor=clause.anchor,
        group=clause.chapter,
        facets=(("status", facets),),
    )


def _targets(rows: Iterable[TargetRow], say: Catalog) -> Table:
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


def _bodies(rows: Iterable[BodyRow], say: Catalog) -> Table:
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


def _burdens_found(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """What the local document adds to what is asked of people, or spares them."""
    entries = tuple(
        Entry(
            (
                badge(say(BURDEN_CHANGES[each.change]), each.change),
                Run(f" {say(BURDEN_KINDS[each.kind])}{say.colon}"),
                *shortened(cell(each.words), _WORDS_SHOWN),
                *cell(_to_check(each, say), Mark.MUTED),
            ),
            unbroken(view.local_outline.place(each.clause).address),
            f"b-{index}",
            each.change,
        )
        for index, each in enumerate(view.comparison.burdens, 1)
    )
    return (
        (Findings("burdens", say("Burdens added, tightened or eased"), entries, link="burdens", shown=6),)
        if entries
        else ()
    )


def _to_check(burden: Burden, say: Catalog) -> str:
    basis = burden.to_check
    if basis is None:
        return ""
    return say(" (to check: 《{law}》 {articles})", law=basis.law, articles=say.joined(*basis.articles))


def _burdens(view: ComparisonView, say: Catalog) -> Table:
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
                    cell(_to_check(each, say).strip()),
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


def _duties(rows: Iterable[DutyRow], say: Catalog) -> Table:
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


def _strip(view: ComparisonView, say: Catalog) -> Strip:
    """The superior document's clauses; an adopted one in the colour of the gravest effect that was found on it."""
    effects: dict[str, list[Effect]] = {}
    for sentence in view.sentences:
        if sentence.effect and sentence.band is Band.SURE and sentence.source:
            effects.setdefault(sentence.source.place.anchor, []).append(sentence.effect)
    lines_ = []
    for chapter, group in groupby(view.covered, key=lambda clause: clause.chapter):
        clauses = list(group)
        cells = []
        for clause in clauses:
            found = sorted(effects.get(clause.anchor, ()), key=EFFECT_ORDER.index)
            marked = found[:1] if found and found[0] in _GRAVE else []
            kind = f"{clause.status} {marked[0]}" if marked else str(clause.status)
            title = say.joined(
                clause.address, say(COVERAGE[clause.status]), *(say(EFFECTS[each]) for each in marked)
            )
            cells.append(StripCell(kind, clause.anchor, title))
        lines_.append(StripLine(chapter, clauses[0].anchor, tuple(cells)))
    return Strip(
        "coverage-strip",
        say("What became of the superior document, chapter by chapter"),
        say("Chapter"),
        tuple((str(status), say(COVERAGE[status])) for status in Coverage),
        tuple(lines_),
        table="coverage",
        facet="status",
    )


def _flow(view: ComparisonView, say: Catalog) -> tuple[Flow, ...]:
    """From the superior's chapters to the local's: one ribbon for the sentences that come from a chapter."""
    chapters = {clause.anchor: clause.chapter for clause in view.covered}
    sources = list(dict.fromkeys(clause.chapter for clause in view.covered))
    targets = list(dict.fromkeys(sentence.chapter for sentence in view.sentences))
    number: Counter[tuple[int, int]] = Counter()
    for sentence in view.sentences:
        if sentence.is_counted and sentence.band is not Band.UNLIKELY and sentence.source:
            above = chapters.get(sentence.source.place.anchor)
            if above is not None:
                number[sources.index(above), targets.index(sentence.chapter)] += 1
    if not number or len(sources) < 2 or len(targets) < 2:
        return ()
    ribbons = tuple(Ribbon(*ends, count) for ends, count in sorted(number.items()))
    return (
        Flow(
            "flow",
            say("From the superior's chapters to the local's"),
            tuple(sources),
            tuple(targets),
            ribbons,
            (say("Superior chapter"), say("Local chapter"), say("Sentences")),
        ),
    )

"""The page of a comparison: counts of measures in a sentence, four lists (taken, new, missing, to judge), pictures and tables."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import starmap

from policydiff import model
from policydiff.report import page as shown, words
from policydiff.report.catalog import N_, Catalog
from policydiff.report.comparison_tables import (
    bodies_table,
    burdens_of,
    burdens_table,
    coverage_table,
    duties_table,
    judged,
    sentences_table,
    targets_table,
)
from policydiff.report.comparison_view import (
    ComparisonView,
    Covered,
    OwnMeasure,
    Sentence,
    TargetRow,
    comparison_view,
    in_short,
    target_rows,
)
from policydiff.report.document_page import documents_of, known_of, notice, side
from policydiff.report.half_sentences import both_texts, half_sentence, told
from policydiff.report.page import Entry, Findings, Page
from policydiff.report.pictures import flow
from policydiff.report.runs import Cell, Mark, Run, badge, cell, middle_out, plain, shortened, unbroken
from policydiff.revision.substantial import heaviest
from policydiff.substance.weighing import OF_SUBSTANCE

_WORDS_SHOWN = 48
"""Characters shown of a sentence in a list."""
_SHORT: Mapping[str, str] = {
    each: (words.EFFECTS | words.RELATIONS)[each]
    for each in (model.Effect.LOCALISED, model.Effect.SAME, model.Relation.VERBATIM)
}
"""Kinds of adoption that are counted but not listed, because a reader has nothing to decide on them."""


def comparison_page(comparison: model.Comparison, say: Catalog) -> Page:
    """Return the whole report of a comparison of a local document with its superior."""
    local, superior = documents_of(comparison, 2)
    view = comparison_view(comparison, local, superior)
    targets = target_rows(view, say)
    tables = (
        sentences_table(view, say),
        coverage_table(view, say),
        targets_table(targets, say),
        burdens_table(view, say),
        bodies_table(view, say),
        duties_table(view, say),
    )
    own, *in_part = own_measures(view, say)
    summary = comparison.summary
    page = Page(
        name="comparison",
        title=say("Comparison with the superior document"),
        sides=(
            side(say("Local document"), comparison.local, local, say),
            side(say("Superior document"), comparison.superior, superior, say),
        ),
        lead=_answer(comparison, say),
        answers=(
            say(
                "Of the local sentences ({total}), {sure} can be traced to the superior document; a person must judge {possible}.",
                total=summary.sentences,
                sure=summary.sure,
                possible=summary.possible,
            ),
            *beside_told(view, summary.own_measures.outside, say),
        ),
        findings=(
            taken(view, say),
            *rows_changed(view, say),
            own,
            missing(view, say),
            *in_part,
            *left_within(view, say),
            *_figures_found(targets, say),
            *_burdens_found(view, say),
            *to_judge(view, say),
        ),
        figures=words.measure_figures([comparison], summary.own_measures.added, say),
        pictures=(strip(view, say), *_flow(view, say)),
        tables=tuple(table for table in tables if table.rows or table.name == "sentences"),
        main="sentences",
        legend=words.legend("comparison", say),
        notice=notice(say, judged=True),
        reading=(
            *doubts(view.comparison, say),
            *known_of(say("Local document"), view.local, say),
            *known_of(say("Superior document"), view.superior, say),
        ),
    )
    if comparison.reading.untold:
        return page._replace(answers=(), findings=(), figures=(), pictures=(), tables=tables[:1])
    return page


def _answer(comparison: model.Comparison, say: Catalog) -> str:
    """Return the answer in one sentence; if the texts share hardly any words, the sentence begins with this fact."""
    if untold := comparison.reading.untold:
        return say(words.UNTOLD[untold])
    own = comparison.summary.own_measures
    told = words.measures_told([comparison], own.added, own.doubtful, say)
    if comparison.reading.apart:
        return say("Hardly any words are shared: a person must judge. By like words: {told}", told=told)
    return told


def beside_told(view: ComparisonView, outside: int, say: Catalog) -> Iterator[str]:
    """Yield the sentences on text beside the measures: local text `outside` its measures, superior text left out within measures taken."""
    if outside:
        yield say(
            "Sentences of the local document that belong to none of its measures and do not come from the superior document: {n}.",
            n=outside,
        )
    if left := sum(len(each.left) for each in view.covered):
        yield say(
            "Sentences of the superior document that are not taken up, within measures that are: {n}.", n=left
        )


_ORDERS = {
    model.OrderDoubt.SWAPPED: N_(
        "the first document looks like the superior of the second: were they swapped?"
    ),
    model.OrderDoubt.VERSIONS: N_(
        "the two look like versions of one document: policydiff diff compares these"
    ),
    model.OrderDoubt.PEERS: N_(
        "the two are of areas of which neither lies in the other: policydiff compare --peers lays documents of one level side by side"
    ),
    model.OrderDoubt.ABOUT: N_(
        "one of the two amends, explains or submits the other: policydiff apply carries an amending decision out"
    ),
    model.OrderDoubt.LATER: N_(
        "the superior document at hand is later than the local one, which can only carry out an earlier text of it"
    ),
}


def doubts(comparison: model.Comparison | model.PaceComparison, say: Catalog) -> list[tuple[str, str]]:
    """Return the doubts about a comparison as a whole: the relation of the two documents, and the certainty of the scores."""
    order = comparison.order
    of_order = (model.OrderDoubt.SWAPPED, model.OrderDoubt.LATER)
    role = say(N_("Order") if order in of_order else N_("Which documents"))
    known = [(role, say(_ORDERS[order]))] if order else []
    if not comparison.reading.calibrated:
        unmeasured = say("scores are not measured for texts in this language: nothing is called sure")
        known.append((say("Language"), unmeasured))
    if comparison.reading.apart:
        told = say(
            "the local document says that it carries the superior one out, yet shares hardly any words with it: not taken up and new"
            " mean only that no like words were found; the table of the superior document names the nearest clauses, for a person to judge"
        )
        known.append((say("Wording"), told))
    elif comparison.reading.raised:
        raised = say(
            "it carries the superior document out in words of its own: more is held possible, nothing more sure"
        )
        known.append((say("Wording"), raised))
    return known


def _is_told_in_short(sentence: Sentence) -> bool:
    """Return whether a sentence differs in nothing of substance: it is the same, or differs only in local bodies and places."""
    return sentence.judgement in _SHORT and heaviest(sentence.given.signals) < OF_SUBSTANCE


def taken(view: ComparisonView, say: Catalog) -> Findings:
    """Return the sentences taken from the superior, loosened and tightened ones first; unchanged and localised ones are only counted."""

    def rank(sentence: Sentence) -> tuple[int, float, float]:
        """Return the place in the list: by effect (loosened and tightened first), then by weight of the differences, then by score."""
        given = sentence.given
        place = words.EFFECT_ORDER.index(given.effect) if given.effect else len(words.EFFECT_ORDER)
        is_same = not given.effect and given.relation is model.Relation.VERBATIM
        return place + is_same, -heaviest(given.signals), -given.score

    taken = [each for each in view.sentences if each.is_counted and each.given.band is model.Band.SURE]
    ranked = [each for each in sorted(taken, key=rank) if not _is_told_in_short(each)]
    short = Counter(each.judgement for each in taken if _is_told_in_short(each))
    counted = say.joined(*(f"{say(_SHORT[kind])} {number}" for kind, number in short.items()))
    return Findings(
        "taken",
        say("What was taken, and how it changed"),
        tuple(_entry(sentence, say) for sentence in ranked),
        total=len(taken),
        link="sentences:band=sure",
        empty=say("no sentence is counted as adopted"),
        others=say("Taken without a change of substance: {counted}.", counted=counted) if short else "",
    )


def rows_changed(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the table rows that differ in substance from their source, and the rows left out of a table that was taken."""
    rows = [each for each in view.sentences if each.is_row and not _is_told_in_short(each)]
    rows.sort(key=lambda each: -heaviest(each.given.signals))
    status = {each.given.clause: each.given.status for each in view.covered}
    left_out = [
        each
        for each in view.covered
        if each.given.status is model.Coverage.OMITTED
        and status.get(each.given.clause.rpartition("__")[0]) is model.Coverage.TOUCHED
        and "__row_" in each.given.clause
    ]
    name = say(words.COVERAGE[model.Coverage.OMITTED])
    entries = (
        *(_entry(each, say) for each in rows),
        *(
            Entry(
                (badge(name, model.Coverage.OMITTED), Run(" "), *shortened(each.words, _WORDS_SHOWN)),
                unbroken(each.address), each.anchor, model.Coverage.OMITTED,
            )
            for each in left_out
        ),
    )  # fmt: skip
    title = say("Rows and labelled lines that differ")
    return (Findings("rows", title, entries, link="sentences"),) if entries else ()


def _entry(sentence: Sentence, say: Catalog) -> Entry:
    own, source = plain(sentence.words), sentence.source
    both = both_texts(plain(source.words) if source else "", own)
    told_of = told(sentence.given.signals, both, say, most=2, longest=_WORDS_SHOWN)
    place = unbroken(sentence.place.text)
    if source and source.place.text:
        place += f" ← {unbroken(source.place.text)}"
    line = (judged(sentence, say), Run(" "), *(told_of or shortened(cell(own), _WORDS_SHOWN)))
    return Entry(line, place, sentence.anchor, sentence.judgement)


def own_measures(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the local document's new measures, as many as the lead counts, and its own sentences within measures it took."""

    def entry(measure: OwnMeasure) -> Entry:
        own = say(" ({own} of {total} sentences)", own=measure.own, total=measure.total)
        line = (*cell(measure.words), *cell("" if measure.is_new else own, Mark.MUTED))
        place = unbroken(measure.place.text) if measure.place.text != measure.words else ""
        return Entry(line, place, measure.place.anchor, "own")

    link, empty = "sentences:band=unlikely", say("no new measure was found")
    new = tuple(entry(measure) for measure in view.own if measure.is_new)
    in_part = tuple(entry(measure) for measure in view.own if not measure.is_new)
    title = say("Measures with sentences of its own")
    return (
        Findings("own", say("The local document's own"), new, link=link, empty=empty),
        *((Findings("own-in-part", title, in_part, link=link),) if in_part else ()),
    )


def missing(view: ComparisonView, say: Catalog) -> Findings:
    """Return the measures of the superior document that are not taken up; formal provisions last.

    An article without words of its own is shown by the words of its first paragraph.
    """

    def entry(covered: Covered, text: str) -> Entry:
        """Return the entry of a measure, with the heading removed from the address, because the heading follows in the same line."""
        address = covered.address.removesuffix(covered.heading).strip() or covered.address
        line = cell(in_short(covered.heading, text))
        return Entry(line, unbroken(address), covered.anchor, model.Coverage.OMITTED)

    missing = [
        (each, next((below.given.text for below in view.covered[place:] if below.given.text), ""))
        for place, each in enumerate(view.covered)
        if each.given.measure and each.given.status is model.Coverage.OMITTED
    ]
    missing.sort(key=lambda found: found[0].given.matter is not model.Matter.MEASURE)
    return Findings(
        "missing",
        say("What was not taken up"),
        tuple(entry(*found) for found in missing),
        link="coverage:status=omitted-measure",
        empty=say("every measure of the superior document is taken up"),
    )


def left_within(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the superior's sentences that no local sentence comes from, within measures that were taken."""
    entries = tuple(
        Entry(shortened(cell(words), _WORDS_SHOWN), unbroken(each.address), each.anchor, "omitted")
        for each in view.covered
        for words in each.left
    )
    title = say("Not taken up within measures that were taken")
    return (Findings("left", title, entries, link="coverage"),) if entries else ()


def _figures_found(targets: Sequence[TargetRow], say: Catalog) -> tuple[Findings, ...]:
    """Return the targets and other figures of both documents side by side."""

    def entry(row: TargetRow) -> Entry:
        local, superior = row.local, row.superior
        found = local or superior
        metric = f"{superior.metric} " if superior and superior.metric != row.metric else ""
        beside = superior and say(" (superior: {words})", words=f"{metric}{superior.said}")
        line = (
            badge(say(words.TARGET_CHANGES[row.change]), f"target-{row.change}"),
            Run(f" {row.metric} "),
            *cell(found.said if found else "", Mark.STRONG),
            *cell(beside or "" if local else ""),
        )
        return Entry(line, unbroken(found.place if found else ""), row.anchor, row.change)

    title = say("Figures side by side")
    listed = Findings("figures", title, tuple(map(entry, targets)), link="targets", shown=6)
    return (listed,) if targets else ()


def to_judge(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the sentences that may come from the superior document, those with the weightiest differences first."""
    possible = [each for each in view.sentences if each.is_counted and each.given.band is model.Band.POSSIBLE]
    possible.sort(key=lambda each: (-heaviest(each.given.signals), -each.given.score))
    entries = tuple(_entry(each, say) for each in possible)
    title = say("For a person to judge")
    listed = Findings("judge", title, entries, link="sentences:band=possible", shown=5)
    return (listed,) if possible else ()


def _burdens_found(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the burdens of people (licences, fees, proofs …) that the local document adds, tightens or eases."""

    def told_of(burden: model.Burden) -> Cell:
        """Return the half-sentence that makes the burden; if the local document drops the burden, the superior's words, struck through."""
        if burden.words:
            return half_sentence(burden.text, burden.words, Mark.STRONG)
        gone = burden.superior_words or burden.superior_text
        return middle_out(Run(gone, Mark.DELETE), _WORDS_SHOWN) if gone else cell(burden.text)

    def entry(number: int, burden: words.Burdens) -> Entry:
        each = burden[0]
        kinds = words.kinds_told(burden, say)
        told = (
            badge(words.burden_change(burden, say), each.change),
            Run(f" {kinds}{say.colon}" if kinds else " "),
            *told_of(each),
            *cell(words.to_check(burden, say), Mark.MUTED),
        )
        return Entry(
            told, unbroken(view.local_outline.place(each.clause).address), f"b-{number}", each.change
        )

    title = say("Burdens added, tightened or eased")
    entries = tuple(starmap(entry, enumerate(burdens_of(view), 1)))
    return (Findings("burdens", title, entries, link="burdens", shown=6),) if entries else ()


def strip(view: ComparisonView, say: Catalog) -> shown.Strip:
    """Return the strip: one cell for each measure of the superior document, or for each clause if it has no measures.

    An adopted measure has the colour of the gravest effect found on the measure or on a clause below it.
    """
    drawn = [each for each in view.covered if each.given.measure] or list(view.covered)

    def box(clause: Covered) -> shown.StripCell:
        gravest = clause.effects[:1]
        status = clause.given.status
        told_of = (say(words.COVERAGE[status]), *(say(words.EFFECTS[each]) for each in gravest))
        kind = " ".join((status, *gravest))
        return shown.StripCell(kind, clause.anchor, say.joined(clause.address, *told_of))

    return shown.Strip(
        "coverage-strip",
        say("What became of the superior document's measures, chapter by chapter"),
        say("Chapter"),
        tuple((str(status), say(label)) for status, label in words.COVERAGE.items()),
        shown.chaptered(drawn, box),
        table="coverage",
        facet="status",
    )


def _flow(view: ComparisonView, say: Catalog) -> tuple[shown.Flow, ...]:
    """Return the flow from the superior's chapters to the local chapters, as wide as the number of sentences taken."""
    chapters = {clause.anchor: clause.chapter for clause in view.covered}
    sources = list(dict.fromkeys(clause.chapter for clause in view.covered))
    targets = list(dict.fromkeys(sentence.chapter for sentence in view.sentences))
    number: Counter[tuple[int, int]] = Counter()
    for each in view.sentences:
        above = chapters.get(each.source.place.anchor) if each.source else None
        if each.is_counted and each.given.band is model.Band.SURE and above is not None:
            number[sources.index(above), targets.index(each.chapter)] += 1
    head = (say("Superior chapter"), say("Local chapter"), say("Sentences"))
    title = say("From the superior's chapters to the local's, in sentences")
    return flow(title, sources, targets, number, head) if len(sources) > 1 else ()

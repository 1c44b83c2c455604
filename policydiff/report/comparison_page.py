"""A comparison as plain tables."""

from policydiff.model import Band, Coverage, Relation
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import ComparisonView, Covered, Sentence
from policydiff.report.facts import Quoted, body_rows, duty_rows, target_rows
from policydiff.report.legends import comparison_legend
from policydiff.report.page import JOINT, Bar, Column, Figure, Listing, Page, Row, Side, Table, text_row
from policydiff.report.runs import Run, cell, unbroken
from policydiff.report.sides import notice, side
from policydiff.report.words import BANDS, COVERAGE, RELATIONS, TARGET_CHANGES


def comparison_page(view: ComparisonView, say: Catalog) -> Page:
    """Return the whole report of a comparison as tables, the first screen's answers in front."""
    comparison = view.comparison
    return Page(
        name="comparison",
        title=say("Comparison with the superior document"),
        sides=comparison_sides(view, say),
        tables=(
            _own(view, say),
            _targets(view, say),
            _bodies(view, say),
            _sentences(view, say),
            _coverage(view, say),
            _duties(view, say),
        ),
        main="sentences",
        answers=comparison_answers(view, say),
        figures=tuple(
            Figure(say(COVERAGE[status]), count, status)
            for status, count in (
                (Coverage.ADOPTED, comparison.summary.clauses_adopted),
                (Coverage.TOUCHED, comparison.summary.clauses_touched),
                (Coverage.OMITTED, comparison.summary.clauses_omitted),
            )
        ),
        bars=tuple(
            Bar(
                chapter.title,
                tuple(
                    Figure(say(COVERAGE[status]), chapter.number_of(status), status) for status in Coverage
                ),
            )
            for chapter in view.coverage
        ),
        bars_title=say("What became of the superior document, chapter by chapter"),
        legend=comparison_legend(say),
        notice=notice(say, judged=True),
        triptych=_triptych(view, say),
        listing=_omitted(view, say),
    )


def comparison_sides(view: ComparisonView, say: Catalog) -> tuple[Side, Side]:
    """Return the two sides, the local one first."""
    comparison = view.comparison
    return (
        side(say("Local document"), comparison.local, view.local, say),
        side(say("Superior document"), comparison.superior, view.superior, say),
    )


def comparison_answers(view: ComparisonView, say: Catalog) -> tuple[str, ...]:
    """Return the sentences that answer how much was adopted, and how much of the superior was left out."""
    summary = view.comparison.summary
    clauses = summary.clauses_adopted + summary.clauses_touched + summary.clauses_omitted
    return (
        say(
            "Of {total} local sentences {sure} ({share}) are counted as adopted (score 0.7 or more), {possible} are"
            " possible and for a person to judge; the estimate over the whole text is {estimated}.",
            total=summary.sentences,
            sure=summary.sure,
            share=percent(summary.counted_share),
            possible=summary.possible,
            estimated=percent(summary.estimated_share),
        ),
        say(
            "Of {total} superior clauses {adopted} are adopted, {touched} touched, {omitted} omitted.",
            total=clauses,
            adopted=summary.clauses_adopted,
            touched=summary.clauses_touched,
            omitted=summary.clauses_omitted,
        ),
        say(
            "{own} local sentences have no source above: {added} added, {related} related in topic only.",
            own=summary.sentences - summary.sure - summary.possible,
            added=view.number_of(Band.UNLIKELY, Relation.ADDED),
            related=view.number_of(Band.UNLIKELY, Relation.RELATED),
        ),
    )


def percent(share: float) -> str:
    """Return a share as whole percent.

    Examples:
        >>> percent(0.184)
        '18%'
    """
    return f"{share * 100:.0f}%"


def certain(band: Band, say: Catalog) -> str:
    """Return how sure a derivation is."""
    return say(BANDS[band])


def _own(view: ComparisonView, say: Catalog) -> Table:
    return Table(
        "own",
        say("What the local document added"),
        (
            Column(say("Local clause"), 20),
            Column(say("Words"), 50, is_text=True),
            Column(say("added"), 10),
            Column(say("related"), 10),
            Column(say("of"), 10),
        ),
        tuple(
            text_row(
                measure.place.text,
                measure.words,
                str(measure.added),
                str(measure.related),
                str(measure.total),
                kind=Relation.ADDED,
                weight=2,
                anchor=measure.place.anchor,
            )
            for measure in view.own
        ),
    )


def _targets(view: ComparisonView, say: Catalog) -> Table:
    return Table(
        "targets",
        say("Targets side by side"),
        (
            Column(say("Target"), 28, is_text=True),
            Column(say("Local"), 22, is_text=True),
            Column(say("Where"), 11, joins="\n"),
            Column(say("Superior"), 22, is_text=True),
            Column(say("Where"), 11, joins="\n"),
            Column(say("Relation"), 8),
        ),
        tuple(
            text_row(
                row.metric,
                *_quoted(row.local, row.metric),
                *_quoted(row.superior, row.metric),
                say(TARGET_CHANGES[row.change]),
                kind=row.change,
                weight=2,
                anchor=row.anchor,
            )
            for row in target_rows(view)
        ),
    )


def _quoted(quoted: Quoted | None, metric: str) -> tuple[str, str]:
    if quoted is None:
        return "", ""
    said = quoted.said if quoted.metric == metric else f"{quoted.metric} {quoted.said}"
    return said, quoted.place.text


def _bodies(view: ComparisonView, say: Catalog) -> Table:
    return Table(
        "bodies",
        say("Who does what"),
        (
            Column(say("Local body"), 40, is_text=True),
            Column(say("Measures led"), 10),
            Column(say("Measures supported"), 10),
            Column(say("Superior counterpart"), 40, is_text=True),
        ),
        tuple(
            text_row(
                body.name,
                str(body.leads),
                str(body.supports),
                "、".join(body.counterparts),
                weight=2,
                anchor=body.duties[0].anchor,
            )
            for body in body_rows(view.comparison, duty_rows(view))
        ),
    )


def _sentences(view: ComparisonView, say: Catalog) -> Table:
    return Table(
        "sentences",
        say("Sentence by sentence"),
        (
            Column(say("Local clause"), 9),
            Column(say("Local text"), 36, is_text=True),
            Column(say("Superior text"), 36, is_text=True),
            Column(say("Superior clause"), 9),
            Column(say("Relation"), 6),
            Column(say("Score"), 4),
        ),
        tuple(_sentence(sentence, say) for sentence in view.sentences()),
        note=say("Words that both texts share are marked. A score is the estimated probability of descent."),
    )


_WORDS_SHOWN = 18
"""Characters of a clause's words by which a reader knows it again."""
_ROW_WEIGHT = {Band.SURE: 2, Band.POSSIBLE: 2, Band.UNLIKELY: 1}


def _judged(sentence: Sentence, say: Catalog) -> tuple[str, ...]:
    """Return the relation, and that it is only possible where it is."""
    relation = say(RELATIONS[sentence.relation])
    return (relation, certain(sentence.band, say)) if sentence.band is Band.POSSIBLE else (relation,)


def _sentence(sentence: Sentence, say: Catalog) -> Row:
    best = sentence.sources[0] if sentence.sources and sentence.band is not Band.UNLIKELY else None
    relation, *possible = _judged(sentence, say)
    if possible:
        relation = say("{relation} ({certainty})", relation=relation, certainty=possible[0])
    return Row(
        (
            cell(sentence.place.text),
            sentence.words,
            best.words if best else (),
            cell(best.place.text if best else ""),
            cell(relation),
            cell(f"{sentence.score:.2f}"),
        ),
        sentence.relation,
        _ROW_WEIGHT[sentence.band],
        sentence.anchor,
    )


def _triptych(view: ComparisonView, say: Catalog) -> Table:
    """The sentences in the three columns of a 对照表: both texts with their places, then the judgement."""
    whole = _sentences(view, say)
    rows = []
    for row, sentence in zip(whole.rows, view.sentences(), strict=True):
        place, local, superior, there, _, score = row.cells
        cells = (
            (*unbroken(place), Run(JOINT), *local),
            (*unbroken(there), Run(JOINT), *superior) if superior else (),
            (Run("\n".join(_judged(sentence, say))), Run("\n"), *score),
        )
        rows.append(row._replace(cells=cells))
    columns = (
        Column(say("Local document"), 44, is_text=True),
        Column(say("Superior document"), 44, is_text=True),
        Column(say("Remark"), 12),
    )
    return Table(whole.name, whole.title, columns, tuple(rows), whole.note)


def _coverage(view: ComparisonView, say: Catalog) -> Table:
    return Table(
        "coverage",
        say("The superior document clause by clause"),
        (
            Column(say("Superior clause"), 12),
            Column(say("Superior text"), 56, is_text=True),
            Column(say("Coverage"), 10),
            Column(say("Score"), 6, joins="\n"),
            Column(say("Taken up in"), 16),
        ),
        tuple(_covered(clause, say) for chapter in view.coverage for clause in chapter.clauses),
    )


def _omitted(view: ComparisonView, say: Catalog) -> Listing:
    """The superior clauses left out, by chapter: address and heading, or first words."""
    groups = []
    for chapter in view.coverage:
        left_out = [clause for clause in chapter.clauses if clause.status is Coverage.OMITTED]
        if left_out:
            has_title = len(left_out) > 1 or chapter.title[:_WORDS_SHOWN] != left_out[0].text[:_WORDS_SHOWN]
            groups.append(
                (chapter.title if has_title else "", tuple(_in_short(clause) for clause in left_out))
            )
    return Listing("coverage", say("Superior clauses left out"), tuple(groups))


def _in_short(clause: Covered) -> str:
    words = clause.heading or clause.text.split("。")[0]
    if words in clause.address:
        return clause.address.replace(" ", "·")
    return f"{clause.address}{JOINT}{words[:_WORDS_SHOWN]}{'…' if len(words) > _WORDS_SHOWN else ''}"


def _covered(clause: Covered, say: Catalog) -> Row:
    return text_row(
        clause.address,
        clause.text,
        say(COVERAGE[clause.status]),
        f"{clause.score:.2f}",
        "、".join(link.text for link in clause.by),
        kind=clause.status,
        weight=2 if clause.status is Coverage.OMITTED else 1,
        anchor=clause.anchor,
    )


def _duties(view: ComparisonView, say: Catalog) -> Table:
    return Table(
        "responsibilities",
        say("Responsibilities side by side"),
        (
            Column(say("Local clause"), 12),
            Column(say("Local bodies"), 38, is_text=True),
            Column(say("Superior bodies"), 38, is_text=True),
            Column(say("Superior clause"), 12),
        ),
        tuple(
            text_row(
                row.local.place.text if row.local else "",
                row.local.said if row.local else "",
                row.superior.said if row.superior else "",
                row.superior.place.text if row.superior else "",
                anchor=row.anchor,
            )
            for row in duty_rows(view)
        ),
    )

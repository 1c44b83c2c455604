"""The lists of a comparison: what was taken and how it changed, what is its own, what is missing, what to judge."""

from collections.abc import Sequence

from policydiff.model import Band, Burden, Coverage, Relation
from policydiff.report.catalog import Catalog
from policydiff.report.comparison_view import (
    ComparisonView,
    Covered,
    OwnMeasure,
    Sentence,
    in_short,
)
from policydiff.report.figures_told import (
    TargetRow,
)
from policydiff.report.page import (
    Entry,
    Findings,
)
from policydiff.report.phrases import told, weightiest
from policydiff.report.runs import Cell, Mark, Run, badge, cell, plain, shortened, unbroken
from policydiff.report.words import (
    BURDEN_CHANGES,
    BURDEN_KINDS,
    EFFECT_ORDER,
    EFFECTS,
    RELATIONS,
    TARGET_CHANGES,
)

_WORDS_SHOWN = 48
"""Characters of a sentence in a list."""


def judged(sentence: Sentence, say: Catalog) -> Run:
    """Return the effect of a derived sentence, its relation where the effect is not known."""
    if sentence.effect:
        return badge(say(EFFECTS[sentence.effect]), sentence.effect)
    return badge(say(RELATIONS[sentence.relation]), sentence.relation)


def to_check(burden: Burden, say: Catalog) -> str:
    """Return the law a burden is to be checked against, in brackets; empty where there is none."""
    basis = burden.to_check
    if basis is None:
        return ""
    return say(" (to check: 《{law}》 {articles})", law=basis.law, articles=say.joined(*basis.articles))


def _rank(sentence: Sentence) -> tuple[int, float, float]:
    """Loosened and tightened first, then by weight of the differences, then by score."""
    order = EFFECT_ORDER.index(sentence.effect) if sentence.effect else len(EFFECT_ORDER)
    is_same = not sentence.effect and sentence.relation is Relation.VERBATIM
    return order + is_same, -weightiest(sentence.signals), -sentence.score


def taken(view: ComparisonView, say: Catalog) -> Findings:
    """Return what was taken: loosened and tightened first."""
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
        (judged(sentence, say), Run(" "), *shown),
        place,
        sentence.anchor,
        sentence.effect or sentence.relation,
    )


def own_measures(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the local document's new measures, as many as the first sentence says, and what is its own within others."""
    new = tuple(_own_entry(measure, measure.words) for measure in view.own if measure.is_new)
    in_part = tuple(
        _own_entry(
            measure,
            measure.words,
            say(" ({own} of {total} sentences)", own=measure.own, total=measure.total),
        )
        for measure in view.own
        if not measure.is_new
    )
    link = "sentences:band=unlikely"
    found = Findings(
        "own", say("The local document's own"), new, link=link, empty=say("nothing of its own was found")
    )
    if not in_part:
        return (found,)
    return found, Findings("own-in-part", say("Its own within measures that were taken"), in_part, link=link)


def _own_entry(measure: OwnMeasure, words: str, more: str = "") -> Entry:
    return Entry(
        (*cell(words), *cell(more, Mark.MUTED)),
        unbroken(measure.place.text) if measure.place.text != words else "",
        measure.place.anchor,
        "own",
    )


def missing(view: ComparisonView, say: Catalog) -> Findings:
    """Return the measures of the superior document that are not taken up, formal provisions last.

    An article without words of its own is told by those of its first paragraph.
    """
    missing = [
        (each, next((below.text for below in view.covered[place:] if below.text), ""))
        for place, each in enumerate(view.covered)
        if each.is_measure and each.status is Coverage.OMITTED
    ]
    ordered = sorted(missing, key=lambda found: not found[0].is_ordinary)
    return Findings(
        "missing",
        say("What was not taken up"),
        tuple(
            Entry(cell(in_short(each.heading, words)), _address(each), each.anchor, Coverage.OMITTED)
            for each, words in ordered
        ),
        link="coverage:status=omitted-measure",
        empty=say("every measure of the superior document is taken up"),
    )


def _address(covered: Covered) -> str:
    """Return the address without the heading that follows it in the same line."""
    address = covered.address.removesuffix(covered.heading).strip() if covered.heading else covered.address
    return unbroken(address or covered.address)


def figures_found(targets: Sequence[TargetRow], say: Catalog) -> tuple[Findings, ...]:
    """Return the figures of both documents beside each other."""
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


def to_judge(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """Return the sentences that may come from the superior document, the weightiest differences first."""
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


def _burden_words(burden: Burden) -> Cell:
    """Return the words that make the burden; those of the superior document, struck, where the local one drops them."""
    if burden.words:
        return cell(burden.words)
    return cell(burden.superior_words or burden.superior_text or "", Mark.DELETE) or cell(burden.text)


def burdens_found(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """What the local document adds to what is asked of people, or spares them."""
    entries = tuple(
        Entry(
            (
                badge(say(BURDEN_CHANGES[each.change]), each.change),
                Run(f" {say(BURDEN_KINDS[each.kind])}{say.colon}"),
                *shortened(_burden_words(each), _WORDS_SHOWN),
                *cell(to_check(each, say), Mark.MUTED),
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

"""The lists of a comparison: what was taken and how it changed, what is its own, what is missing, what to judge."""

from collections import Counter
from collections.abc import Mapping, Sequence

from policydiff.model import Band, Burden, BurdenKind, Coverage, Effect, Relation
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
from policydiff.report.half_sentences import both_texts, half_sentence, told, weightiest
from policydiff.report.page import (
    Entry,
    Findings,
)
from policydiff.report.runs import Cell, Mark, Run, badge, cell, middle_out, plain, shortened, unbroken
from policydiff.report.words import (
    BURDEN_CHANGES,
    BURDEN_KINDS,
    EFFECT_ORDER,
    EFFECTS,
    RELATIONS,
    TARGET_CHANGES,
)
from policydiff.substance import OF_SUBSTANCE

_WORDS_SHOWN = 48
"""Characters of a sentence in a list."""
_SHORT: Mapping[Effect | Relation, str] = {
    each: (EFFECTS | RELATIONS)[each] for each in (Effect.LOCALISED, Effect.SAME, Relation.VERBATIM)
}
"""How a sentence was taken that is counted and not listed: there is nothing in it to decide on."""


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
    """Return what was taken and changed, loosened and tightened first; what says the same, or the local names, is counted."""
    taken = [each for each in view.sentences if each.is_counted and each.band is Band.SURE]
    ranked = [each for each in sorted(taken, key=_rank) if not _is_told_in_short(each)]
    short = Counter(each.effect or each.relation for each in taken if _is_told_in_short(each))
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


def _is_told_in_short(sentence: Sentence) -> bool:
    """Return whether nothing of substance differs: what names a local body or place, or says the same."""
    is_graver = weightiest(sentence.signals) >= OF_SUBSTANCE
    return (sentence.effect or sentence.relation) in _SHORT and not is_graver


def _entry(sentence: Sentence, say: Catalog) -> Entry:
    own, source = plain(sentence.words), sentence.source
    both = both_texts(plain(source.words) if source else "", own)
    told_of = told(sentence.signals, both, say, most=2, longest=_WORDS_SHOWN)
    shown = told_of or shortened(cell(own), _WORDS_SHOWN)
    above = source.place.text if source else ""
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
    """Return the half-sentence that makes the burden; the superior's, struck, where the local document drops it."""
    if burden.words:
        return half_sentence(burden.text, burden.words, Mark.STRONG)
    gone = burden.superior_words or burden.superior_text
    return middle_out(Run(gone, Mark.DELETE), _WORDS_SHOWN) if gone else cell(burden.text)


def burdens_found(view: ComparisonView, say: Catalog) -> tuple[Findings, ...]:
    """What the local document adds to what is asked of people, or spares them."""
    entries: dict[tuple[Cell, str], Entry] = {}
    for index, each in enumerate(view.comparison.burdens, 1):
        kind = "" if each.kind is BurdenKind.OTHER else f"{say(BURDEN_KINDS[each.kind])}{say.colon}"
        words = (
            badge(say(BURDEN_CHANGES[each.change]), each.change),
            Run(f" {kind}"),
            *_burden_words(each),
            *cell(to_check(each, say), Mark.MUTED),
        )
        place = unbroken(view.local_outline.place(each.clause).address)
        entries.setdefault((words, place), Entry(words, place, f"b-{index}", each.change))
    title = say("Burdens added, tightened or eased")
    found = Findings("burdens", title, tuple(entries.values()), link="burdens", shown=6)
    return (found,) if entries else ()

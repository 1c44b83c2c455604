"""A comparison as a reader goes through it: local sentences with their evidence, superior clauses with their takers.

Addresses, anchors and marks are worked out here, once; `comparison_page` and `figures_side_by_side` put them in order.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from policydiff.model import (
    Band,
    Comparison,
    Coverage,
    Document,
    Effect,
    Matter,
    Relation,
    SeenIn,
    SentenceComparison,
    SentenceKind,
    SharedSpan,
    Signal,
    Target,
    TargetChange,
    TargetComparison,
)
from policydiff.report.catalog import Catalog
from policydiff.report.document_page import figure
from policydiff.report.outline import Outline
from policydiff.report.runs import Cell, Mark, Run, cell, inside_words, marked, plain, shortened_text

_DERIVED = frozenset({Relation.VERBATIM, Relation.ADAPTED})
_WORDS_SHOWN = 40
"""Characters of a clause's words by which a reader knows it again."""
_LEAST_SHARED = 2
"""Characters of a shared stretch that is marked: single ones (的, 和) stand in any two sentences."""
_OFFERED = 0.5
"""Score from which a further source is named beside the best one: it is more likely a source than not."""


class Link(NamedTuple):
    """A reference to a row of the report."""

    anchor: str
    text: str


class Source(NamedTuple):
    """The superior sentence offered as the origin of a local one."""

    place: Link
    words: Cell
    """With the words that both share marked, and those the local sentence leaves out struck."""
    score: float


class Sentence(NamedTuple):
    """One unit of the local document: a sentence, heading, note or table row."""

    anchor: str
    clause: str
    place: Link
    chapter: str
    is_counted: bool
    """Whether it is a sentence: only these are in any figure."""
    words: Cell
    """With the words shared with the best source marked, where it counts or may count as derived."""
    relation: Relation
    effect: Effect | None
    """None where it is not derived."""
    band: Band
    score: float
    signals: tuple[Signal, ...]
    source: Source | None
    others: tuple[Link, ...]
    """Further superior clauses it may come from."""
    seen_in: SeenIn | None = None
    """The earliest neighbour that has it."""


class Covered(NamedTuple):
    """One superior clause and the local sentences that may come from it, surest first."""

    anchor: str
    clause: str
    address: str
    heading: str
    chapter: str
    text: str
    status: Coverage
    is_measure: bool
    is_ordinary: bool
    """Not one of the formal provisions (commencement, complaints …) that are mostly left to the superior."""
    score: float
    taken: float
    """Share of its words in sentences that local sentences come from."""
    by: tuple[Link, ...]


class OwnMeasure(NamedTuple):
    """A local measure with sentences that the superior document does not explain."""

    place: Link
    words: str
    """Its heading, or the first of those sentences."""
    own: int
    """Sentences without a source."""
    total: int

    @property
    def is_new(self) -> bool:
        """Whether none of its sentences has a source."""
        return self.own == self.total


class MeasureCounts(NamedTuple):
    """Measures of the superior document by status, and the local document's own."""

    total: int
    adopted: int
    touched: int
    omitted: int
    own: int


class ComparisonView(NamedTuple):
    """Everything the page of a comparison shows, addresses and marks worked out."""

    comparison: Comparison
    local: Document | None
    superior: Document | None
    local_outline: Outline
    superior_outline: Outline
    sentences: tuple[Sentence, ...]
    covered: tuple[Covered, ...]
    own: tuple[OwnMeasure, ...]
    """Wholly new measures first in reading order, then those with most sentences of their own; bare headings are left out."""
    measures: MeasureCounts


def comparison_view(
    comparison: Comparison, local: Document | None, superior: Document | None
) -> ComparisonView:
    """Return the view of a comparison, with headings and chapters where its documents are given."""
    here, there = Outline(local), Outline(superior)
    sentences = _sentences(comparison, here, there)
    covered = _covered(
        comparison, here, there, {sentence.clause: sentence for sentence in reversed(sentences)}
    )
    own = _own(comparison, sentences, local)
    return ComparisonView(
        comparison, local, superior, here, there, sentences, covered, own, _measures(comparison)
    )


def whole_words(spans: Iterable[SharedSpan], local: str, superior: str) -> tuple[SharedSpan, ...]:
    """Return the spans without the parts of words and numbers at their ends: 到202 of 到2023年 and 到2020年 becomes 到.

    A number that both texts have in full stays marked; digits of two different numbers are never shown as shared.
    """
    here, there = inside_words(local), inside_words(superior)
    kept = []
    for local_start, local_end, source_start, source_end in spans:
        while local_start < local_end and (local_start in here or source_start in there):
            local_start, source_start = local_start + 1, source_start + 1  # noqa: PLW2901 (the span shrinks)
        while local_start < local_end and (local_end in here or source_end in there):
            local_end, source_end = local_end - 1, source_end - 1  # noqa: PLW2901
        if local_end - local_start >= _LEAST_SHARED and source_start < source_end:
            kept.append(SharedSpan(local_start, local_end, source_start, source_end))
    return tuple(kept)


def in_short(heading: str, text: str) -> str:
    """Return the heading of a clause, or its first words."""
    return shortened_text(heading or re.split(r"[。；：\n]", text, maxsplit=1)[0], _WORDS_SHOWN)


def _sentences(comparison: Comparison, here: Outline, there: Outline) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    position: dict[str, int] = {}
    for sentence in comparison.sentences:
        nth = position[sentence.clause] = position.get(sentence.clause, 0) + 1
        place = here.place(sentence.clause)
        name = f"{here.anchor('s', sentence.clause)}-{nth}"
        source, words = _source(sentence, there)
        found.append(
            Sentence(
                anchor=name,
                clause=sentence.clause,
                place=Link(name, place.address),
                chapter=here.chapter_title(place.chapter),
                is_counted=sentence.kind is SentenceKind.SENTENCE,
                words=words,
                relation=sentence.relation,
                effect=sentence.effect,
                band=sentence.band,
                score=sentence.score,
                signals=sentence.signals,
                source=source,
                others=tuple(
                    Link(there.anchor("u", other.clause), there.place(other.clause).address)
                    for other in sentence.sources[1:]
                    if other.score >= _OFFERED
                ),
                seen_in=sentence.seen_in,
            )
        )
    return tuple(found)


def _source(sentence: SentenceComparison, there: Outline) -> tuple[Source | None, Cell]:
    """Return the best source, and the sentence's own words with what both share marked."""
    if not sentence.sources:
        return None, cell(sentence.text)
    best = sentence.sources[0]
    place = Link(there.anchor("u", best.clause), there.place(best.clause).address)
    if sentence.band is Band.UNLIKELY:
        return Source(place, cell(best.text), best.score), cell(sentence.text)
    spans = whole_words(best.spans, sentence.text, best.text)
    words = marked(best.text, ((span.source_start, span.source_end) for span in spans))
    own = marked(sentence.text, ((span.local_start, span.local_end) for span in spans))
    dropped = [tuple(each.span) for each in sentence.dropped]
    return Source(place, _struck(words, dropped), best.score), own


def _struck(words: Cell, ranges: Sequence[tuple[int, ...]]) -> Cell:
    """Return the words with the ranges marked as left out, whatever mark they bore."""
    if not ranges:
        return words
    marks = [run.mark for run in words for _ in run.text]
    for start, end in ranges:
        marks[start:end] = [Mark.DELETE] * (min(end, len(marks)) - start)
    pairs = groupby(zip(plain(words), marks, strict=True), key=lambda pair: pair[1])
    return tuple(Run("".join(sign for sign, _ in held), mark) for mark, held in pairs)


def _covered(
    comparison: Comparison, here: Outline, there: Outline, first: Mapping[str, Sentence]
) -> tuple[Covered, ...]:
    rows = []
    for covered in comparison.coverage:
        place = there.place(covered.clause)
        rows.append(
            Covered(
                there.anchor("u", covered.clause),
                covered.clause,
                place.address,
                place.heading,
                there.chapter_title(place.chapter),
                covered.text,
                covered.status,
                covered.measure,
                covered.matter is Matter.MEASURE,
                covered.score,
                covered.taken,
                tuple(Link(first[by].anchor, here.place(by).address) for by in covered.by if by in first),
            )
        )
    return tuple(rows)


def _own(
    comparison: Comparison, sentences: Sequence[Sentence], local: Document | None
) -> tuple[OwnMeasure, ...]:
    """Return the local measures that hold sentences of the document's own, wholly new ones first."""
    clauses = {clause.id: clause for clause in local.walk()} if local else {}
    held: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.is_counted:
            held.setdefault(sentence.clause, []).append(sentence)
    measures = []
    for measure in comparison.local_measures:
        clause = clauses.get(measure.clause)
        parts = [part.id for part in clause.walk()] if clause else [measure.clause]
        own = [
            sentence for part in parts for sentence in held.get(part, ()) if sentence.relation not in _DERIVED
        ]
        if own:
            words = in_short(clause.heading or "" if clause else "", plain(own[0].words))
            place = own[0].place
            where = place.text.removesuffix(words).strip() or place.text
            measures.append(OwnMeasure(Link(own[0].anchor, where), words, measure.own, measure.sentences))
    return tuple(
        sorted(measures, key=lambda measure: (not measure.is_new, 0 if measure.is_new else -measure.own))
    )


def _measures(comparison: Comparison) -> MeasureCounts:
    counted, own = comparison.summary.measures, comparison.summary.own_measures
    return MeasureCounts(counted.total, counted.adopted, counted.touched, counted.omitted, own.added)


class Quoted(NamedTuple):
    """What one side says, with its place."""

    place: str
    said: str
    """In the words of a person: 到2023年达到7%左右."""
    text: str
    """The document's words it was read from."""
    metric: str = ""
    """What a target counts."""


class TargetRow(NamedTuple):
    """One target with its counterpart."""

    anchor: str
    change: TargetChange
    metric: str
    local: Quoted | None
    superior: Quoted | None


_WEIGHT = {
    TargetChange.TIGHTENED: 0,
    TargetChange.RELAXED: 0,
    TargetChange.CHANGED: 1,
    TargetChange.KEPT: 2,
    TargetChange.NEW: 3,
    TargetChange.MISSING: 4,
}


def target_rows(view: ComparisonView, say: Catalog) -> tuple[TargetRow, ...]:
    """Return targets of both sides: matched ones first, then the local's own, then those it left out."""
    ordered = sorted(view.comparison.targets, key=lambda pair: _WEIGHT[pair.change])
    return tuple(_target(pair, index, view, say) for index, pair in enumerate(ordered, 1))


def _target(pair: TargetComparison, index: int, view: ComparisonView, say: Catalog) -> TargetRow:
    named = pair.local or pair.superior
    return TargetRow(
        f"t-{index}",
        pair.change,
        named.metric if named else "",
        _quoted(pair.local, pair.local_later, view.local_outline, say),
        _quoted(pair.superior, pair.superior_later, view.superior_outline, say),
    )


def _quoted(
    target: Target | None, later: tuple[Target, ...], outline: Outline, say: Catalog
) -> Quoted | None:
    if target is None:
        return None
    said = say.semicolon.join(figure(each, say) for each in (target, *later))
    return Quoted(outline.place(target.clause).address, said, target.text, target.metric)

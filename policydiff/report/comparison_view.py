"""A comparison as a reader goes through it: local sentences with their evidence, superior clauses with their takers.

Addresses, anchors and marks are worked out here, once; the page and its tables put them in order.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from policydiff import model
from policydiff.report.catalog import Catalog
from policydiff.report.document_page import figure
from policydiff.report.outline import Outline
from policydiff.report.runs import Cell, Mark, Run, cell, inside_words, marked, plain, shortened_text

_DERIVED = frozenset({model.Relation.VERBATIM, model.Relation.ADAPTED})
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

    given: model.SentenceComparison
    anchor: str
    place: Link
    chapter: str
    words: Cell
    """With the words shared with the best source marked, where it counts or may count as derived."""
    source: Source | None
    others: tuple[Link, ...]
    """Further superior clauses it may come from."""

    @property
    def is_counted(self) -> bool:
        """Whether it is a sentence: only these are in any figure."""
        return self.given.kind is model.SentenceKind.SENTENCE

    @property
    def judgement(self) -> model.Effect | model.Relation:
        """Its effect, where it is derived, else its relation."""
        return self.given.effect or self.given.relation


class Covered(NamedTuple):
    """One superior clause and the local sentences that may come from it, surest first."""

    given: model.CoveredClause
    anchor: str
    address: str
    heading: str
    chapter: str
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


class ComparisonView(NamedTuple):
    """Everything the page of a comparison shows, addresses and marks worked out."""

    comparison: model.Comparison
    local: model.Document | None
    superior: model.Document | None
    local_outline: Outline
    superior_outline: Outline
    sentences: tuple[Sentence, ...]
    covered: tuple[Covered, ...]
    own: tuple[OwnMeasure, ...]
    """Wholly new measures first in reading order, then those with most sentences of their own; bare headings are left out."""


def comparison_view(
    comparison: model.Comparison, local: model.Document | None, superior: model.Document | None
) -> ComparisonView:
    """Return the view of a comparison, with headings and chapters where its documents are given."""
    here, there = Outline(local), Outline(superior)
    sentences = _sentences(comparison, here, there)
    covered = _covered(
        comparison, here, there, {sentence.given.clause: sentence for sentence in reversed(sentences)}
    )
    own = _own(comparison, sentences, local)
    return ComparisonView(comparison, local, superior, here, there, sentences, covered, own)


def whole_words(spans: Iterable[model.SharedSpan], local: str, superior: str) -> tuple[model.SharedSpan, ...]:
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
            kept.append(model.SharedSpan(local_start, local_end, source_start, source_end))
    return tuple(kept)


def in_short(heading: str, text: str) -> str:
    """Return the heading of a clause, or its first words."""
    return shortened_text(heading or re.split(r"[。；：\n]", text, maxsplit=1)[0], _WORDS_SHOWN)


def _sentences(comparison: model.Comparison, here: Outline, there: Outline) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    position: Counter[str] = Counter()
    for given in comparison.sentences:
        position[given.clause] += 1
        place = here.place(given.clause)
        name = f"{here.anchor('s', given.clause)}-{position[given.clause]}"
        source, words = _source(given, there)
        others = tuple(_link(there, other.clause) for other in given.sources[1:] if other.score >= _OFFERED)
        chapter = here.chapter_title(place.chapter)
        found.append(Sentence(given, name, Link(name, place.address), chapter, words, source, others))
    return tuple(found)


def _link(outline: Outline, clause: str) -> Link:
    return Link(outline.anchor("u", clause), outline.place(clause).address)


def _source(sentence: model.SentenceComparison, there: Outline) -> tuple[Source | None, Cell]:
    """Return the best source, and the sentence's own words with what both share marked."""
    if not sentence.sources:
        return None, cell(sentence.text)
    best = sentence.sources[0]
    place = _link(there, best.clause)
    if sentence.band is model.Band.UNLIKELY:
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
    comparison: model.Comparison, here: Outline, there: Outline, first: Mapping[str, Sentence]
) -> tuple[Covered, ...]:
    rows = []
    for given in comparison.coverage:
        place, name = there.place(given.clause), there.anchor("u", given.clause)
        by = tuple(Link(first[each].anchor, here.place(each).address) for each in given.by if each in first)
        chapter = there.chapter_title(place.chapter)
        rows.append(Covered(given, name, place.address, place.heading, chapter, by))
    return tuple(rows)


def _own(
    comparison: model.Comparison, sentences: Sequence[Sentence], local: model.Document | None
) -> tuple[OwnMeasure, ...]:
    """Return the local measures that hold sentences of the document's own, wholly new ones first."""
    clauses = {clause.id: clause for clause in local.walk()} if local else {}
    held: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.is_counted:
            held.setdefault(sentence.given.clause, []).append(sentence)
    measures = []
    for measure in comparison.local_measures:
        clause = clauses.get(measure.clause)
        parts = [part.id for part in clause.walk()] if clause else [measure.clause]
        own = [
            sentence
            for part in parts
            for sentence in held.get(part, ())
            if sentence.given.relation not in _DERIVED
        ]
        if own:
            words = in_short(clause.heading or "" if clause else "", plain(own[0].words))
            place = own[0].place
            where = place.text.removesuffix(words).strip() or place.text
            measures.append(OwnMeasure(Link(own[0].anchor, where), words, measure.own, measure.sentences))
    return tuple(
        sorted(measures, key=lambda measure: (not measure.is_new, 0 if measure.is_new else -measure.own))
    )


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
    change: model.TargetChange
    metric: str
    local: Quoted | None
    superior: Quoted | None


_WEIGHT = {
    model.TargetChange.TIGHTENED: 0,
    model.TargetChange.RELAXED: 0,
    model.TargetChange.CHANGED: 1,
    model.TargetChange.KEPT: 2,
    model.TargetChange.NEW: 3,
    model.TargetChange.MISSING: 4,
}


def target_rows(view: ComparisonView, say: Catalog) -> tuple[TargetRow, ...]:
    """Return targets of both sides: matched ones first, then the local's own, then those it left out."""
    ordered = sorted(view.comparison.targets, key=lambda pair: _WEIGHT[pair.change])
    return tuple(_target(pair, index, view, say) for index, pair in enumerate(ordered, 1))


def _target(pair: model.TargetComparison, index: int, view: ComparisonView, say: Catalog) -> TargetRow:
    named = pair.local or pair.superior
    return TargetRow(
        f"t-{index}",
        pair.change,
        named.metric if named else "",
        _quoted(pair.local, pair.local_later, view.local_outline, say),
        _quoted(pair.superior, pair.superior_later, view.superior_outline, say),
    )


def _quoted(
    target: model.Target | None, later: tuple[model.Target, ...], outline: Outline, say: Catalog
) -> Quoted | None:
    if target is None:
        return None
    said = say.semicolon.join(figure(each, say) for each in (target, *later))
    return Quoted(outline.place(target.clause).address, said, target.text, target.metric)

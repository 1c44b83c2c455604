"""A comparison prepared for display: local sentences with sources, superior clauses with the sentences taken from them.

Addresses, anchors and marks are computed here once; the page and its tables only arrange them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from policydiff import model
from policydiff.comparison.counted_measures import is_own, local_measures, measures_of
from policydiff.lexicon.text_marks import inside_words
from policydiff.report.catalog import Catalog
from policydiff.report.document_page import figure
from policydiff.report.outline import Outline, Place
from policydiff.report.runs import Cell, Mark, Run, cell, marked, plain, shortened_text

_WORDS_SHOWN = 40
"""Characters shown of a clause so that a reader recognises it."""
_LEAST_SHARED = 2
"""Least characters of a shared stretch that is marked; single characters (的, 和) occur in any two sentences."""
_GRAVE = (model.Effect.LOOSENED, model.Effect.TIGHTENED, model.Effect.DIFFERENT)
"""Effects that are named beside the coverage of a clause, gravest first."""
_OFFERED = 0.5
"""Least score of a further source that is named beside the best one: from here it is more likely a source than not."""


class Link(NamedTuple):
    """A reference to a row of the report."""

    anchor: str
    text: str


class Source(NamedTuple):
    """The superior sentence that is offered as the source of a local sentence."""

    place: Link
    words: Cell
    """The sentence, with the words that both texts share marked, and the words that the local sentence leaves out struck."""
    score: float
    document: str
    """Title of the superior document."""
    number: int
    """Number of the superior document, from 1, among several; 0 if there is only one superior."""


class Sentence(NamedTuple):
    """One unit of the local document: a sentence, heading, note or table row."""

    given: model.SentenceComparison
    anchor: str
    place: Link
    chapter: str
    words: Cell
    """The sentence; if it counts or may count as derived, the words shared with the best source are marked."""
    source: Source | None
    others: tuple[Link, ...]
    """Further superior clauses that the sentence may come from."""

    @property
    def is_counted(self) -> bool:
        """Whether the unit is a sentence; only sentences are counted in figures."""
        return self.given.kind is model.SentenceKind.SENTENCE

    @property
    def is_row(self) -> bool:
        """Whether the unit is a table row or labelled line with a counterpart, or a new table row: listed like a sentence, but not counted."""
        is_new = self.given.kind is model.SentenceKind.ROW and self.given.relation is model.Relation.ADDED
        return not self.is_counted and (self.given.effect is not None or is_new)

    @property
    def judgement(self) -> model.Effect | model.Relation:
        """The effect of a derived sentence; the relation of any other sentence."""
        return self.given.effect or self.given.relation


class Covered(NamedTuple):
    """A superior clause, with the local sentences that may come from it, most certain first."""

    given: model.CoveredClause
    anchor: str
    address: str
    heading: str
    chapter: str
    by: tuple[Link, ...]
    words: Cell
    """Text of the clause; sentences without a local counterpart are struck, but a clause left out as a whole has no marks."""
    left: tuple[str, ...]
    """The struck sentences, without those that a person must judge; empty for a measure that is left out as a whole."""
    effects: tuple[model.Effect, ...]
    """Grave effects of the local sentences taken from the clause, or from clauses below a measure, because *adopted* alone does not tell them."""
    document: str
    """Title of the superior document."""


class OwnMeasure(NamedTuple):
    """A local measure with sentences that have no source in the superior document."""

    place: Link
    words: str
    """Heading of the measure, or its first sentence without a source."""
    own: int
    """Number of sentences without a source."""
    total: int
    is_doubted: bool
    """Whether one of these sentences may have a source, so that a person must judge it."""

    @property
    def is_new(self) -> bool:
        """Whether none of its sentences has a source."""
        return self.own == self.total


class ComparisonView(NamedTuple):
    """All content of a comparison's page, with addresses and marks computed."""

    comparison: model.Comparison
    local: model.Document | None
    superior: model.Document | None
    local_outline: Outline
    superior_outline: Outline
    sentences: tuple[Sentence, ...]
    covered: tuple[Covered, ...]
    own: tuple[OwnMeasure, ...]
    """New measures first, in reading order, then measures with the most sentences of their own; bare headings are left out."""


def comparison_view(
    comparison: model.Comparison,
    local: model.Document | None,
    superior: model.Document | None,
    number: int = 0,
) -> ComparisonView:
    """Return the view of a comparison, with headings and chapters if its documents are given.

    With several superior documents, `number` is printed before the addresses in this superior.
    """
    here, there = Outline(local), _Above(superior, comparison.superior, number)
    found: list[Sentence] = []
    position: Counter[str] = Counter()
    for given in comparison.sentences:
        position[given.clause] += 1
        place = here.place(given.clause)
        name = f"{here.anchor('s', given.clause)}-{position[given.clause]}"
        source, words = _source(given, there)
        others = tuple(there.link(other.clause) for other in given.sources[1:] if other.score >= _OFFERED)
        chapter = here.chapter_title(place.chapter)
        found.append(Sentence(given, name, Link(name, place.address), chapter, words, source, others))
    sentences = tuple(found)
    covered = _covered(comparison, here, there, sentences)
    own = _own(comparison.local_measures, sentences, local)
    return ComparisonView(comparison, local, superior, here, there.outline, sentences, covered, own)


def several_view(comparison: model.SourcedComparison, *documents: model.Document | None) -> ComparisonView:
    """Return a view over several superior documents: each local sentence beside the superior sentence that explains it best.

    `documents` are the local document and then its superiors, each None if it is not known.
    """
    local, *superiors = documents
    given = zip(comparison.comparisons, superiors, strict=True)
    views = [comparison_view(each, local, above, number) for number, (each, above) in enumerate(given, 1)]
    sentences = tuple(views[best].sentences[index] for index, best in enumerate(comparison.nearest))
    measures = local_measures(measures_of(local), [each.given for each in sentences]) if local else ()
    covered = tuple(clause for view in views for clause in view.covered)
    return views[0]._replace(sentences=sentences, covered=covered, own=_own(measures, sentences, local))


class _Above:
    """Links and addresses of a superior document's clauses; with several superiors, an address begins with the document's number."""

    def __init__(self, document: model.Document | None, reference: model.Reference, number: int) -> None:
        self.outline = Outline(document)
        self.title = reference.title or reference.file or reference.id or ""
        self.number = number
        self._anchor, self._before = (f"u{number}", f"[{number}] ") if number else ("u", "")

    def place(self, clause: str) -> Place:
        """Return the place of a clause, with the document's number before the address."""
        known = self.outline.place(clause)
        return known._replace(address=self._before + known.address)

    def chapter(self, place: Place) -> str:
        """Return the title of the chapter around a place."""
        return self._before + self.outline.chapter_title(place.chapter)

    def link(self, clause: str) -> Link:
        """Return the reference to a clause's row."""
        return Link(self.outline.anchor(self._anchor, clause), self.place(clause).address)


def whole_words(spans: Iterable[model.SharedSpan], local: str, superior: str) -> tuple[model.SharedSpan, ...]:
    """Return the spans without parts of words and numbers at their ends: 到202 of 到2023年 and 到2020年 → 到.

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


_T = TypeVar("_T")


def innermost(clause: str, held: Mapping[str, _T]) -> _T | None:
    """Return the value in `held` for the clause, or for the nearest clause around it; None for none."""
    while clause not in held and "__" in clause:
        clause = clause.rpartition("__")[0]
    return held.get(clause)


def in_short(heading: str, text: str) -> str:
    """Return the heading of a clause, or its first words if it has no heading."""
    return shortened_text(heading or re.split(r"[。；：\n]", text, maxsplit=1)[0], _WORDS_SHOWN)


def _source(sentence: model.SentenceComparison, there: _Above) -> tuple[Source | None, Cell]:
    """Return the best source, and the sentence's own words with the shared words marked."""
    if not sentence.sources:
        return None, cell(sentence.text)
    best = sentence.sources[0]
    place = there.link(best.clause)
    if sentence.band is model.Band.UNLIKELY and sentence.effect is None:
        return Source(place, cell(best.text), best.score, there.title, there.number), cell(sentence.text)
    spans = whole_words(best.spans, sentence.text, best.text)
    words = marked(best.text, ((span.source_start, span.source_end) for span in spans))
    own = marked(sentence.text, ((span.local_start, span.local_end) for span in spans))
    dropped = [tuple(each.span) for each in sentence.dropped]
    return Source(place, _struck(words, dropped), best.score, there.title, there.number), own


def _struck(words: Cell, ranges: Sequence[tuple[int, ...]]) -> Cell:
    """Return the words with the ranges marked as left out, in place of the marks they had."""
    if not ranges:
        return words
    marks = [run.mark for run in words for _ in run.text]
    for start, end in ranges:
        marks[start:end] = [Mark.DELETE] * (min(end, len(marks)) - start)
    pairs = groupby(zip(plain(words), marks, strict=True), key=lambda pair: pair[1])
    return tuple(Run("".join(sign for sign, _ in held), mark) for mark, held in pairs)


def _covered(
    comparison: model.Comparison, here: Outline, there: _Above, sentences: Sequence[Sentence]
) -> tuple[Covered, ...]:
    first = {sentence.given.clause: sentence for sentence in reversed(sentences)}
    asked = {
        (source.clause, source.text)
        for each in comparison.sentences
        if each.band is model.Band.POSSIBLE
        for source in each.sources[:1]
    }
    measures = {each.clause: each.status for each in comparison.coverage if each.measure}
    effects: dict[str, set[model.Effect | None]] = {}
    measure_of = {each.clause: each.clause for each in comparison.coverage if each.measure}
    for each in comparison.sentences:
        for source in each.sources[:1] if each.band is model.Band.SURE else ():
            for clause in {source.clause, innermost(source.clause, measure_of) or source.clause}:
                effects.setdefault(clause, set()).add(each.effect)
    rows = []
    for given in comparison.coverage:
        is_omitted = given.status is model.Coverage.OMITTED
        place, name = there.place(given.clause), there.link(given.clause).anchor
        by = tuple(Link(first[each].anchor, here.place(each).address) for each in given.by if each in first)
        said = [given.text[start:end] for start, end in given.left]
        if innermost(given.clause, measures) in (None, model.Coverage.OMITTED):
            said = []  # No sentence is listed around the measures (the letter), or in a measure that is listed as a whole.
        left = tuple(words for words in said if (given.clause, words) not in asked)
        words = marked(given.text, () if is_omitted else given.left, Mark.DELETE)
        chapter = there.chapter(place)
        changed = tuple(effect for effect in _GRAVE if effect in effects.get(given.clause, ()))
        rows.append(
            Covered(given, name, place.address, place.heading, chapter, by, words, left, changed, there.title)
        )
    return tuple(rows)


def _own(
    measures: Sequence[model.LocalMeasure], sentences: Sequence[Sentence], local: model.Document | None
) -> tuple[OwnMeasure, ...]:
    """Return the local measures with sentences of the document's own; wholly new measures first."""
    clauses = {clause.id: clause for clause in local.walk()} if local else {}
    held: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        if sentence.is_counted:
            held.setdefault(sentence.given.clause, []).append(sentence)
    found = []
    for measure in measures:
        clause = clauses.get(measure.clause)
        parts = [part.id for part in clause.walk()] if clause else [measure.clause]
        own = [sentence for part in parts for sentence in held.get(part, ()) if is_own(sentence.given)]
        if own:
            words = in_short(clause.heading or "" if clause else "", plain(own[0].words))
            place = own[0].place
            where = place.text.removesuffix(words).strip() or place.text
            doubted = any(each.given.band is model.Band.POSSIBLE for each in own)
            found.append(
                OwnMeasure(Link(own[0].anchor, where), words, measure.own, measure.sentences, doubted)
            )
    return tuple(
        sorted(found, key=lambda measure: (not measure.is_new, 0 if measure.is_new else -measure.own))
    )


class Quoted(NamedTuple):
    """A target or figure of one document, with its place."""

    place: str
    said: str
    """The figure as a person writes it: 到2023年达到7%左右."""
    text: str
    """The words of the document from which the figure was read."""
    metric: str = ""
    """The quantity that the figure measures."""


class TargetRow(NamedTuple):
    """A target of one document, with its counterpart in the other."""

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
    """Return the targets of both sides: matched ones first, then the local document's own, then the superior's without a counterpart."""
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

"""A comparison as a reader goes through it: chapters of the superior, sentences with evidence, what is the local's own."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from policydiff.model import (
    Band,
    Comparison,
    Coverage,
    Document,
    Relation,
    SentenceComparison,
)
from policydiff.report.inputs import ComparisonReport
from policydiff.report.outline import Outline, anchor
from policydiff.report.runs import Cell, cell, marked, plain


class Link(NamedTuple):
    """A reference to a row of the report."""

    anchor: str
    text: str


class Source(NamedTuple):
    """One superior sentence offered as the origin of a local one, both with the shared words marked."""

    place: Link
    heading: str
    local: Cell
    words: Cell
    score: float


class Sentence(NamedTuple):
    """One local sentence."""

    anchor: str
    place: Link
    heading: str
    starts_clause: bool
    """First sentence of its clause."""
    words: Cell
    """With the words shared with the best source marked, where it counts or may count as derived."""
    relation: Relation
    band: Band
    score: float
    sources: tuple[Source, ...]


class LocalChapter(NamedTuple):
    """The sentences under one outermost clause of the local document."""

    anchor: str
    title: str
    sentences: tuple[Sentence, ...]


class Covered(NamedTuple):
    """One superior clause and the local sentences that may come from it, surest first."""

    anchor: str
    address: str
    heading: str
    text: str
    status: Coverage
    score: float
    by: tuple[Link, ...]
    takers: tuple[Sentence, ...]


class SuperiorChapter(NamedTuple):
    """The clauses under one outermost clause of the superior document."""

    anchor: str
    title: str
    clauses: tuple[Covered, ...]

    def number_of(self, status: Coverage) -> int:
        """Number of its clauses of this status."""
        return sum(clause.status == status for clause in self.clauses)


class OwnMeasure(NamedTuple):
    """A local clause with sentences that the superior document does not explain."""

    place: Link
    words: str
    """Its heading, or the first of those sentences."""
    added: int
    """Sentences on topics of its own."""
    related: int
    """Sentences on a topic of the superior document, without descent."""
    total: int


class ComparisonView(NamedTuple):
    """Everything the renderers show of a comparison, addresses and marks worked out."""

    comparison: Comparison
    local: Document | None
    superior: Document | None
    local_outline: Outline
    superior_outline: Outline
    chapters: tuple[LocalChapter, ...]
    coverage: tuple[SuperiorChapter, ...]
    own: tuple[OwnMeasure, ...]
    """Clauses with most sentences of their own first; bare headings are left out."""

    def number_of(self, band: Band, relation: Relation) -> int:
        """Number of local sentences of this certainty and relation."""
        return sum(each.band == band and each.relation == relation for each in self.sentences())

    def sentences(self) -> Iterable[Sentence]:
        """All local sentences in reading order."""
        return (sentence for chapter in self.chapters for sentence in chapter.sentences)


def comparison_view(given: Comparison | ComparisonReport) -> ComparisonView:
    """Return the view of a comparison, with headings and chapters where its documents are given."""
    if isinstance(given, ComparisonReport):
        comparison, local, superior = given.comparison, given.local, given.superior
    else:
        comparison, local, superior = given, None, None
    here, there = Outline(local), Outline(superior)
    sentences = _sentences(comparison, here, there)
    return ComparisonView(
        comparison,
        local,
        superior,
        here,
        there,
        _local_chapters(sentences, comparison, here),
        _coverage(comparison, sentences, here, there),
        _own(sentences, local),
    )


def _sentences(comparison: Comparison, here: Outline, there: Outline) -> list[Sentence]:
    found: list[Sentence] = []
    position: dict[str, int] = {}
    for sentence in comparison.sentences:
        nth = position[sentence.clause] = position.get(sentence.clause, 0) + 1
        place = here.place(sentence.clause)
        sources = tuple(_source(sentence, index, there) for index in range(len(sentence.sources)))
        derived = sources and sentence.band is not Band.UNLIKELY
        found.append(
            Sentence(
                anchor=f"{anchor('s', sentence.clause)}-{nth}",
                place=Link(anchor("l", sentence.clause), place.address),
                heading=place.heading,
                starts_clause=nth == 1,
                words=sources[0].local if derived else cell(sentence.text),
                relation=sentence.relation,
                band=sentence.band,
                score=sentence.score,
                sources=sources,
            )
        )
    return found


def _source(sentence: SentenceComparison, index: int, there: Outline) -> Source:
    source = sentence.sources[index]
    place = there.place(source.clause)
    return Source(
        Link(anchor("u", source.clause), place.address),
        place.heading,
        marked(sentence.text, ((span.local_start, span.local_end) for span in source.spans)),
        marked(source.text, ((span.source_start, span.source_end) for span in source.spans)),
        source.score,
    )


def _local_chapters(
    sentences: list[Sentence], comparison: Comparison, here: Outline
) -> tuple[LocalChapter, ...]:
    chapters = (here.place(sentence.clause).chapter for sentence in comparison.sentences)
    paired = zip(chapters, sentences, strict=True)
    return tuple(
        LocalChapter(
            anchor("lc", chapter), here.chapter_title(chapter), tuple(sentence for _, sentence in group)
        )
        for chapter, group in groupby(paired, key=lambda pair: pair[0])
    )


def _coverage(
    comparison: Comparison, sentences: list[Sentence], here: Outline, there: Outline
) -> tuple[SuperiorChapter, ...]:
    takers: dict[str, list[Sentence]] = {}
    for compared, sentence in zip(comparison.sentences, sentences, strict=True):
        if compared.band is not Band.UNLIKELY:
            for clause in dict.fromkeys(source.clause for source in compared.sources[:1]):
                takers.setdefault(clause, []).append(sentence)
    rows = []
    for covered in comparison.coverage:
        place = there.place(covered.clause)
        rows.append(
            (
                place.chapter,
                Covered(
                    anchor("u", covered.clause),
                    place.address,
                    place.heading,
                    covered.text,
                    covered.status,
                    covered.score,
                    tuple(Link(f"{anchor('s', by)}-1", here.place(by).address) for by in covered.by),
                    tuple(sorted(takers.get(covered.clause, ()), key=lambda taker: -taker.score)),
                ),
            )
        )
    return tuple(
        SuperiorChapter(
            anchor("uc", chapter), there.chapter_title(chapter), tuple(clause for _, clause in group)
        )
        for chapter, group in groupby(rows, key=lambda row: row[0])
    )


def _own(sentences: list[Sentence], local: Document | None) -> tuple[OwnMeasure, ...]:
    headings = (
        {f"l-{clause.id}": clause.heading for clause in local.walk() if clause.heading} if local else {}
    )
    measures = []
    for place, group in groupby(sentences, key=lambda sentence: sentence.place):
        held = [sentence for sentence in group if plain(sentence.words) != headings.get(place.anchor)]
        own = [sentence for sentence in held if sentence.band is Band.UNLIKELY]
        if not own:
            continue
        added = sum(sentence.relation is Relation.ADDED for sentence in own)
        words = own[0].heading or plain(own[0].words)
        where = place.text.removesuffix(words).strip()
        measures.append(
            OwnMeasure(Link(own[0].anchor, where or place.text), words, added, len(own) - added, len(held))
        )
    return tuple(sorted(measures, key=lambda measure: (-measure.added, -measure.related)))

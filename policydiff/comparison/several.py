"""A document against several superior ones, and several documents beside each other."""

from collections.abc import Sequence

from policydiff.comparison.compare import compare_documents, reference_of
from policydiff.comparison.encoders import SentenceEncoder
from policydiff.comparison.sentences import DERIVED, band_of
from policydiff.model import (
    Comparison,
    Coverage,
    CoveredClause,
    Document,
    PeerCell,
    PeerComparison,
    PeerMeasure,
    Reference,
    SentenceOrigin,
    SourcedComparison,
)


def compare_many(
    local: Document,
    superiors: Sequence[Document],
    *,
    local_reference: Reference | None = None,
    superior_references: Sequence[Reference] | None = None,
    encoder: SentenceEncoder | None = None,
) -> SourcedComparison:
    """Return what `local` took from each of several superior documents, and what comes from none.

    Args:
        local: The document of the lower level.
        superiors: The documents it implements.
        local_reference: How the result names the local text.
        superior_references: How it names the superior ones, in their order.
        encoder: As for `compare_documents`.
    """
    named = superior_references or [reference_of(superior) for superior in superiors]
    own = local_reference or reference_of(local)
    comparisons = tuple(
        compare_documents(local, superior, local_reference=own, superior_reference=reference, encoder=encoder)
        for superior, reference in zip(superiors, named, strict=True)
    )
    return SourcedComparison(local=own, comparisons=comparisons, origins=_origins(comparisons))


def _origins(comparisons: Sequence[Comparison]) -> tuple[SentenceOrigin, ...]:
    origins = []
    for sentences in zip(*(comparison.sentences for comparison in comparisons), strict=True):
        best = max(range(len(sentences)), key=lambda index: (sentences[index].score, -index))
        score = sentences[best].score
        origins.append(
            SentenceOrigin(
                clause=sentences[best].clause,
                text=sentences[best].text,
                comparison=best if score >= DERIVED else None,
                score=score,
                band=band_of(score),
            )
        )
    return tuple(origins)


def compare_peers(
    documents: Sequence[Document],
    superior: Document | None = None,
    *,
    references: Sequence[Reference] | None = None,
    superior_reference: Reference | None = None,
    encoder: SentenceEncoder | None = None,
) -> PeerComparison:
    """Return measures across documents of one level.

    Args:
        documents: The documents, at least two where there is no superior.
        superior: Where it is given, its clauses are the measures. Else each document's clauses are, those excepted
            which an earlier document says too.
        references: How the result names the documents, in their order.
        superior_reference: How it names the superior document.
        encoder: As for `compare_documents`.
    """
    named = tuple(references or [reference_of(document) for document in documents])
    if superior is not None:
        covers = [compare_documents(document, superior, encoder=encoder).coverage for document in documents]
        measures = [
            PeerMeasure(
                document=None,
                clause=row[0].clause,
                label=row[0].label,
                text=row[0].text,
                cells=tuple(_cell(clause) for clause in row),
            )
            for row in zip(*covers, strict=True)
        ]
        return PeerComparison(
            documents=named, superior=superior_reference or reference_of(superior), measures=tuple(measures)
        )
    return PeerComparison(documents=named, measures=tuple(_measures_among(documents, encoder)))


def _measures_among(documents: Sequence[Document], encoder: SentenceEncoder | None) -> list[PeerMeasure]:
    """Return each document's clauses, each measure once: under the first document that says it."""
    measures: list[PeerMeasure] = []
    said: list[set[str]] = [set() for _ in documents]
    for index, anchor in enumerate(documents):
        covers = [
            compare_documents(document, anchor, encoder=encoder).coverage if other > index else None
            for other, document in enumerate(documents)
        ]
        for place, clause in enumerate(anchor.walk()):
            if clause.id in said[index] or not clause.text:
                continue
            cells = []
            for other, cover in enumerate(covers):
                if other == index:
                    cells.append(PeerCell(status=Coverage.ADOPTED, score=1.0, clauses=(clause.id,)))
                elif cover is None:
                    cells.append(PeerCell(status=Coverage.OMITTED, score=0.0))
                else:
                    cell = _cell(cover[place])
                    if cell.status is Coverage.ADOPTED:
                        said[other].update(cell.clauses[:1])
                    cells.append(cell)
            measures.append(
                PeerMeasure(
                    document=index, clause=clause.id, label=clause.label, text=clause.text, cells=tuple(cells)
                )
            )
    return measures


def _cell(clause: CoveredClause) -> PeerCell:
    return PeerCell(status=clause.status, score=clause.score, clauses=clause.by)

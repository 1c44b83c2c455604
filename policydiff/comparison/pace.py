"""What a revision of the superior document leaves behind in a local one."""

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.fuzz import ratio

from policydiff.comparison.compare import compare_documents, reference_of
from policydiff.comparison.encoders import SentenceEncoder
from policydiff.comparison.folding import fold
from policydiff.comparison.responsibilities import stands_in
from policydiff.comparison.sentences import DERIVED
from policydiff.model import (
    Change,
    ChangeKind,
    Coverage,
    CoveredClause,
    Document,
    Pace,
    PaceComparison,
    PaceOfClause,
    Reference,
    SentenceComparison,
    SentenceSource,
)
from policydiff.revision import diff_documents


def compare_over_time(
    local: Document,
    old_superior: Document,
    new_superior: Document,
    *,
    references: tuple[Reference, Reference, Reference] | None = None,
    encoder: SentenceEncoder | None = None,
) -> PaceComparison:
    """Return which local clauses lag behind after the superior document was revised.

    Sentences whose source the revision left as it was are not listed.

    Args:
        local: The document of the lower level.
        old_superior: The text it was made from.
        new_superior: The revised text.
        references: How the result names the three, in this order.
        encoder: As for `compare_documents`.
    """
    named = references or (reference_of(local), reference_of(old_superior), reference_of(new_superior))
    before = compare_documents(local, old_superior, encoder=encoder)
    after = compare_documents(local, new_superior, encoder=encoder)
    changes = diff_documents(old_superior, new_superior).changes
    clauses = [
        *_touched(before.sentences, after.sentences, changes),
        *_missing({clause.clause: clause for clause in after.coverage}, changes),
    ]
    return PaceComparison(
        local=named[0], old_superior=named[1], new_superior=named[2], clauses=tuple(clauses)
    )


def _touched(
    before: Sequence[SentenceComparison], after: Sequence[SentenceComparison], changes: Sequence[Change]
) -> Iterator[PaceOfClause]:
    for was, is_now in zip(before, after, strict=True):
        if was.score < DERIVED or not was.sources:
            continue
        source = was.sources[0]
        change = _change_of(source.clause, changes)
        if change is None or change.kind is ChangeKind.UNCHANGED:
            continue
        old_words = fold(source.text).text
        if any(old_words in fold(unit.text).text for unit in change.new):
            continue
        followed = [
            other for other in is_now.sources if any(stands_in(other.clause, unit.id) for unit in change.new)
        ]
        pace, new = _pace(was, old_words, followed, change)
        yield PaceOfClause(
            pace=pace, clause=was.clause, text=was.text, old=source.clause, new=new, score=was.score
        )


def _pace(
    sentence: SentenceComparison, old_words: str, followed: Sequence[SentenceSource], change: Change
) -> tuple[Pace, str | None]:
    """Return how the sentence stands, and the revised clause it should be read against."""
    if not change.new:
        return Pace.UNFOUNDED, None
    own_words = fold(sentence.text).text
    best = max(followed, key=lambda other: ratio(own_words, fold(other.text).text), default=None)
    if best is None:
        return Pace.BEHIND, change.new[0].id
    nearer = ratio(own_words, fold(best.text).text) > ratio(own_words, old_words)
    return (Pace.CURRENT if nearer else Pace.BEHIND), best.clause


def _missing(coverage: Mapping[str, CoveredClause], changes: Sequence[Change]) -> Iterator[PaceOfClause]:
    for change in changes:
        if change.kind is not ChangeKind.ADDED:
            continue
        for unit in change.new:
            covered = coverage.get(unit.id)
            if covered is not None and covered.status is not Coverage.ADOPTED:
                yield PaceOfClause(
                    pace=Pace.MISSING,
                    clause=None,
                    text=unit.text,
                    old=None,
                    new=unit.id,
                    score=round(1 - covered.score, 4),
                )


def _change_of(clause: str, changes: Sequence[Change]) -> Change | None:
    """Return the change whose old unit holds the clause, the innermost where several do."""
    holding = [
        (len(unit.id), index)
        for index, change in enumerate(changes)
        for unit in change.old
        if stands_in(clause, unit.id)
    ]
    return changes[max(holding)[1]] if holding else None

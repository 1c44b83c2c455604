"""Status of each clause on both sides, computed from the results for its sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from policydiff.comparison.counted_measures import measures_of
from policydiff.comparison.sentence_units import Unit, is_commencement, matter_of, states_purpose
from policydiff.model import (
    Band,
    Clause,
    ClauseComparison,
    ClauseKind,
    Coverage,
    CoveredClause,
    Document,
    Matter,
    Relation,
    SentenceComparison,
    SentenceKind,
    Span,
)

_HALF = 0.5
_COUNTED = 0.5
"""Probability from which a sentence counts for its first source, because it is then more likely derived than not."""
_COUNTED_BESIDE = 0.35
"""Probability from which a sentence counts for a further source: 0.32 of the further sources that readers list reach it (precision 0.61, by
`python -m benchmarks.training.further`), 0.19 reach 0.5. From 0.3 to 0.35 most measures have the readers' status, at 0.25 and 0.5 fewer."""
_ADOPTED_SHARE = 0.5
"""Share (0…1) of a clause's words in sentences that were taken, from which it is adopted: of 58 measures that
readers call adopted 56 have more, of 30 that they call touched 24 have less."""
TOUCHED = 0.29
"""Expected number of local sentences from a clause (the sum of their probabilities), from which the clause is touched."""
TOUCHED_PENALTY = 0.8
"""`TOUCHED` for a penalty clause, because sentences on bans and on other penalties share its words. Both
numbers were learned: `python -m benchmarks.training.coverage`."""
_WORTH_NAMING = 0.2
"""Probability from which a local sentence is listed as taking up a clause; the most probable sentences are always listed."""
_DIGITS = 4
_OF_TABLES = frozenset({ClauseKind.TABLE, ClauseKind.ROW})
_RANK = {Coverage.OMITTED: 0, Coverage.TOUCHED: 1, Coverage.ADOPTED: 2}


def clause_comparisons(
    document: Document, sentences: Sequence[SentenceComparison]
) -> tuple[ClauseComparison, ...]:
    """Return the result for each local clause with sentences, in reading order."""
    labels = {clause.id: clause.label for clause in document.walk()}
    by_clause: dict[str, list[SentenceComparison]] = {}
    for sentence in sentences:
        if sentence.kind is SentenceKind.SENTENCE:
            by_clause.setdefault(sentence.clause, []).append(sentence)
    return tuple(_verdict(clause, labels.get(clause), members) for clause, members in by_clause.items())


def _verdict(clause: str, label: str | None, members: Sequence[SentenceComparison]) -> ClauseComparison:
    size = sum(len(member.text) for member in members) or 1
    score = sum(member.score * len(member.text) for member in members) / size
    share: dict[Relation, float] = {}
    for member in members:
        share[member.relation] = share.get(member.relation, 0.0) + len(member.text) / size
    relation = Relation.ADDED
    if share.keys() != {Relation.ADDED}:
        relation = Relation.VERBATIM if share.get(Relation.VERBATIM, 0.0) > _HALF else Relation.ADAPTED
    weight: dict[str, float] = {}
    for member in members:
        if member.band is not Band.UNLIKELY:
            for source in member.sources:
                weight[source.clause] = weight.get(source.clause, 0.0) + source.score
    sources = sorted(weight, key=lambda source: (-weight[source], source))
    return ClauseComparison(
        clause=clause, label=label, relation=relation, score=round(score, _DIGITS), sources=tuple(sources)
    )


@dataclass(slots=True)
class _Claimed:
    """Claims of local sentences on a clause and the clauses below it."""

    size: float = 0.0
    """Characters in its sentences."""
    taken: float = 0.0
    """Characters in sentences from which a counted local sentence comes."""
    left: tuple[str, ...] = ()
    """Its own remaining sentences in order, without commencement provisions; sentences of lower clauses belong to these."""
    claims: dict[int, float] = field(default_factory=dict)
    """For the index of each local sentence, the probability that it comes from the clause."""
    sure: bool = False
    """Whether the clause is the first source of a local sentence with band `sure`."""

    def join(self, other: "_Claimed") -> None:
        self.size += other.size
        self.taken += other.taken
        self.sure |= other.sure
        for sentence, claimed in other.claims.items():
            self.claims[sentence] = max(claimed, self.claims.get(sentence, 0.0))


def coverage(
    superior: Document, units: Sequence[Unit], sentences: Sequence[SentenceComparison], *, apart: bool = False
) -> tuple[CoveredClause, ...]:
    """Return the status of each clause of the superior document, in reading order.

    Adopted: at least half of its words stand in sentences from which counted local sentences come. Touched: fewer, or the
    probabilities of local sentences to come from it add up to `TOUCHED`. Omitted: neither. The score of a clause is the
    probability that at least one local sentence comes from it or from a clause below. Where the texts share
    hardly any words (`apart`), the nearest sentences of omitted clauses are named too.
    """
    claimed = _claimed_by_clause(units, sentences)
    takers = [sentence.clause for sentence in sentences]
    own = {clause.id for clause in measures_of(superior)}
    covered: list[CoveredClause] = []
    for clause in superior.clauses:
        _cover(clause, claimed, takers, own, covered)
    covered = _rows_taken(superior, covered, sentences)
    if not apart:
        omitted = {"by": ()}
        covered = [
            each.model_copy(update=omitted) if each.status is Coverage.OMITTED else each for each in covered
        ]
    return tuple(covered)


def _rows_taken(
    superior: Document, covered: Sequence[CoveredClause], sentences: Sequence[SentenceComparison]
) -> list[CoveredClause]:
    """Return the clauses; superior table rows with a derived local row are adopted, and their tables in proportion.

    The status of a measure with a table depends on its sentences only, because rows are not counted.
    """
    taken: dict[str, SentenceComparison] = {}
    for row in sentences:
        if row.kind is SentenceKind.ROW and row.effect is not None:
            held = taken.get(row.sources[0].clause)
            if held is None or row.score > held.score:
                taken[row.sources[0].clause] = row
    if not taken:
        return list(covered)
    tables = {
        clause.id: [child.id in taken for child in clause.children]
        for clause in superior.walk()
        if clause.kind is ClauseKind.TABLE and clause.children
    }
    found: list[CoveredClause] = []
    for each in covered:
        rows = tables.get(each.clause, [each.clause in taken])
        if each.status is Coverage.OMITTED and any(rows):
            by = taken.get(each.clause)
            update = {
                "status": Coverage.ADOPTED if all(rows) else Coverage.TOUCHED,
                "taken": sum(rows) / len(rows),
            }
            beside = {"score": by.score, "by": (by.clause,)} if by else {}
            found.append(each.model_copy(update=update | beside))
        else:
            found.append(each)
    return found


def _claimed_by_clause(units: Sequence[Unit], sentences: Sequence[SentenceComparison]) -> dict[str, _Claimed]:
    """Return for each superior clause the claims on its own words."""
    taken = {
        (source.clause, source.text)
        for sentence in sentences
        for rank, source in enumerate(sentence.sources)
        if _takes(sentence) and source.score >= (_COUNTED if rank == 0 else _COUNTED_BESIDE)
    }
    claimed: dict[str, _Claimed] = {}
    for place, sentence in enumerate(sentences):
        if not _takes(sentence):
            continue
        for rank, source in enumerate(sentence.sources):
            held = claimed.setdefault(source.clause, _Claimed())
            held.sure |= rank == 0 and sentence.band is Band.SURE
            held.claims[place] = max(source.score, held.claims.get(place, 0.0))
    for unit in units:
        if unit.kind is SentenceKind.SENTENCE:
            held = claimed.setdefault(unit.clause, _Claimed())
            held.size += len(unit.text)
            if (unit.clause, unit.text) in taken:
                held.taken += len(unit.text)
            elif not is_commencement(unit.text):
                held.left += (unit.text,)
    purposes = [place for place, sentence in enumerate(sentences) if _is_purpose(sentence)]
    for unit in filter(_is_purpose, units):
        held = claimed.setdefault(unit.clause, _Claimed())
        if not held.size:  # both texts say what they are for: no share of either, and nothing that is missing
            held.claims = dict.fromkeys(purposes, TOUCHED)
    return claimed


def _takes(unit: SentenceComparison) -> bool:
    """Return whether a unit may take words of a superior sentence: a sentence, or a row into which a list was turned."""
    in_table = unit.kind is SentenceKind.ROW and unit.band is not Band.UNLIKELY
    return in_table or unit.kind is SentenceKind.SENTENCE


def _is_purpose(unit: Unit | SentenceComparison) -> bool:
    return unit.kind is SentenceKind.NOTE and states_purpose(unit.text)


def _cover(
    clause: Clause,
    claimed: Mapping[str, _Claimed],
    takers: Sequence[str],
    measures: set[str],
    covered: list[CoveredClause],
) -> tuple[_Claimed, Coverage]:
    """Add the clause and all clauses below it to `covered`; return the claims on all of them, and the clause's status.

    The status is never higher than the best status of the clause's own words and of the lower clauses with words.
    """
    place = len(covered)
    text = clause.text or next((child.text for child in clause.children), "")
    matter = matter_of(text if clause.id not in measures else clause.full_text())
    own = claimed.get(clause.id, _Claimed())
    everything = _Claimed()
    everything.join(own)
    statuses = [_status(own, matter)] if own.size else []
    left = own.left
    for child in clause.children:
        below, status = _cover(child, claimed, takers, measures, covered)
        everything.join(below)
        if below.size or (below.claims and child.kind in _OF_TABLES):
            statuses.append(status)
        if below.taken or (below.claims and child.kind in _OF_TABLES):
            left = tuple(words for words in left if not words.endswith("："))  # the lead of what was taken
    status = _status(everything, matter)
    if statuses:
        status = min(status, max(statuses, key=_RANK.__getitem__), key=_RANK.__getitem__)
    # Spans of the sentences in the text of their clause, in order
    found: list[Span] = []
    for sentence in left:
        start = clause.text.find(sentence, found[-1].end if found else 0)
        if start >= 0:
            found.append(Span(start, start + len(sentence)))
    covered.insert(
        place,
        CoveredClause(
            clause=clause.id,
            label=clause.label,
            text=clause.text,
            status=status,
            score=round(_any_of(everything), _DIGITS),
            sure=everything.sure,
            taken=round(everything.taken / everything.size, _DIGITS) if everything.size else 0.0,
            by=_by(everything.claims, takers),
            left=tuple(found),
            measure=clause.id in measures,
            matter=matter,
        ),
    )
    return everything, status


def _any_of(claimed: _Claimed) -> float:
    """Return the probability that at least one claim holds."""
    return round(1.0 - prod(1.0 - chance for _, chance in sorted(claimed.claims.items())), 9)


def _status(claimed: _Claimed, matter: Matter) -> Coverage:
    if claimed.taken and claimed.taken >= _ADOPTED_SHARE * claimed.size:
        return Coverage.ADOPTED
    expected = round(sum(chance for _, chance in sorted(claimed.claims.items())), 9)
    least = TOUCHED_PENALTY if matter is Matter.SANCTION else TOUCHED
    return Coverage.TOUCHED if claimed.taken or expected >= least else Coverage.OMITTED


def _by(claims: Mapping[int, float], takers: Sequence[str]) -> tuple[str, ...]:
    """Return the local clauses whose sentences make up the score, in falling order of probability."""
    sure: dict[str, float] = {}
    for sentence, chance in claims.items():
        sure[takers[sentence]] = max(chance, sure.get(takers[sentence], 0.0))
    least = min(_WORTH_NAMING, max(sure.values(), default=0.0))
    return tuple(
        sorted((taker for taker in sure if sure[taker] >= least), key=lambda taker: (-sure[taker], taker))
    )

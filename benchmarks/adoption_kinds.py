"""What kinds of errors a comparison makes over the labelled pairs: `python -m benchmarks.adoption_kinds` (half a minute).

Each pair is compared by weights fitted without its superior document. A measure whose status differs from the readers', a
sentence whose relation differs, and a derived one whose first source no reader lists are put under the first kind that holds for them.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.adoption import RELATIONS, judged_measures, places_of_sources
from benchmarks.comparison import DERIVED, models_by_pair
from benchmarks.training.gold import (
    GoldSentence,
    LabelledPair,
    best_overlap,
    document_of,
    labelled_pairs,
    meet,
    places,
)
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.sentence_units import Unit, units_of
from policydiff.model import Comparison, Coverage, Document, Relation, SentenceComparison, SentenceKind

_HALF = 0.5
"""Share of a measure's words from which on it is adopted, as the comparison counts and the labels without a verdict do."""
_BESIDE = 0.35
"""Score from which on a source behind the first counts."""
_RANK = {Coverage.OMITTED: 0, Coverage.TOUCHED: 1, Coverage.ADOPTED: 2}


@dataclass(frozen=True)
class Told:
    """A local sentence as readers labelled it, beside what the comparison says."""

    gold: GoldSentence
    found: SentenceComparison
    listed: int | None
    """Place among the sources given of the first that a reader lists."""

    @property
    def counted(self) -> bool:
        """Whether it is called derived."""
        return self.found.kind is SentenceKind.SENTENCE and self.found.score >= DERIVED


def told(pair: LabelledPair, comparison: Comparison) -> list[Told]:
    """Return the sentences of a pair on which readers agree, each with what was found."""
    here = places(pair.local, [sentence.text for sentence in comparison.sentences])
    known = []
    for gold in pair.sentences:
        index = best_overlap(gold.place, here)
        if gold.derived is None or index is None:
            continue
        found = comparison.sentences[index]
        given = places_of_sources(pair.superior, [source.text for source in found.sources])
        listed = (
            place
            for place, ranges in enumerate(given)
            if any(meet(one, other) for one in ranges for other in gold.sources)
        )
        known.append(Told(gold, found, next(listed, None)))
    return known


def measure_errors(
    pair: LabelledPair, superior: Document, comparison: Comparison, known: Sequence[Told]
) -> Iterator[tuple[str, str]]:
    """Yield for each measure whose status is not the readers' which status was taken for which, and the kind of the error."""
    units = units_of(superior)
    there = places(pair.superior, [unit.text for unit in units])
    status = {each.clause: each for each in comparison.coverage}
    for clause, wanted in judged_measures(pair, superior):
        found = status[clause.id]
        if found.status is wanted:
            continue
        within = {part.id for part in clause.walk()}
        own = [
            (unit, place)
            for unit, place in zip(units, there, strict=True)
            if unit.clause in within and unit.kind is SentenceKind.SENTENCE and place is not None
        ]
        names = f"{wanted.value} taken for {found.status.value}"
        taken = [
            (each, unit)
            for each in known
            for unit, place in own
            if each.gold.derived and any(meet(place, listed) for listed in each.gold.sources)
        ]
        named = any(meet(place, listed) for each in known for listed in each.gold.sources for _, place in own)
        share = sum(len(text) for text in {unit.text for _, unit in taken}) / sum(
            len(unit.text) for unit, _ in own
        )
        by_labels = (
            Coverage.ADOPTED
            if taken and share >= _HALF
            else (Coverage.TOUCHED if named else Coverage.OMITTED)
        )
        if by_labels is not wanted:
            yield names, "the readers' verdict is not what follows from the sources they list"
        elif _RANK[found.status] < _RANK[wanted]:
            yield names, _missed(taken)
        else:
            yield names, _too_high(known, within, found.taken)


def _missed(taken: Sequence[tuple[Told, Unit]]) -> str:
    """Return why most of the words that readers see taken of a measure do not count."""
    if not taken:
        return "only sentences that readers call related deal with it"
    lost: Counter[str] = Counter()
    for each, unit in taken:
        rank = next(
            (
                rank
                for rank, source in enumerate(each.found.sources)
                if (source.clause, source.text) == (unit.clause, unit.text)
            ),
            None,
        )
        if not each.counted:
            right = ", the right source first" if rank == 0 else ""
            lost[f"the sentence taken from it is not called derived{right}"] += len(unit.text)
        elif len(each.gold.sources) > 1 and (rank is None or each.found.sources[rank].score < _BESIDE):
            lost["a sentence fused from several sources, of which this one does not count"] += len(unit.text)
        elif rank != 0:
            lost["another source first"] += len(unit.text)
    return lost.most_common(1)[0][0] if lost else "counted, and less than half of its words"


def _too_high(known: Sequence[Told], within: set[str], taken: float) -> str:
    """Return what a measure was told too high by."""
    if not taken:
        return "nothing counts, and the chances add up"
    claimed = [
        each
        for each in known
        if each.counted and each.found.sources and each.found.sources[0].clause in within
    ]
    if any(not each.gold.derived for each in claimed):
        return "a sentence called derived that is related or new"
    if any(each.listed != 0 for each in claimed):
        return "a sentence that comes from another measure"
    return "a source behind the first, or the rest of one sentence's words"


def sentence_errors(known: Sequence[Told]) -> Iterator[tuple[str, str]]:
    """Yield for each sentence whose relation is not the readers', or whose first source they do not list, the kind of error."""
    for each in known:
        if each.found.kind is not SentenceKind.SENTENCE:
            continue
        labels = {RELATIONS[label] for label in each.gold.labels}
        place = "first" if each.listed == 0 else "behind" if each.listed else "not given"
        if len(labels) == 1 and each.found.relation not in labels:
            wanted = labels.pop()
            yield (
                f"relation: {wanted.value} called {each.found.relation.value}",
                _relation(each, wanted, place),
            )
        if each.gold.derived and each.listed != 0:
            fused = "fused from several" if len(each.gold.sources) > 1 else "from one"
            yield (
                "first source not listed",
                f"{fused}, listed one {place}, {'called' if each.counted else 'not called'} derived",
            )


def _relation(each: Told, wanted: Relation, place: str) -> str:
    if wanted is Relation.VERBATIM and each.counted:
        kinds = [signal.type.value for signal in each.found.signals]
        return f"a difference is shown: {kinds[0]}" if kinds else "a part left out, or fewer words in common"
    if each.gold.derived:
        return f"not called derived, listed source {place}"
    return f"called derived, {'from the provision it deals with' if place == 'first' else 'from another provision'}"


def main() -> int:
    """Print the kinds with their counts."""
    pairs = [pair for pair in labelled_pairs() if pair.implements and not pair.held_out]
    unseen = models_by_pair(pairs)
    if not unseen:
        print("no labelled pairs: the development data is absent")
        return 0
    kinds: dict[str, Counter[str]] = {}
    for pair in pairs:
        superior = document_of(pair.superior)
        comparison = compare_documents(document_of(pair.local), superior, trained=unseen[pair.family])
        known = told(pair, comparison)
        for name, kind in (*measure_errors(pair, superior, comparison, known), *sentence_errors(known)):
            kinds.setdefault(name, Counter())[kind] += 1
    for name, counts in sorted(kinds.items()):
        print(f"{name}: {counts.total()}")
        for kind, count in counts.most_common():
            print(f"  {count:5} {kind}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

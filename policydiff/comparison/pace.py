"""What a revision of the superior document leaves behind in a local one."""

from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import ratio

from policydiff.collector import collecting_seldom
from policydiff.comparison.body_pairs import stands_in
from policydiff.comparison.character_runs import shared_runs
from policydiff.comparison.compare import Prepared
from policydiff.comparison.differences import ALSO_A_SOURCE
from policydiff.comparison.encoders import SentenceEncoder
from policydiff.comparison.folding import fold
from policydiff.comparison.judged_sentences import DERIVED, POSSIBLE
from policydiff.comparison.sentence_units import units_of
from policydiff.model import (
    Change,
    ChangeKind,
    Comparison,
    Coverage,
    Document,
    Effect,
    Pace,
    PaceComparison,
    PaceOfClause,
    SentenceComparison,
    SentenceKind,
    SentenceSource,
)
from policydiff.revision.diffing import diff_documents

_HALF = 0.5
_REWORDED = 40
"""Likeness of two sentences, in percent, from which on one is the other reworded."""
_GRAVEST = (Pace.BEHIND, Pace.UNFOUNDED, Pace.APART, Pace.CURRENT)
_FIGURES = frozenset("0123456789一二两三四五六七八九十百千万亿半")

_Said = tuple[str, str, str]
"""A sentence of the revised text: its clause, its folded words, its words as printed."""


@collecting_seldom()
def compare_over_time(
    local: Document, old_superior: Document, new_superior: Document, *, encoder: SentenceEncoder | None = None
) -> PaceComparison:
    """Return which local clauses lag behind after the superior document was revised.

    Sentences whose source the revision left as it was are not listed.
    """
    prepared = Prepared(local)
    before = prepared.against(old_superior, encoder=encoder)
    after = prepared.against(new_superior, encoder=encoder)
    revision = diff_documents(old_superior, new_superior)
    changes = revision.changes
    said_now = _said(new_superior)
    clauses = [
        *_touched(before.sentences, after.sentences, changes, said_now),
        *_missing(after, changes, [words for *_, words in _said(old_superior)], said_now),
    ]
    return PaceComparison(
        local=local.reference,
        old_superior=old_superior.reference,
        new_superior=new_superior.reference,
        before=before.summary.measures,
        after=after.summary.measures,
        reading=after.reading,
        order=after.order,
        doubt=revision.doubt,
        clauses=tuple(clauses),
    ).made_from(local, old_superior, new_superior)


def _said(superior: Document) -> list[_Said]:
    return [
        (unit.clause, fold(unit.text).text, unit.text)
        for unit in units_of(superior)
        if unit.kind is SentenceKind.SENTENCE
    ]


def _touched(
    before: Sequence[SentenceComparison],
    after: Sequence[SentenceComparison],
    changes: Sequence[Change],
    said_now: Sequence[_Said],
) -> Iterator[PaceOfClause]:
    """Yield the local sentences of which a source was revised, each once, by the gravest pace of any of its sources."""
    for was, is_now in zip(before, after, strict=True):
        if was.kind is not SentenceKind.SENTENCE or was.score < DERIVED:
            continue
        paces = [
            found
            for source in was.sources
            if source.score >= ALSO_A_SOURCE
            and (found := _pace_of(was, source, is_now, changes, said_now)) is not None
        ]
        if paces:
            yield min(paces, key=lambda found: _GRAVEST.index(found.pace))


def _pace_of(
    was: SentenceComparison,
    source: SentenceSource,
    is_now: SentenceComparison,
    changes: Sequence[Change],
    said_now: Sequence[_Said],
) -> PaceOfClause | None:
    """Return how a local sentence stands to the revision of one of its sources, None where the revision left it as it was.

    A rule of its own that asks for less than the revised text is behind that text, whatever its words are.
    """
    # The change whose old unit holds the clause, the innermost where several do
    holding = [
        (len(unit.id), index)
        for index, change in enumerate(changes)
        for unit in change.old
        if stands_in(source.clause, unit.id)
    ]
    change = changes[max(holding)[1]] if holding else None
    if change is None or change.kind is ChangeKind.UNCHANGED:
        return None
    old_words = fold(source.text).text
    if any(words == old_words for clause, words, _ in said_now if _stands_in_any(clause, change)):
        return None
    successor = _successor(source.text, is_now, change, said_now)
    pace = Pace.UNFOUNDED
    if successor is not None:
        pace = _pace(fold(was.text).text, old_words, successor[1])
    if pace is Pace.APART and is_now.effect is Effect.LOOSENED:
        pace = Pace.BEHIND
    return PaceOfClause(
        pace=pace,
        clause=was.clause,
        text=was.text,
        old=source.clause,
        new=successor[0] if successor is not None else None,
        score=was.score,
    )


def _successor(
    old: str, is_now: SentenceComparison, change: Change, said_now: Sequence[_Said]
) -> tuple[str, str] | None:
    """Return the revised sentence a local one should be read against, as clause and folded words.

    Of the sentences of the revised clause it is the one that the local sentence is found to come from, else the one
    most like the old sentence. Where the clause or the sentence is gone, or was moved and reworded past recognition, it is
    whatever the local sentence may come from now; None where that is nothing.
    """
    revised = [said for said in said_now if _stands_in_any(said[0], change)]
    named = {source.text for source in is_now.sources} if is_now.score >= POSSIBLE else set()
    within = [said for said in revised if said[2] in named] or revised
    if within:
        best = max(within, key=lambda said: ratio(old, said[2]))
        if best[2] in named or (is_now.score < DERIVED and ratio(old, best[2]) >= _REWORDED):
            return best[:2]
    if named:
        source = is_now.sources[0]
        return source.clause, fold(source.text).text
    return None


def _pace(own: str, old: str, new: str) -> Pace:
    """Return how a local sentence stands between two wordings of its source; all are folded.

    It is behind where it holds half or more of what the revision struck out, or lacks more than half of what the revision
    only put in. Where words were exchanged and it holds neither half, it says something else.
    """
    struck, put_in = _only_in(old, new), _only_in(new, old)
    if struck and _share_held(struck, own) >= _HALF:
        return Pace.BEHIND
    if not put_in or _share_held(put_in, own) >= _HALF:
        return Pace.CURRENT
    return Pace.APART if struck else Pace.BEHIND


def _only_in(one: str, other: str) -> list[str]:
    """Return the stretches of words that one wording has and another has not.

    A single character says nothing (并, 的), but for a figure: it comes with its neighbours (于二十).
    """
    stretches: list[str] = []
    end = 0
    for start, _, length in [*shared_runs(one, other), (len(one), 0, 0)]:
        if start - end == 1 and one[end] in _FIGURES:
            stretches.append(one[max(0, end - 1) : start + 1].strip())
        stretches.extend(stretch for stretch in one[end:start].split() if len(stretch) > 1)
        end = start + length
    return stretches


def _share_held(stretches: Sequence[str], words: str) -> float:
    held = sum(length for stretch in stretches for _, _, length in shared_runs(stretch, words))
    return held / sum(map(len, stretches))


def _missing(
    after: Comparison, changes: Sequence[Change], said_then: Sequence[str], said_now: Sequence[_Said]
) -> Iterator[PaceOfClause]:
    """Yield what is new and not taken up, in order of the revised text: clauses that are not adopted, and sentences put into kept ones.

    A heading over new clauses lays nothing down and is none of them; an article whose words stand in paragraphs is told by these.
    """
    coverage = {covered.clause: covered for covered in after.coverage}
    own: dict[str, list[tuple[str, str]]] = {unit.id: [] for change in changes for unit in change.new}
    for clause, _, text in said_now:
        parts = clause.split("__")
        above = ("__".join(parts[:depth]) for depth in range(len(parts), 0, -1))
        if holder := next((each for each in above if each in own), None):
            own[holder].append((clause, text))
    taken: dict[str, float] = {}
    for sentence in after.sentences:
        for source in sentence.sources:
            taken[source.text] = max(taken.get(source.text, 0.0), min(source.score, sentence.score))
    for change in changes:
        found = []
        if change.kind is ChangeKind.ADDED:
            told = [(coverage[unit.id], own[unit.id]) for unit in change.new if unit.id in coverage]
            found = [
                (
                    each.clause,
                    each.text if said[0][1] in each.text else "".join(text for _, text in said),
                    each.score,
                )
                for each, said in told
                if said and each.status is not Coverage.ADOPTED
            ]
        elif change.old and change.kind is not ChangeKind.UNCHANGED:
            found = [
                (clause, text, taken.get(text, 0.0))
                for unit in change.new
                for clause, text in own[unit.id]
                if taken.get(text, 0.0) < DERIVED and all(ratio(text, old) < _REWORDED for old in said_then)
            ]
        for clause, text, chance in found:
            yield PaceOfClause(
                pace=Pace.MISSING, clause=None, text=text, old=None, new=clause, score=round(1 - chance, 4)
            )


def _stands_in_any(clause: str, change: Change) -> bool:
    return any(stands_in(clause, unit.id) for unit in change.new)

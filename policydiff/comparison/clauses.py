"""Verdicts on clauses of both sides; they follow from the sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from policydiff.comparison.sentence_units import Unit, is_commencement, matter_of
from policydiff.lexicon.text_marks import split_sentences
from policydiff.model import (
    Band,
    Clause,
    ClauseComparison,
    ClauseKind,
    Coverage,
    CoveredClause,
    Document,
    LocalMeasure,
    Matter,
    MeasureCount,
    Relation,
    SentenceComparison,
    SentenceKind,
    Span,
)

_HALF = 0.5
_COUNTED = 0.5
"""A clause is adopted by sentences that are more likely derived than not."""
_ADOPTED_SHARE = 0.5
"""Share of a clause's words in sentences that were taken, from which on it is adopted: of 58 measures that readers call
adopted 56 lie above, of 30 that they call touched 24 below."""
_TOUCHED = 0.22
_TOUCHED_MEASURE = 0.15
"""Measures of policies treat a theme in several sentences: three in four of those that score from 0.1 to 0.3 were
touched as readers saw it, of articles one in five."""
_SURELY_ONE_OF_SEVERAL = 0.5
"""A sentence claims its second source and further ones where they are more likely a source than not."""
_ARTICLES = frozenset({ClauseKind.ARTICLE})
_MEASURES = frozenset({ClauseKind.LEVEL, ClauseKind.MEASURE})
_CLOSING = re.compile(
    "附则|(?:施行|实施|执行|生效)(?:日期|时间)(?:[和与及、](?:有效期限?|解释))?|有效期限?|试行期限?|解释(?:权|机关|部门)?"
)
"""Heading of the provisions that every document ends with."""
_PROVISION_ENDS = re.compile(r"[。；;]\W*$")
"""How provisions end, and captions do not."""
_BINDS = re.compile(
    "应当?(?![急对用])|必须|不得|禁止|可以?(?![能再持])|有权|罚款|追究|给予|补偿|缴纳|决定|宣布|鼓励|支持"
)
"""Words of a provision, wherever it stands: a statute's 附则 may hold some."""
_RUNNING_AT_LEAST = 3
"""A series of numbers that runs on through several headings, as the fifty of 50条, has more members, and most of the measures."""
_NUMERAL = re.compile(r"\d+|[〇零一二三四五六七八九十百]+")
_DIGITS = 4
_RANK = {Coverage.OMITTED: 0, Coverage.TOUCHED: 1, Coverage.ADOPTED: 2}


def clause_comparisons(
    document: Document, sentences: Sequence[SentenceComparison]
) -> tuple[ClauseComparison, ...]:
    """Return a verdict for each local clause that holds sentences, in reading order."""
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
    derived = share.get(Relation.VERBATIM, 0.0) + share.get(Relation.ADAPTED, 0.0)
    if derived:
        verbatim = share.get(Relation.VERBATIM, 0.0) > _HALF
        relation = Relation.VERBATIM if verbatim else Relation.ADAPTED
    else:
        relation = Relation.RELATED if Relation.RELATED in share else Relation.ADDED
    weight: dict[str, float] = {}
    for member in members:
        if member.band is not Band.UNLIKELY:
            for source in member.sources:
                weight[source.clause] = weight.get(source.clause, 0.0) + member.score * source.score
    sources = sorted(weight, key=lambda source: (-weight[source], source))
    return ClauseComparison(
        clause=clause, label=label, relation=relation, score=round(score, _DIGITS), sources=tuple(sources)
    )


def measures_of(document: Document) -> list[Clause]:
    """Return the clauses that a reader would count as provisions or measures, in reading order.

    Articles; in a text without, the series of numbers that runs on through the headings (the fifty of 50条); without
    one, the levels and measures that say something and have none below them; without those, whatever stands at the top.
    Closing provisions (附则; entry into force, term, repeal, interpretation) are no measure of anybody.
    """
    closing = set(_closing(document.clauses, under=False))
    counted = _countable(document)
    return [clause for clause in counted if clause.id not in closing] or counted


def _closing(clauses: Iterable[Clause], *, under: bool) -> Iterator[str]:
    """Yield the ids of closing provisions: what does nothing but set the text in force, and what binds nobody below 附则.

    Args:
        clauses: Clauses of one level.
        under: Whether a heading above them says that they close the text.
    """
    for clause in clauses:
        heads = under or _CLOSING.fullmatch(re.sub(r"\s", "", clause.heading or clause.text)) is not None
        if _closes(clause, under=heads):
            yield clause.id
        yield from _closing(clause.children, under=heads)


def _closes(clause: Clause, *, under: bool) -> bool:
    said = [
        part.text[start:end]
        for part in clause.walk()
        if _PROVISION_ENDS.search(part.text)
        for start, end in split_sentences(part.text)
    ]
    others = [words for words in said if not is_commencement(words)]
    return bool(said) and (not any(map(_BINDS.search, others)) if under else not others)


def _countable(document: Document) -> list[Clause]:
    articles = [clause for clause in document.walk() if clause.kind in _ARTICLES]
    if articles:
        return articles
    lowest = [
        clause
        for clause in document.walk()
        if clause.kind in _MEASURES and not _has_measure_below(clause) and _says_something(clause)
    ]
    return (
        _running_series(document, lowest) or lowest or [clause for clause in document.clauses if clause.text]
    )


def _running_series(document: Document, lowest: Sequence[Clause]) -> list[Clause]:
    """Return the members of a series that is numbered 1, 2, 3 … through more than one heading, if there is one."""
    parent = {child.id: clause.id for clause in document.walk() for child in clause.children}
    by_style: dict[str, list[Clause]] = {}
    for clause in lowest:
        if (clause.number or "").isdigit():
            by_style.setdefault(_NUMERAL.sub("1", clause.label or ""), []).append(clause)
    longest = max(by_style.values(), key=len, default=[])
    numbers = [int(clause.number or 0) for clause in longest]
    runs_on = numbers == list(range(1, len(longest) + 1)) and len({parent.get(one.id) for one in longest}) > 1
    return longest if runs_on and len(longest) > max(_RUNNING_AT_LEAST, len(lowest) / 2) else []


def _has_measure_below(clause: Clause) -> bool:
    return any(part.kind in _MEASURES for child in clause.children for part in child.walk())


def _says_something(clause: Clause) -> bool:
    """Return whether a clause is more than a heading."""
    words = sum(len(part.text) for part in clause.walk())
    return words > len(clause.heading or "") + 1 or (not clause.children and "。" in clause.text)


@dataclass(slots=True)
class _Claimed:
    """What local sentences claim of a clause and all below it."""

    size: float = 0.0
    """Characters of its sentences."""
    taken: float = 0.0
    """Of these, characters of sentences that a counted local sentence comes from."""
    left: tuple[str, ...] = ()
    """Its own other sentences, in order, but for those that set the text in force; those of the clauses below are theirs."""
    claims: dict[int, float] = field(default_factory=dict)
    """For each local sentence, by its place, how likely it is derived from the clause."""

    def join(self, other: "_Claimed") -> None:
        self.size += other.size
        self.taken += other.taken
        for sentence, claimed in other.claims.items():
            self.claims[sentence] = max(claimed, self.claims.get(sentence, 0.0))


def coverage(
    superior: Document, units: Sequence[Unit], sentences: Sequence[SentenceComparison]
) -> tuple[CoveredClause, ...]:
    """Return the status of each clause of the superior document, in reading order.

    Adopted: at least half of its words stand in sentences that counted local sentences come from. Touched: less of it
    was taken, or a local sentence may come from it. Omitted: neither. A clause scores the probability that at least one
    local sentence comes from it or from a clause below.

    Args:
        superior: The superior document.
        units: Its units.
        sentences: The local sentences with their sources.
    """
    claimed = _claimed_by_clause(units, sentences)
    takers = [sentence.clause for sentence in sentences]
    own = {clause.id for clause in measures_of(superior)}
    covered: list[CoveredClause] = []
    for clause in superior.clauses:
        _cover(clause, claimed, takers, own, covered, _TOUCHED)
    return tuple(covered)


def measure_count(covered: Sequence[CoveredClause]) -> MeasureCount:
    """Return how many measures there are of each status; every mode counts with this."""
    statuses = [clause.status for clause in covered if clause.measure]
    return MeasureCount(
        total=len(statuses),
        adopted=statuses.count(Coverage.ADOPTED),
        touched=statuses.count(Coverage.TOUCHED),
        omitted=statuses.count(Coverage.OMITTED),
    )


def local_measures(document: Document, sentences: Sequence[SentenceComparison]) -> tuple[LocalMeasure, ...]:
    """Return the measures of the local document that hold sentences, with how many of these are its own.

    Entry into force, term, repeal and who interprets are no measure (举措) of anybody.

    Every count and list of what is new in the local document is taken from these.
    """
    own: dict[str, list[bool]] = {}
    for sentence in sentences:
        if sentence.kind is SentenceKind.SENTENCE and sentence.matter is not Matter.COMMENCEMENT:
            taken = sentence.relation in {Relation.VERBATIM, Relation.ADAPTED}
            own.setdefault(sentence.clause, []).append(not taken)
    measures = []
    for measure in measures_of(document):
        within = [part.id for part in measure.walk() if part.id in own]
        said = [is_own for clause in within for is_own in own[clause]]
        if said:
            measures.append(
                LocalMeasure(
                    clause=measure.id,
                    label=measure.label,
                    sentences=len(said),
                    own=sum(said),
                )
            )
    return tuple(measures)


def claim(derived: float, source: float, *, first: bool) -> float:
    """Return how likely a local sentence is derived from one of its sources.

    Args:
        derived: Probability that the local sentence is derived.
        source: Score of the superior sentence as its source.
        first: Whether it is the best source.
    """
    if first:
        return derived
    return min(source, derived) if source >= _SURELY_ONE_OF_SEVERAL else 0.0


def _claimed_by_clause(units: Sequence[Unit], sentences: Sequence[SentenceComparison]) -> dict[str, _Claimed]:
    """Return for each superior clause what is claimed of its own words."""
    best: dict[tuple[str, str], float] = {}
    claimed: dict[str, _Claimed] = {}
    for place, sentence in enumerate(sentences):
        if sentence.kind is not SentenceKind.SENTENCE:
            continue
        for rank, source in enumerate(sentence.sources):
            held = claimed.setdefault(source.clause, _Claimed())
            chance = claim(sentence.score, source.score, first=rank == 0)
            held.claims[place] = max(chance, held.claims.get(place, 0.0))
            best[source.clause, source.text] = max(chance, best.get((source.clause, source.text), 0.0))
    for unit in units:
        if unit.kind is SentenceKind.SENTENCE:
            held = claimed.setdefault(unit.clause, _Claimed())
            held.size += len(unit.text)
            if best.get((unit.clause, unit.text), 0.0) >= _COUNTED:
                held.taken += len(unit.text)
            elif not is_commencement(unit.text):
                held.left += (unit.text,)
    return claimed


def _cover(
    clause: Clause,
    claimed: Mapping[str, _Claimed],
    takers: Sequence[str],
    measures: set[str],
    covered: list[CoveredClause],
    touched_from: float,
) -> tuple[_Claimed, Coverage]:
    """Add the clause and all below it to `covered`; return what is claimed of it all, and its status.

    A clause stands no higher than the best of its own words and of the clauses below it that say something.
    """
    place = len(covered)
    if clause.kind in _MEASURES:
        touched_from = _TOUCHED_MEASURE
    own = claimed.get(clause.id, _Claimed())
    everything = _Claimed()
    everything.join(own)
    statuses = [_status(own, touched_from)] if own.size else []
    for child in clause.children:
        below, status = _cover(child, claimed, takers, measures, covered, touched_from)
        everything.join(below)
        if below.size:
            statuses.append(status)
    status = _status(everything, touched_from)
    if statuses:
        status = min(status, max(statuses, key=_RANK.__getitem__), key=_RANK.__getitem__)
    text = clause.text or next((child.text for child in clause.children), "")
    covered.insert(
        place,
        CoveredClause(
            clause=clause.id,
            label=clause.label,
            text=clause.text,
            status=status,
            score=round(_any_of(everything), _DIGITS),
            taken=round(everything.taken / everything.size, _DIGITS) if everything.size else 0.0,
            by=_by(everything.claims, takers) if status is not Coverage.OMITTED else (),
            left=_stretches(clause.text, own.left),
            measure=clause.id in measures,
            matter=matter_of(text if clause.id not in measures else clause.full_text()),
        ),
    )
    return everything, status


def _stretches(text: str, sentences: Sequence[str]) -> tuple[Span, ...]:
    """Return where sentences stand in the text of their clause, each behind the one before."""
    found: list[Span] = []
    for sentence in sentences:
        start = text.find(sentence, found[-1].end if found else 0)
        if start >= 0:
            found.append(Span(start, start + len(sentence)))
    return tuple(found)


def _any_of(claimed: _Claimed) -> float:
    """Return how likely at least one claim holds."""
    return round(1.0 - prod(1.0 - chance for _, chance in sorted(claimed.claims.items())), 9)


def _status(claimed: _Claimed, touched_from: float) -> Coverage:
    if claimed.taken and claimed.taken >= _ADOPTED_SHARE * claimed.size:
        return Coverage.ADOPTED
    return Coverage.TOUCHED if claimed.taken or _any_of(claimed) >= touched_from else Coverage.OMITTED


def _by(claims: Mapping[int, float], takers: Sequence[str]) -> tuple[str, ...]:
    """Return the local clauses whose sentences make the score, surest first."""
    sure: dict[str, float] = {}
    for sentence, chance in claims.items():
        sure[takers[sentence]] = max(chance, sure.get(takers[sentence], 0.0))
    least = min(_TOUCHED, max(sure.values(), default=0.0))
    return tuple(
        sorted((taker for taker in sure if sure[taker] >= least), key=lambda taker: (-sure[taker], taker))
    )

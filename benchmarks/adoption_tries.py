"""What was tried to raise the figures of a comparison that are below their goal: `python -m benchmarks.adoption_tries [PART ...]`.

Each try is one line: the figure before and after, with the change of the log loss and its standard error over superior documents where a model is
fitted, and whether it was taken. Every model is fitted with the superior documents measured left out (eight groups). Parts: `derived` (whether a sentence
is derived), `sources` (which source stands first), `words` (documents in words of their own), `coverage` (the status of measures).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from math import prod, sqrt

import numpy as np

from benchmarks import written_adoption
from benchmarks.adoption import judged_measures
from benchmarks.comparison import DERIVED, models_by_pair
from benchmarks.training import fit as training
from benchmarks.training.cases import Case, all_cases, left_out_together
from benchmarks.training.fit import LEAVE_ONE_OUT, RIDGE, models_of
from benchmarks.training.gold import document_of, labelled_pairs, labels_of_sides
from benchmarks.training.logistic import Numbers, fit_choice, fit_logistic, ignorant
from policydiff.comparison import context, probabilities
from policydiff.comparison.character_runs import Side, Weights, character_runs, side_of
from policydiff.comparison.clauses import TOUCHED, TOUCHED_PENALTY
from policydiff.comparison.compare import carries_out, carries_out_alone, compare_documents, rests_on
from policydiff.comparison.evidence import candidates
from policydiff.comparison.probabilities import (
    Judged,
    as_carried_out,
    derived_figures,
    judge,
)
from policydiff.comparison.sentence_units import units_of
from policydiff.model import CitationRelation, Coverage, Matter, SentenceKind

_KEPT_BESIDE = 0.35
"""Score from which a source behind the first counts for a measure, as in a comparison."""


@dataclass(frozen=True)
class Fold:
    """A group of superior documents left out, with the figures of all other cases and of its own."""

    seen: tuple[Case, ...]
    unseen: tuple[Case, ...]
    figures: Mapping[str, training._Rows]
    scores: Mapping[str, Sequence[Sequence[float]]]
    """Chance of each candidate by itself, by a model that saw nothing of its superior document."""
    known: Mapping[str, Sequence[tuple[float, ...]]]
    """Figures of each sentence, empty where it has no candidate."""


def folds(extra: Sequence[Case] = ()) -> Iterator[Fold]:
    """Yield the groups of superior documents; `extra` cases are trained on beside the others."""
    pairs, strangers = all_cases()
    near = next(iter(models_of(LEAVE_ONE_OUT).values()))
    for group in left_out_together(case.family for case in pairs):
        seen = [case for case in (*pairs, *strangers, *extra) if not group & case.families]
        unseen = [case for case in pairs if case.family in group]
        figures = {
            case.name: [[each.figures for each in row] for row in case.found] for case in (*seen, *unseen)
        }
        alone, scores = training._cross_fit(near.alone, seen, figures, RIDGE)
        for case in unseen:
            scores[case.name] = [[alone.probability(each) for each in row] for row in figures[case.name]]
        for case in (*seen, *unseen):
            around = context.context_figures(
                case.local, case.superior, case.found, scores[case.name], acknowledged=case.acknowledged
            )
            figures[case.name] = [
                [(*one, *more) for one, more in zip(row, other, strict=True)]
                for row, other in zip(figures[case.name], around, strict=True)
            ]
        placed, scores = training._cross_fit(near.placed, seen, figures, RIDGE)
        for case in unseen:
            scores[case.name] = [[placed.probability(each) for each in row] for row in figures[case.name]]
        known = {case.name: _known(case, figures[case.name], scores[case.name]) for case in (*seen, *unseen)}
        yield Fold(tuple(seen), tuple(unseen), figures, scores, known)


def _known(case: Case, figures: training._Rows, scores: Sequence[Sequence[float]]) -> list[tuple[float, ...]]:
    """Return the figures by which the sentences of a case are told derived or not."""
    return [
        derived_figures(sentence, found, chances, rows, acknowledged=case.acknowledged) if found else ()
        for sentence, found, chances, rows in zip(
            case.local.sentences, case.found, scores, figures, strict=True
        )
    ]


@dataclass(frozen=True)
class Seen:
    """What is known of a case when a try adds figures to its sentences."""

    case: Case
    scores: Sequence[Sequence[float]]

    @property
    def best(self) -> list[float]:
        """Chance of the best candidate of each sentence."""
        return [max(row, default=0.0) for row in self.scores]

    @property
    def source(self) -> list[int]:
        """Superior sentence of the best candidate, -1 where there is none."""
        return [
            found[int(np.argmax(row))].source if row else -1
            for row, found in zip(self.scores, self.case.found, strict=True)
        ]

    @property
    def margins(self) -> list[float]:
        """Log odds of the best candidate above the second."""
        ranked = [[*sorted(row, reverse=True), 0.0, 0.0] for row in self.scores]
        return [probabilities._log_odds(row[0]) - probabilities._log_odds(row[1]) for row in ranked]

    @property
    def contiguous(self) -> list[float]:
        """Share of the neighbours whose best source lies beside that of the sentence, in order."""
        places, shares = self.source, []
        for row, place in enumerate(places):
            near = [(step, places[row + step]) for step in (-2, -1, 1, 2) if 0 <= row + step < len(places)]
            shares.append(sum(0 < (other - place) * step <= 4 for step, other in near) / max(1, len(near)))
        return shares


Added = Callable[[Seen], Sequence[Sequence[float]]]
"""Further figures of each sentence of a case."""


def _of_document(*values: float, seen: Seen) -> list[list[float]]:
    return [[*values, *(value * seen.case.acknowledged for value in values)] for _ in seen.scores]


def _mutual(seen: Seen) -> list[list[float]]:
    """Return whether a sentence is the best local one for its best source."""
    claims: dict[int, float] = {}
    for row, found in zip(seen.scores, seen.case.found, strict=True):
        for chance, each in zip(row, found, strict=True):
            claims[each.source] = max(chance, claims.get(each.source, 0.0))
    return [[float(best == claims.get(place))] for best, place in zip(seen.best, seen.source, strict=True)]


def _rank(seen: Seen) -> list[list[float]]:
    order = np.argsort(np.argsort(seen.best)) / max(1, len(seen.best) - 1)
    return [[float(place), float(place) * seen.case.acknowledged] for place in order]


def _means(seen: Seen) -> list[list[float]]:
    odds = [probabilities._log_odds(each) for each in seen.best]
    return _of_document(float(np.mean(seen.best)), float(np.median(odds)), float(np.std(odds)), seen=seen)


_DERIVED_TRIES: Mapping[str, Added] = {
    "how far the best source lies above the second": lambda seen: [[each] for each in seen.margins],
    "share of the document's sentences with a clear best source": lambda seen: _of_document(
        float(np.mean(np.array(seen.margins) > 1.5)), seen=seen
    ),
    "second calibration for each document: mean, median, spread of its scores": _means,
    "neighbours' sources lie beside its own, in order": lambda seen: [[each] for each in seen.contiguous],
    "best local sentence for its source": _mutual,
    "rank of its score in the document": _rank,
}


def _derived_rows(
    fold: Fold, cases: Sequence[Case], added: Added | None
) -> tuple[Numbers, Numbers, Numbers, list[str]]:
    """Return the figures of sentences, whether these are derived, how much each counts, and its superior document."""
    rows, labels, counts, families = [], [], [], []
    for case in cases:
        more = added(Seen(case, fold.scores[case.name])) if added else [()] * len(case.found)
        for place, derived in enumerate(case.derived):
            if derived is None or not case.found[place]:
                continue
            rows.append((*fold.known[case.name][place], *more[place]))
            labels.append(float(derived))
            counts.append(training.STRANGERS_AS_DERIVED if case.stranger else 1.0)
            families.append(case.family)
    return np.array(rows), np.array(labels), np.array(counts), families


@dataclass(frozen=True)
class Told:
    """Chances of the sentences measured, with their labels."""

    chances: Numbers
    labels: Numbers
    families: Sequence[str]

    @property
    def losses(self) -> Numbers:
        """Log loss of each sentence."""
        held = np.clip(self.chances, 1e-6, 1 - 1e-6)
        losses: Numbers = -(self.labels * np.log(held) + (1 - self.labels) * np.log(1 - held))
        return losses

    @property
    def f1(self) -> float:
        """F1 of what is told at one half."""
        told = self.chances >= DERIVED
        return float(2 * (told & (self.labels > 0)).sum() / (told.sum() + self.labels.sum()))

    def against(self, before: "Told") -> tuple[float, float]:
        """Return by how much the log loss rose, and its standard error over superior documents."""
        rise = self.losses - before.losses
        sums = np.array([rise[np.array(self.families) == each].sum() for each in sorted(set(self.families))])
        return float(rise.mean()), float(sqrt(len(sums) * sums.var(ddof=1)) / len(rise))


def _told(groups: Sequence[Fold], added: Added | None) -> Told:
    chances, labels, families = [], [], []
    for fold in groups:
        rows, wanted, counts, _ = _derived_rows(fold, fold.seen, added)
        tests, truth, _, named = _derived_rows(fold, fold.unseen, added)
        model = fit_logistic(rows, wanted, counts, RIDGE, ignorant(tuple(map(str, range(rows.shape[1])))))
        chances.append([model.probability(each) for each in tests])
        labels.append(truth)
        families += named
    return Told(np.concatenate(chances), np.concatenate(labels), families)


def _derived() -> None:
    """Print the tries on whether a sentence is derived."""
    groups = [*folds()]
    before = _told(groups, None)
    print(f"derived or not, F1 before any raise: {before.f1:.4f}")
    for name, added in _DERIVED_TRIES.items():
        _print_loss(name, _told(groups, added), before)
    written = [_told([fold], None) for fold in folds(written_cases())]
    families = [each for one in written for each in one.families]
    joined = Told(
        np.concatenate([one.chances for one in written]),
        np.concatenate([one.labels for one in written]),
        families,
    )
    _print_loss("the written documents trained on too", joined, before)


def _print_loss(name: str, told: Told, before: Told) -> None:
    rise, error = told.against(before)
    print(f"  {name}: {before.f1:.4f} -> {told.f1:.4f}; log loss {rise:+.5f} (standard error {error:.5f})")


def _sources() -> None:
    """Print the tries on which source stands first."""
    groups = [*folds()]
    likeness = _corpus_likeness([case for fold in groups for case in (*fold.seen, *fold.unseen)])
    size = sum(derived is True for fold in groups for case in fold.unseen for derived in case.derived)
    tries: Mapping[str, Callable[[Seen], Sequence[Sequence[Sequence[float]]]] | None] = {
        "as it is": None,
        "likeness by the rarity of words over all documents": lambda seen: [
            [[likeness(seen.case, row, each.source)] for each in found]
            for row, found in enumerate(seen.case.found)
        ],
        "how near a candidate lies to the neighbours' sources": _near_neighbours,
    }
    for name, added in tries.items():
        first, in_three = _first(groups, added)
        print(f"  {name}: first {first / size:.4f}, in three {in_three / size:.4f}")


def _first(
    groups: Sequence[Fold], added: Callable[[Seen], Sequence[Sequence[Sequence[float]]]] | None
) -> tuple[int, int]:
    first = in_three = 0
    for fold in groups:
        rows = {case.name: _with(fold, case, added) for case in (*fold.seen, *fold.unseen)}
        width = next(len(each) for found in rows.values() for row in found for each in row)
        model = fit_choice(
            training._choices(fold.seen, rows), training.CHOICE_RIDGE, tuple(map(str, range(width)))
        )
        for figures, listed in training._choices(fold.unseen, rows):
            order = sorted(range(len(figures)), key=lambda place: -model.value(tuple(figures[place])))
            rank = next(rank for rank, place in enumerate(order) if listed[place])
            first, in_three = first + (rank == 0), in_three + (rank < 3)
    return first, in_three


def _with(
    fold: Fold, case: Case, added: Callable[[Seen], Sequence[Sequence[Sequence[float]]]] | None
) -> training._Rows:
    if added is None:
        return fold.figures[case.name]
    more = added(Seen(case, fold.scores[case.name]))
    return [
        [(*one, *other) for one, other in zip(row, beside, strict=True)]
        for row, beside in zip(fold.figures[case.name], more, strict=True)
    ]


def _near_neighbours(seen: Seen) -> list[list[list[float]]]:
    """Return for each candidate how near it lies to where the sources of the neighbours lead."""
    places, values = seen.source, []
    for row, found in enumerate(seen.case.found):
        near = [
            (step, places[row + step])
            for step in (-2, -1, 1, 2)
            if 0 <= row + step < len(places) and places[row + step] >= 0
        ]
        values.append(
            [
                [sum(1 / (1 + abs(each.source + step - other)) / abs(step) for step, other in near)]
                for each in found
            ]
        )
    return values


def _corpus_likeness(cases: Sequence[Case]) -> Callable[[Case, int, int], float]:
    """Return the cosine of character runs, weighed by their rarity over all documents at hand."""
    bags = {
        unit.text: character_runs(unit.text)
        for case in cases
        for side in (case.local, case.superior)
        for unit in side.units
    }
    weights = Weights([*bags.values()])

    @cache
    def vector(text: str) -> Mapping[str, float]:
        return weights.unit_vector(bags[text])

    def likeness(case: Case, row: int, source: int) -> float:
        one, other = vector(case.local.units[row].text), vector(case.superior.units[source].text)
        return sum(value * other.get(run, 0.0) for run, value in one.items())

    return likeness


def written_cases() -> list[Case]:
    """Return the written documents in Chinese as cases to train on."""
    return [
        _written_case(name, rows)
        for name, rows in written_adoption.labels().items()
        if name != "english" and all(path.is_file() for path in written_adoption.texts(name))
    ]


def _written_case(name: str, rows: Sequence[Mapping[str, str]]) -> Case:
    one, other = (path.read_text(encoding="utf-8") for path in written_adoption.texts(name))
    local, superior = document_of(one), document_of(other)
    here, there = side_of(local), side_of(superior)
    derived, sources = _written_labels(rows, here, there, other)
    family = written_adoption.family(name)
    return Case(
        name=f"written {name}",
        family=family,
        families=frozenset({family}),
        local=here,
        superior=there,
        derived=derived,
        sources=sources,
        found=tuple(map(tuple, candidates(here, there))),
        acknowledged=rests_on(local, superior),
        stranger=False,
    )


def _written_labels(
    rows: Sequence[Mapping[str, str]], here: Side, there: Side, superior: str
) -> tuple[tuple[bool | None, ...], tuple[tuple[int, ...], ...]]:
    """Return for each local sentence whether it is derived, and the sentences of the measures listed."""
    begins = written_adoption.measures(rows)
    held = [written_adoption.measure_of(unit.text, superior.splitlines(), begins) for unit in there.units]
    derived: list[bool | None] = []
    sources = []
    for unit in here.units:
        met = (each for each in rows if each["what"] == "sentence")
        row = next(
            (each for each in met if unit.text.strip() in each["words"] or each["words"] in unit.text), None
        )
        listed = row["sources"].split("、") if row else []
        derived.append(row["label"] in "VA" if row else None)
        sources.append(tuple(place for place, name in enumerate(held) if name and name in listed))
    return tuple(derived), tuple(sources)


@dataclass(frozen=True)
class Judgement:
    """A document as judged before any raise."""

    name: str
    labels: tuple[bool | None, ...]
    judged: Sequence[Judged]
    acknowledged: bool
    carried: CitationRelation | None
    only_one: bool


def _judgements() -> Iterator[Judgement]:
    """Yield the documents of all labelled pairs, by weights that saw nothing of their superior document, and the written ones."""
    pairs = [pair for pair in labelled_pairs() if pair.implements and not pair.held_out]
    trained = models_by_pair(pairs)
    texts = [(pair.name, pair.family, pair.local, pair.superior) for pair in pairs]
    labels = {pair.name: pair for pair in pairs}
    for name in written_adoption.labels():
        if name != "english" and all(path.is_file() for path in written_adoption.texts(name)):
            one, other = (path.read_text(encoding="utf-8") for path in written_adoption.texts(name))
            texts.append((f"written {name}", written_adoption.family(name), one, other))
    for name, family, one, other in texts:
        local, superior = document_of(one), document_of(other)
        here, there = side_of(local), side_of(superior)
        if name in labels:
            wanted = labels_of_sides(labels[name], here, there)[0]
        else:
            wanted = _written_labels(written_adoption.labels()[name.split()[1]], here, there, other)[0]
        carried, basis = carries_out(local, superior), rests_on(local, superior)
        yield Judgement(
            name,
            wanted,
            judge(here, there, acknowledged=basis, trained=trained.get(family)),
            basis,
            carried,
            carried is CitationRelation.IMPLEMENTS and carries_out_alone(local),
        )


_REWRITES = "sh-shenghuo-laji-2019"
_REAL_SUPERIORS = tuple(f"written {name}" for name in written_adoption.REAL)


def _words() -> None:
    """Print how many derived sentences are found by how far documents that carry another out are raised."""
    documents = [*_judgements()]
    print(f"  {'':72}38 pairs: F1   {_REWRITES}   three written   all written")
    for share, beyond, anyone in (
        (None, 0.0, False), (0.3, 2.25, False), (0.3, 9.0, False), (0.4, 2.25, False), (0.5, 2.25, False), (0.6, 2.25, False), (0.5, 9.0, False), (0.5, 2.25, True),
    ):  # fmt: skip
        told = {each.name: [*_raised_to(each, share, beyond, anyone=anyone)] for each in documents}
        counts = {each.name: _counts(each.labels, told[each.name]) for each in documents}
        labelled = sum((counts[name] for name in counts if not name.startswith("written ")), Counter[str]())
        three = sum((counts[name] for name in _REAL_SUPERIORS if name in counts), Counter[str]())
        written = sum((counts[name] for name in counts if name.startswith("written ")), Counter[str]())
        f1 = 2 * labelled["found"] / (labelled["derived"] + labelled["found"] + labelled["false"])
        name = (
            "no raise"
            if share is None
            else f"{share} of the sentences expected, where a raise of up to {beyond} does it"
        )
        shown = [
            f"{each['found']} of {each['derived']}, {each['false']} false"
            for each in (counts[_REWRITES], three, written)
        ]
        print(f"  {name + (', of all documents' if anyone else ''):72}{f1:.4f}   {'   '.join(shown)}")


def _raised_to(each: Judgement, share: float | None, beyond: float, *, anyone: bool) -> Iterator[float]:
    """Yield the chances of the sentences of a document with another share expected of documents that rewrite."""
    if share is None or not each.acknowledged:
        yield from (one.probability for one in each.judged)
        return
    kept = probabilities._REWRITTEN_SHARE, probabilities._MOST_REWRITTEN
    probabilities._REWRITTEN_SHARE, probabilities._MOST_REWRITTEN = share, beyond
    raised = as_carried_out(
        each.judged,
        own_way=each.carried is not CitationRelation.IMPLEMENTS,
        alone=each.carried is not None,
        rewritten=each.only_one or anyone,
    )
    probabilities._REWRITTEN_SHARE, probabilities._MOST_REWRITTEN = kept
    yield from (one.probability for one in raised)


def _counts(labels: Sequence[bool | None], chances: Sequence[float]) -> Counter[str]:
    told = [
        (label, chance >= DERIVED) for label, chance in zip(labels, chances, strict=True) if label is not None
    ]
    return Counter(
        derived=sum(label for label, _ in told),
        found=sum(label and called for label, called in told),
        false=sum(called and not label for label, called in told),
    )


@dataclass(frozen=True)
class Held:
    """A measure of a superior document, and what local sentences say of it."""

    family: str
    gold: Coverage
    strict: Coverage
    """The status where a sentence that readers call related takes nothing."""
    penalty: bool
    expected: float
    """Sum of the chances of local sentences to come from it."""
    shares: tuple[float, ...]
    """Share of its words counted at 0.5 for first sources and 0.35 for others; from 0.3 on; expected."""

    def status(self, adopted: float, touched: float, *, kind: int = 0) -> Coverage:
        """Return the status by other thresholds."""
        if self.shares[kind] and self.shares[kind] >= adopted:
            return Coverage.ADOPTED
        least = max(touched, TOUCHED_PENALTY) if self.penalty else touched
        return Coverage.TOUCHED if self.shares[0] or self.expected >= least else Coverage.OMITTED


def _held() -> Iterator[Held]:
    pairs = [pair for pair in labelled_pairs() if pair.implements and not pair.held_out]
    trained = models_by_pair(pairs)
    for pair in pairs:
        superior = document_of(pair.superior)
        found = compare_documents(document_of(pair.local), superior, trained=trained[pair.family])
        covered = {each.clause: each for each in found.coverage}
        taken = tuple(one if one.derived is not False else replace(one, sources=()) for one in pair.sentences)
        strict = {
            clause.id: status for clause, status in judged_measures(replace(pair, sentences=taken), superior)
        }
        units = [unit for unit in units_of(superior) if unit.kind is SentenceKind.SENTENCE]
        for clause, gold in judged_measures(pair, superior):
            within = {part.id for part in clause.walk()}
            chances: dict[tuple[str, str], list[tuple[float, bool]]] = {}
            claims = []
            for sentence in found.sentences:
                given = [(rank, each) for rank, each in enumerate(sentence.sources) if each.clause in within]
                if sentence.kind is SentenceKind.SENTENCE and given:
                    claims.append(max(each.score for _, each in given))
                    for rank, each in given:
                        counted = each.score >= (DERIVED if rank == 0 else _KEPT_BESIDE)
                        chances.setdefault((each.clause, each.text), []).append((each.score, counted))
            own = [
                (len(unit.text), chances.get((unit.clause, unit.text), []))
                for unit in units
                if unit.clause in within
            ]
            size = sum(length for length, _ in own)
            shares = (
                sum(length for length, given in own if any(counted for _, counted in given)),
                sum(length for length, given in own if any(score >= 0.3 for score, _ in given)),
                sum(length * (1 - prod(1 - score for score, _ in given)) for length, given in own),
            )
            yield Held(
                pair.family,
                gold,
                strict[clause.id],
                covered[clause.id].matter is Matter.SANCTION,
                sum(claims),
                tuple(each / size for each in shares),
            )


def _coverage() -> None:
    """Print the share of measures whose status is the readers', by other rules of status."""
    held = [*_held()]
    thresholds = [*product((0.3, 0.4, 0.5, 0.6), (0.2, 0.29, 0.4, 0.6))]
    error = sqrt(0.16 / len(held))
    print(
        f"  as it is: {_right(held, lambda each: each.status(0.5, TOUCHED)):.4f} of {len(held)} (standard error {error:.3f})"
    )
    for kind, name in enumerate(("counted sources", "sources from 0.3 on", "expected share of the words")):
        right = sum(
            each.status(*_best(held, each.family, thresholds, kind), kind=kind) is each.gold for each in held
        )
        print(f"  {name}, both thresholds learned: {right / len(held):.4f}")
    rises = (_features(each) for each in held)
    print(f"  two logistic models over six figures of a measure: {_by_models(held, np.array([*rises])):.4f}")
    strict = [replace(each, gold=each.strict) for each in held]
    print(
        f"  related sentences taken for nothing, in the labels: {_right(strict, lambda each: each.status(0.5, TOUCHED)):.4f}"
    )
    right = sum(each.status(*_best(strict, each.family, thresholds, 0)) is each.gold for each in strict)
    print(f"  the same, both thresholds learned: {right / len(strict):.4f}")


def _right(held: Sequence[Held], status: Callable[[Held], Coverage]) -> float:
    return sum(status(each) is each.gold for each in held) / len(held)


@cache
def _hits(held: tuple[Held, ...], adopted: float, touched: float, kind: int) -> Mapping[str, int]:
    hits: Counter[str] = Counter()
    for each in held:
        hits[each.family] += each.status(adopted, touched, kind=kind) is each.gold
    return hits


def _best(
    held: Sequence[Held], family: str, thresholds: Sequence[tuple[float, float]], kind: int
) -> tuple[float, float]:
    """Return the thresholds that are right most often on the measures of other superior documents."""

    def hits(pair: tuple[float, float]) -> int:
        found = _hits(tuple(held), *pair, kind)
        return sum(found.values()) - found[family]

    return max(thresholds, key=hits)


def _features(each: Held) -> tuple[float, ...]:
    return (*each.shares, min(3.0, each.expected), float(each.penalty), float(each.shares[0] >= 0.5))


def _by_models(held: Sequence[Held], figures: Numbers) -> float:
    """Return how often two models, touched at least and adopted, agree with the readers, superior documents left out."""
    right = 0
    for family in sorted({each.family for each in held}):
        unseen = np.array([each.family == family for each in held])
        chances = []
        for least in ({Coverage.TOUCHED, Coverage.ADOPTED}, {Coverage.ADOPTED}):
            wanted = np.array([float(each.gold in least) for each in held])
            ones = np.ones(int((~unseen).sum()))
            model = fit_logistic(
                figures[~unseen],
                wanted[~unseen],
                ones,
                3.0,
                ignorant(tuple(map(str, range(figures.shape[1])))),
            )
            chances.append(np.array([model.probability(row) for row in figures[unseen]]))
        touched, adopted = chances
        order = np.stack([1 - touched, np.maximum(0, touched - adopted), adopted]).argmax(axis=0)
        names = (Coverage.OMITTED, Coverage.TOUCHED, Coverage.ADOPTED)
        right += sum(
            names[place] is each.gold
            for place, each in zip(order, [each for each in held if each.family == family], strict=True)
        )
    return right / len(held)


_PARTS: Mapping[str, tuple[str, Callable[[], None]]] = {
    "derived": ("Whether a sentence is derived", _derived),
    "sources": ("Which source stands first", _sources),
    "words": ("Documents in words of their own: how many of their derived sentences are found", _words),
    "coverage": ("The status of measures: share that is the readers'", _coverage),
}


def main() -> int:
    """Print the tries of each part."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[[], *_PARTS], metavar="PART")
    for name in parser.parse_args().parts or _PARTS:
        title, told = _PARTS[name]
        print(title, flush=True)
        told()
    return 0


if __name__ == "__main__":
    sys.exit(main())

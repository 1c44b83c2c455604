"""CPU of a revision diff with its signals against the same diff without them, in the same run.

    python -m benchmarks.substance_cost [--rounds N] [--profile]

Pairs are laws that stand in two versions in the development data. *Diff* is `diff_documents` on parsed documents; *whole*
is what a user waits for: reading both texts, parsing, matching and comparing. Without signals means that the room of
substance is not asked (`Substance.matched` and `Substance.alone` answer nothing). Best of the rounds, each law in turn; *unseen* clears the memories
of the readers first, so that nothing of an earlier round is known.
"""

import argparse
import cProfile
import gc
import pstats
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from benchmarks.sources import SHARED, read_members
from policydiff import parse
from policydiff.model import Document
from policydiff.revision.diffing import diff_documents
from policydiff.revision.substantial import Substance

LAWS = (
    ("会计法", "2017-11-04", "2024-06-28"), ("统计法", "2009-06-27", "2024-09-13"), ("广告法", "2018-10-26", "2021-04-29"),
    ("反洗钱法", "2006-10-31", "2024-11-08"), ("体育法", "2016-11-07", "2022-06-24"), ("畜牧法", "2015-04-24", "2022-10-30"),
    ("文物保护法", "2017-11-04", "2024-11-08"), ("矿产资源法", "2009-08-27", "2024-11-08"), ("立法法", "2015-03-15", "2023-03-13"),
    ("未成年人保护法", "2012-10-26", "2024-04-26"), ("职业教育法", "1996-05-15", "2022-04-20"), ("监察法", "2018-03-20", "2024-12-25"),
    ("反垄断法", "2007-08-30", "2022-06-24"), ("慈善法", "2016-03-16", "2023-12-29"), ("国防教育法", "2018-04-27", "2024-09-13"),
    ("征兵工作条例", "2001-09-05", "2023-04-01"), ("农药管理条例", "2017-03-16", "2022-03-29"), ("道路运输条例", "2022-03-29", "2023-07-20"),
)  # fmt: skip
"""Laws by their title and the days of both versions; some are rewritten, of some a few clauses were changed."""


def texts() -> Iterator[tuple[str, str, str]]:
    """Yield the title and both texts of each law at hand."""
    files = frozenset(f"{title}({day}).md" for title, *days in LAWS for day in days)
    found = read_members("laws.tar.xz", files)
    for title, old, new in LAWS:
        if (one := found.get(f"{title}({old}).md")) and (other := found.get(f"{title}({new}).md")):
            yield title, one, other


@contextmanager
def without_signals() -> Iterator[None]:
    """Let the room of substance answer nothing."""
    kept = Substance.matched, Substance.alone
    Substance.matched = lambda *_, **__: ()  # type: ignore[method-assign]
    Substance.alone = lambda *_, **__: ()  # type: ignore[method-assign]
    try:
        yield
    finally:
        Substance.matched, Substance.alone = kept  # type: ignore[method-assign]


def _forget() -> None:
    """Clear every memory of the readers of substance and of the lexicon."""
    for name, module in list(sys.modules.items()):
        if re.match("policydiff\\.(substance|lexicon|revision)", name):
            for each in vars(module).values():
                wrapped = getattr(each, "cache_info", None)
                if wrapped is not None and each.cache_info().maxsize is not None:
                    each.cache_clear()


def _cpu(run: Callable[[], object]) -> float:
    _forget()
    gc.collect()
    started = time.process_time()
    run()
    return time.process_time() - started


def main() -> int:
    """Print the CPU of each law and the medians of the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="where the time of the diffs goes")
    options = parser.parse_args()
    if not (SHARED / "laws.tar.xz").is_file():
        print("the development data is not there")
        return 0
    ratios: dict[str, list[float]] = {"diff": [], "whole": []}
    sums: dict[str, list[float]] = {"diff": [0.0, 0.0], "whole": [0.0, 0.0]}
    documents: list[tuple[Document, Document]] = []
    print(f"{'law':20} {'changed':>7} {'without':>9} {'with':>9} {'diff':>6} {'whole':>6}")
    for title, old, new in texts():
        one, other = parse(old), parse(new)
        documents.append((one, other))
        runs: dict[str, Callable[[], object]] = {
            "diff": lambda one=one, other=other: diff_documents(one, other),  # type: ignore[misc]
            "whole": lambda old=old, new=new: diff_documents(parse(old), parse(new)),  # type: ignore[misc]
        }
        diff_documents(one, other)
        best: dict[str, list[float]] = {"diff": [9e9, 9e9], "whole": [9e9, 9e9]}
        for _ in range(options.rounds):
            for kind, run in runs.items():
                with without_signals():
                    best[kind][0] = min(best[kind][0], _cpu(run))
                best[kind][1] = min(best[kind][1], _cpu(run))
        for kind, (floor, full) in best.items():
            ratios[kind].append(full / floor)
            sums[kind] = [sums[kind][0] + floor, sums[kind][1] + full]
        changed = sum(change.kind.value != "unchanged" for change in diff_documents(one, other).changes)
        floor, full = best["diff"]
        print(
            f"{title:20} {changed:7} {floor * 1000:6.1f} ms {full * 1000:6.1f} ms {full / floor:5.2f}x"
            f" {best['whole'][1] / best['whole'][0]:5.2f}x"
        )
    for kind, values in ratios.items():
        print(
            f"{kind:6} median {statistics.median(values):.2f}x, worst {max(values):.2f}x,"
            f" all together {sums[kind][1] / sums[kind][0]:.2f}x"
        )
    if options.profile:
        profile = cProfile.Profile()
        profile.enable()
        for one, other in documents:
            diff_documents(one, other)
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
    return 0


if __name__ == "__main__":
    sys.exit(main())

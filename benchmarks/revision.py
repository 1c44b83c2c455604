"""Accuracy and speed of the revision diff, beside governdiff and a number-keyed difflib baseline.

    python -m benchmarks.revision [--no-peers] [--no-speed]

Gold: `../shared/data/revisions` and `benchmarks/gold/revisions` (articles; links and kinds decided by reading).
governdiff runs in a virtual environment of its own (`.bench/governdiff`), installed on first use; where it cannot be
installed its columns say so. Times are CPU seconds, the least of several runs, in this process and run; read them as ratios.
governdiff runs once a pair, and is stopped after a minute.
"""

import argparse
import gc
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.revision_peers import (
    CAP,
    GOVERNDIFF,
    difflib_by_number,
    governdiff,
    governdiff_python,
    read,
    whole_process,
)
from benchmarks.revision_scoring import Link, Outcome, Score, article, score
from benchmarks.sources import SHARED, GoldCase, gold_cases, law_pairs
from policydiff.model import RevisionDiff
from policydiff.revision.diffing import diff_documents

LARGE = 10_000
SAMPLE = (
    "监察法", "农产品质量安全法", "生物安全法", "文物保护法", "农药管理条例", "上海市优化营商环境条例",
    "突发事件应对法", "公司法",
)  # fmt: skip
"""Laws in two versions of 11,000 to 33,000 characters that governdiff is timed on: slightly revised to rewritten."""


def best_time(action: Callable[[], object], rounds: int = 3) -> float:
    """Return the least CPU seconds of several runs."""
    times = []
    for _ in range(rounds):
        before = time.process_time()
        action()
        times.append(time.process_time() - before)
    return min(times)


def ours(old: str, new: str) -> Outcome:
    outcome = from_diff(diff_documents(read(old), read(new)))
    outcome.seconds = best_time(partial(_read_and_diff, old, new))
    return outcome


def from_diff(diff: RevisionDiff) -> Outcome:
    links: set[Link] = set()
    kinds: dict[tuple[str, str], str] = {}
    for change in diff.changes:
        old = [number for unit in change.old if (number := article(unit.label))]
        new = [number for unit in change.new if (number := article(unit.label))]
        links.update((one, other) for one in old for other in new)
        kinds.update({("new", number): change.kind.value for number in new})
        if change.kind == "removed":
            kinds.update({("old", number): "removed" for number in old})
    return Outcome(links, kinds)


def accuracy(*, peers: bool) -> None:
    cases = gold_cases()
    if not cases:
        print(f"no gold found: looked in {SHARED} and benchmarks/gold")
        return
    totals: dict[tuple[str, bool], Score] = {}
    ratios: dict[str, list[float]] = {"governdiff": [], "difflib": []}
    python = rival() if peers else None
    for case in cases:
        size = max(len(case.old), len(case.new))
        print(f"\n{case.name}  ({size} characters{', held out' if case.held_out else ''})", flush=True)
        outcomes = all_outcomes(case, python, peers=peers)
        for engine, outcome in outcomes.items():
            result = score(case.gold, outcome)
            totals.setdefault((engine, case.held_out), Score()).add(result)
            ratio = outcome.seconds / outcomes["policydiff"].seconds
            print(
                f"  {engine:11} {result.line()}  {outcome.seconds * 1000:8.1f} ms  {ratio:5.1f}x", flush=True
            )
            if engine in ratios and size > LARGE:
                ratios[engine].append(ratio)
            elif engine not in ratios:
                print("".join(f"      {wrong}\n" for wrong in result.wrong), end="")
    print("\ntotals")
    for (engine, held_out), total in sorted(totals.items()):
        print(f"  {engine:11} {'held out' if held_out else 'all other':9} {total.line()}")
    for engine, values in ratios.items():
        if values:
            print(
                f"  {engine}: {statistics.median(values):.1f}x our time on texts over {LARGE} characters, "
                f"parsing included on both sides (least {min(values):.1f}x)"
            )


def rival() -> Path | None:
    """Return the interpreter that has governdiff; where there is none, say so."""
    python = governdiff_python()
    if python is None:
        print("governdiff is not installed and could not be: its rows are left out")
    return python


def all_outcomes(case: GoldCase, python: Path | None, *, peers: bool) -> dict[str, Outcome]:
    """Return what each engine says of a case; governdiff is left out where it hit the cap."""
    outcomes = {"policydiff": ours(case.old, case.new)}
    if python is not None:
        found = governdiff(python, case.old, case.new)
        if found is None:
            print(f"  governdiff  > {CAP} s: left out of its totals")
        else:
            outcomes["governdiff"] = found
    if peers:
        outcomes["difflib"] = difflib_by_number(case.old, case.new)
    return outcomes


def speed(*, peers: bool) -> None:
    """Time the pairs of laws that are there in two versions; a sample of the long ones beside governdiff."""
    pairs = law_pairs()
    if not pairs:
        print(f"\nno laws found: looked for {SHARED / 'laws.tar.xz'}")
        return
    documents = [(name, read(old), read(new)) for name, old, new in pairs]
    gc.freeze()  # the other pairs' documents are not there when a user diffs one pair
    times = sorted((best_time(partial(diff_documents, old, new)), name) for name, old, new in documents)
    values = [seconds * 1000 for seconds, _ in times]
    loop = best_time(lambda: sum(range(10_000_000)), 3)
    print(
        f"\n{len(values)} pairs of laws in two versions, diff of parsed documents, CPU ms (this machine sums 10^7 integers in {loop * 1000:.0f} ms)"
    )
    print(
        f"  median {statistics.median(values):.1f}   90% {values[int(len(values) * 0.9)]:.1f}   most {values[-1]:.1f} ({times[-1][1]})"
    )
    python = rival() if peers else None
    if python is not None:
        beside_governdiff(python, {name: (old, new) for name, old, new in pairs})


def beside_governdiff(python: Path, texts: dict[str, tuple[str, str]]) -> None:
    """Print how long governdiff takes on the sample, beside us: reading and comparing, then the whole process."""
    commands: tuple[list[str | Path], list[str | Path]] = (
        [sys.executable, "cli.py", "diff", "--json"],
        [GOVERNDIFF / "bin" / "governdiff", "diff", "--format", "json"],
    )
    print(
        "\ngoverndiff on a sample of laws, CPU seconds, reading included: in one process; from start to end"
    )
    ratios: tuple[list[float], list[float]] = [], []
    for name in SAMPLE:
        old, new = texts[name]
        rounds = (
            (best_time(partial(_read_and_diff, old, new)), _seconds(governdiff(python, old, new))),
            (whole_process(commands[0], old, new), whole_process(commands[1], old, new)),
        )
        told = []
        for (own, other), found in zip(rounds, ratios, strict=True):
            if own is None:
                raise RuntimeError(f"our own process took more than {CAP} s on {name}")
            least = CAP if other is None else other
            found.append(least / own)
            told.append(
                f"{own:6.3f} {'>' if other is None else ' '}{least:6.2f} {'>' if other is None else ' '}{least / own:5.1f}x"
            )
        print(f"  {name:12} {max(len(old), len(new)):6} characters   {'   '.join(told)}", flush=True)
    for what, found in zip(("in one process", "whole process"), ratios, strict=True):
        print(
            f"  {what}: median {statistics.median(found):.1f}x our time, least {min(found):.1f}x, most {max(found):.1f}x"
        )


def _seconds(outcome: Outcome | None) -> float | None:
    return None if outcome is None else outcome.seconds


def _read_and_diff(old: str, new: str) -> RevisionDiff:
    return diff_documents(read(old), read(new))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--no-peers", action="store_true", help="leave governdiff and difflib out")
    parser.add_argument("--no-speed", action="store_true", help="leave the pairs of laws out")
    options = parser.parse_args()
    accuracy(peers=not options.no_peers)
    if not options.no_speed:
        speed(peers=not options.no_peers)
    return 0


if __name__ == "__main__":
    sys.exit(main())

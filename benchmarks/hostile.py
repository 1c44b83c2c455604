"""How damaged and hostile files end: `python -m benchmarks.hostile [--most N] [NAME…]`; `bombs` among the names for the bombs.

Three thousand mutants of each small file meet the worker's own `main`, confined and capped, in copies of this process; the
bombs go through fresh workers as `extract` starts them. Printed are how the files ended and the most that one took.
A fault is an ending that is not foreseen, a message that does not say why, more than five seconds of processor time or
(recognition of pictures apart) more than 512 MiB.
"""

import contextlib
import os
import sys
from collections import Counter

from policydiff.errors import UnreadableInputError
from policydiff.extract import extract
from tests.extract.attacks import MEMORY, SECONDS, TARGETS, load_quietly, meet, mutants, says_why
from tests.extract.bombs_more import ALL as BOMBS
from tests.extract.measured import workers_measured

_ENDS = ("read", "refused", "capped", "crashed")


def _mutants(asked: list[str], most: int | None) -> int:
    """Print a line per target, of `most` mutants or of as many as the target says; return the number of faults."""
    faults = files = 0
    heads = "".join(f"{end:>9}" for end in (*_ENDS, "faults"))
    print(f"{'mutants of':18}{'files':>7}{heads}{'most CPU s':>12}{'MiB':>6}")
    for name, target in TARGETS.items():
        if asked and name not in asked:
            continue
        load_quietly(target)
        ends: Counter[str] = Counter()
        slowest, largest, wrong = 0.0, 0, 0
        # Interrupted it says what it has met so far: a target that other programs read takes an hour.
        with contextlib.suppress(KeyboardInterrupt):
            for number, data in enumerate(mutants(name, target.count if most is None else most)):
                met = meet(name, data)
                ends[met.end] += 1
                slowest, largest = max(slowest, met.seconds), max(largest, met.bytes)
                if met.fault:
                    wrong += 1
                    print(f"  mutant {number} of {name}: {met.fault[:300]}", flush=True)
        counts = "".join(f"{count:9,}" for count in (*(ends[end] for end in _ENDS), wrong))
        print(f"{name:18}{ends.total():7,}{counts}{slowest:12.2f}{largest >> 20:6}", flush=True)
        faults, files = faults + wrong, files + ends.total()
    print(f"{files:,} mutants, {faults} faults; load {os.getloadavg()[0]:.1f}")
    return faults


def _bombs() -> int:
    """Print the bombs that take most; return the number of faults."""
    faults = 0
    took = []
    for name, made in BOMBS:
        before = os.times()
        said = ""
        with workers_measured() as taken:
            try:
                extract(made())
            except UnreadableInputError as error:
                said = str(error)
        after = os.times()
        seconds = taken.seconds + after.user + after.system - before.user - before.system
        recognised = name.startswith(("png", "tiff", "jpeg"))
        wrong = (
            seconds >= SECONDS
            or (taken.bytes >= MEMORY and not recognised)
            or bool(said and not says_why(said))
        )
        faults += wrong
        took.append((seconds, taken.bytes >> 20, name, said[:110]))
        if wrong:
            print(f"  {name}: {seconds:.2f} s, {taken.bytes >> 20} MiB: {said}", flush=True)
    took.sort(reverse=True)
    for seconds, mebibytes, name, said in took[:8]:
        print(f"{name:48}{seconds:6.2f} s {mebibytes:5} MiB  {said or 'read'}")
    largest = max(each[1] for each in took if not each[2].startswith(("png", "tiff", "jpeg")))
    print(
        f"{len(took)} bombs, {faults} faults: at most {took[0][0]:.2f} CPU s, {largest} MiB; {sum(1 for each in took if not each[3])} read, the others refused"
    )
    return faults


def main() -> int:
    """Print both; return 1 if there is a fault."""
    asked = sys.argv[1:]
    most = None
    if asked[:1] == ["--most"]:
        most, asked = int(asked[1]), asked[2:]
    names = [name for name in asked if name != "bombs"]
    faults = 0
    if "bombs" in asked or not asked:
        faults += _bombs()
    if names or not asked:
        faults += _mutants(names, most)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

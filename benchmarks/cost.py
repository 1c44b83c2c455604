"""Start-up against `import typer`, and the demo's comparison in CPU seconds beyond imports.

Each command runs several times in turn with its floor; the medians and their ratio are printed.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL, SUPERIOR = "shanghai/jingan/life-health-2021", "shanghai/health-services-2018"
ROUNDS = 11


def cpu_of(command: list[str]) -> tuple[float, float]:
    """Return wall and CPU seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env={**os.environ, "COLUMNS": "100"}
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def startup() -> None:
    launcher = str(Path(sys.executable).with_name("policydiff"))
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import typer'": [sys.executable, "-c", "import typer"],
        "policydiff --version": [launcher, "--version"],
        "policydiff --help": [launcher, "--help"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(cpu_of(command)[1])
    floor = statistics.median(times["python -c 'import typer'"])
    print(f"start-up, median CPU of {ROUNDS} runs in turn (goal: --version at most 2.00x of import typer)")
    for name, values in times.items():
        print(
            f"  {name:28} {statistics.median(values) * 1000:7.1f} ms   {statistics.median(values) / floor:5.2f}x"
        )


def demo() -> None:
    from policydiff import compare
    from policydiff.collection.naming import load
    from policydiff.store import Store

    with Store.open(ROOT / "corpus") as store:
        local, superior = load(LOCAL, store), load(SUPERIOR, store)
    first = time.process_time()
    compare(local.document, superior.document)
    cold = time.process_time() - first
    warm = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        compare(local.document, superior.document)
        warm.append(time.process_time() - begun)
    print("the demo's comparison (goal: under 1 s of CPU beyond imports)")
    print(f"  first call, lazy loading included {cold * 1000:7.0f} ms")
    print(f"  median of {ROUNDS} further calls       {statistics.median(warm) * 1000:7.0f} ms")


if __name__ == "__main__":
    startup()
    demo()

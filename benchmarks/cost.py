"""Start-up against `import typer`, short commands against governdiff, lists and index of a store, the demo's comparison.

Each command runs several times in turn with its floor or peer; the medians and their ratio are printed.
`--store FOLDER` names a store to list and to index (a copy of its index is not made: it is brought up to date in place).
governdiff (PyPI) is taken from the path, or from `--governdiff PROGRAM`; without it the diff has no peer.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
LOCAL, SUPERIOR = "shanghai/jingan/life-health-2021", "shanghai/health-services-2018"
ROUNDS = 11


def cpu_of(command: list[str]) -> tuple[float, float]:
    """Return wall and CPU seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "100"},
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
    print(f"start-up, median CPU of {ROUNDS} runs in turn (goal: --version at most 1.30x of import typer)")
    medians(commands, "python -c 'import typer'")


def medians(commands: dict[str, list[str]], floor: str) -> None:
    """Run commands in turn and print the median CPU of each, as a multiple of that of `floor`."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(cpu_of(command)[1])
    base = statistics.median(times[floor])
    for name, values in times.items():
        median = statistics.median(values)
        print(f"  {name:28} {median * 1000:7.1f} ms   {median / base:5.2f}x")


def short_commands(peer: str | None) -> None:
    numbers = [
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
        "十",
        "十一",
        "十二",
        "十三",
        "十四",
        "十五",
        "十六",
        "十七",
        "十八",
        "十九",
        "二十",
    ]
    text = "某市促进办法\n" + "".join(
        f"第{number}条 市人民政府有关部门应当按照各自职责，做好第{number}项促进工作，并在{number}个工作日内向社会公布。\n"
        for number in numbers
    )
    launcher = str(Path(sys.executable).with_name("policydiff"))
    with TemporaryDirectory() as folder:
        old, new, changed = (str(Path(folder, name)) for name in ("old.txt", "new.txt", "changed.txt"))
        for path in (old, new):
            Path(path).write_text(text, "utf-8")
        Path(changed).write_text(text.replace("应当", "可以"), "utf-8")
        commands = {
            "policydiff diff --json": [launcher, "diff", old, new, "--json"],
            "the same, each clause changed": [launcher, "diff", old, changed, "--json"],
            "policydiff parse --json": [launcher, "parse", old, "--json"],
            "policydiff compare --json": [launcher, "compare", changed, old, "--json"],
        }
        print("twenty clauses, unchanged or not, whole process (goal: diff at most 2.60x governdiff)")
        if peer is None:
            print("  governdiff is not installed: no peer")
        else:
            commands["governdiff diff"] = [peer, "diff", old, new, "--format", "json"]
        medians(commands, "policydiff diff --json" if peer is None else "governdiff diff")


def store_lists(folder: Path) -> None:
    from policydiff.store import Store

    launcher = str(Path(sys.executable).with_name("policydiff"))
    cpu_of([launcher, "search", "人民政府", "--store", str(folder)])  # brings the index up to date
    with Store.open(folder) as store:
        place = store.cache_folder / "index.sqlite"
        ids = store.at(None).document_ids()
        texts = sum(
            len(store.text(document_id, record.version).encode())
            for document_id in ids
            for record in store.versions(document_id)
        )
        print(f"index of {len(ids)} documents (goal: at most 2.00x their texts)")
        size = place.stat().st_size
        print(f"  {size / 1e6:.1f} MB for {texts / 1e6:.1f} MB of text   {size / texts:5.2f}x")
    print("list of them (goal: at most 1.50x its --json)")
    command = [launcher, "list", "--store", str(folder)]
    medians({"list --json": [*command, "--json"], "list": command}, "list --json")
    print("status of the store (goal: at most 1 s of CPU)")
    seconds = statistics.median(
        cpu_of([launcher, "status", "--store", str(folder)])[1] for _ in range(ROUNDS)
    )
    print(f"  status                       {seconds * 1000:7.1f} ms")


def demo() -> None:
    from policydiff import compare
    from policydiff.collection.lookalikes import load
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store to list and to index")
    parser.add_argument(
        "--governdiff",
        default=shutil.which("governdiff"),
        help="the program, where it is not on the path",
    )
    given = parser.parse_args()
    startup()
    short_commands(given.governdiff)
    if given.store is None:
        print("lists and index: not measured, no --store is given")
    else:
        store_lists(given.store)
    demo()


if __name__ == "__main__":
    main()

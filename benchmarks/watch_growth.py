"""One store that is watched for years: versions of one source one after another, then many sources beside it.

A page of some 16 kB has other figures in one clause of twenty in each version. At each size one whole session (fetched from a server on
loopback, read, recorded, held against the version before it) and the commands that an operator runs are timed, the commands as whole processes: `status`, `health`, `track --all` with nothing changed, and `verify` in a fresh clone.
`--versions N` and `--sources N` change the numbers.
"""

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import timedelta
from pathlib import Path

from benchmarks.track import _Clock, _worked, configuration_of, page_of
from policydiff.intake.versions import Given, prepare
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch.run import RunOptions
from policydiff.watch.session import SessionOptions, carry_out

SIZES = (10, 100, 300, 1_000)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _timed(label: str, *command: str, folder: Path) -> str:
    begun, worked = time.perf_counter(), _worked()
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True)
    seconds, worked = time.perf_counter() - begun, _worked() - worked
    if done.returncode not in {0, 13}:  # 13: the runs lie in the past, and the source is late
        print(f"    {label}: exit code {done.returncode}: {(done.stdout + done.stderr)[-300:]}")
    return f"{label} {worked:.2f} ({seconds:.2f})"


def _measure(folder: Path, clone: Path, *, has_run: bool) -> None:
    policydiff = str(Path(sys.executable).with_name("policydiff"))
    figures = [
        _timed("status", policydiff, "status", folder=folder),
        _timed("health", policydiff, "health", folder=folder),
    ]
    if has_run:
        figures.append(_timed("track, unchanged", policydiff, "track", "--all", folder=folder))
    _timed("clone", "git", "clone", "-q", str(folder), str(clone), folder=folder)
    figures.append(_timed("verify in a fresh clone", policydiff, "verify", folder=clone))
    shutil.rmtree(clone)
    git, track = _megabytes(folder / ".git"), _megabytes(folder / ".policydiff" / "track")
    index = _megabytes(folder / ".policydiff") - track
    tree = _megabytes(folder) - git - track - index
    print(f"  CPU s (s by the clock): {'; '.join(figures)}")
    print(
        f"  MB: work tree {tree:.1f}, git {git:.1f}, ledger and captures {track:.1f}, index {index:.1f}",
        flush=True,
    )


def grow(port: int, versions: int, sources: int, root: Path) -> bool:
    folder, clock = root / "store", _Clock()
    first = clock.now().date() - timedelta(days=versions + 40)
    clock.days = -20
    good = True
    with Store.init(folder) as store:
        settings = folder / "policydiff.toml"
        own = settings.read_text()

        def session(count: int, figures: int) -> tuple[int, str]:
            """Run a session over sources, as many as `count`, with other figures on each page; return how many versions it recorded, and its cost."""
            written = configuration_of(port, "moving", count)
            settings.write_text(f"{own}\n{written}")
            urllib.request.urlopen(f"http://127.0.0.1:{port}/figures/{figures}").read()
            clock.days += 1
            begun, at = _worked(), time.perf_counter()
            configuration = parse_configuration(written)
            report = carry_out(configuration, store, clock, SessionOptions(RunOptions(), "zh")).report
            cost = f"{_worked() - begun:.2f} ({time.perf_counter() - at:.2f})"
            return len(report.result.changed), cost

        made, recorded = session(1, 0)[0], 0.0
        for size in (size for size in SIZES if size <= versions):
            begun, added = _worked(), size - 1 - made
            while made < size - 1:
                seen = first + timedelta(days=made + 1)
                given = Given(id="city/s0", seen=seen, same_document=True)
                store.add(prepare(page_of(0, 1, figures=made), name="a.html", today=seen, given=given).entry)
                made += 1
            recorded = (_worked() - begun) / added
            session(1, size)  # takes up the versions that no run has seen
            changed, cost = session(1, size + 10_000)
            made += 2
            good = good and changed == 1
            print(
                f"{made} versions of one source: {recorded:.3f} CPU s to add one; session with one change {cost}",
                flush=True,
            )
            _measure(folder, root / "clone", has_run=True)
        for count in (count for count in (100, 1_000) if count <= sources):
            changed, cost = session(count, versions + 20_000 + count)
            good = good and changed == count
            print(f"{count} sources beside it: {changed} versions, session {cost}", flush=True)
            _measure(folder, root / "clone", has_run=True)
    return good


def main() -> int:
    def number(name: str) -> int:
        return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else 1_000

    command = [sys.executable, "-m", "benchmarks.track", "--serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            with tempfile.TemporaryDirectory() as root:
                good = grow(
                    int(server.stdout.readline()), number("--versions"), number("--sources"), Path(root)
                )
        finally:
            server.terminate()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

"""One store that is watched for years: versions of one source one after another, then many sources beside it.

Each version is a whole session (fetched from a server on loopback, read, recorded, held against the version before it), with a page of
some 16 kB that has other figures in one clause of twenty on each visit. At each size the commands that an operator runs are timed as
whole processes: `status`, `health`, `track --all` with nothing changed, and `verify` in a fresh clone.
`--versions N` and `--sources N` change the numbers.
"""

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.track import _Clock, _worked, configuration_of
from policydiff.settings.settings_file import parse_configuration
from policydiff.store import Store
from policydiff.watch.run import RunOptions
from policydiff.watch.session import SessionOptions, carry_out

SIZES = (10, 100, 200, 400, 600, 800, 1_000)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _timed(label: str, *command: str, folder: Path) -> str:
    begun, worked = time.perf_counter(), _worked()
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True)
    seconds, worked = time.perf_counter() - begun, _worked() - worked
    if done.returncode:
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
    clock.days = -versions - 2
    kept = 0
    with Store.init(folder) as store:
        written = configuration_of(port, "moving", 1)
        settings = folder / "policydiff.toml"
        own = settings.read_text()
        settings.write_text(own + "\n" + written)
        begun, since = _worked(), 0
        for number in range(1, versions + 1):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/figures/{number}").read()
            clock.days += 1
            report = carry_out(
                parse_configuration(written), store, clock, SessionOptions(RunOptions(), "zh")
            ).report
            kept += len(report.result.changed)
            if number in SIZES or number == versions:
                each = (_worked() - begun) / (number - since)
                print(
                    f"{number} versions of one source, {kept} recorded: {each:.3f} CPU s a version since the last line",
                    flush=True,
                )
                _measure(folder, root / "clone", has_run=True)
                begun, since = _worked(), number
        for count in (size for size in (100, 1_000) if size <= sources):
            written = configuration_of(port, "moving", count)
            settings.write_text(own + "\n" + written)
            clock.days += 1
            begun, at = _worked(), time.perf_counter()
            report = carry_out(
                parse_configuration(written), store, clock, SessionOptions(RunOptions(), "zh")
            ).report
            print(
                f"{count} sources beside it: {len(report.result.changed)} first versions in {_worked() - begun:.1f} CPU s, {time.perf_counter() - at:.1f} s by the clock",
                flush=True,
            )
            _measure(folder, root / "clone", has_run=True)
    return kept == versions


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

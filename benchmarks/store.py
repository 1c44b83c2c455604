"""The store against git itself, each figure as a ratio to a floor measured in the same run.

    python -m benchmarks.store [import] [read] [add] [start] [index] [disk]

Texts are made from a fixed seed: Chinese sentences, each version an edit of the one before.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from policydiff.collection.importing import import_files
from policydiff.collection.index import Index
from policydiff.model import DocumentIdentity
from policydiff.store import NewVersion, Store
from policydiff.store.git_confined import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
LAWS = ROOT.parent / "shared" / "data" / "laws.tar.xz"
WORDS = (
    "的推进健康服务产业发展支持鼓励企业创新建设加强管理应当政府部门责任单位完善机制提高质量标准资金项目人才"
)


def made_versions(documents: int, versions: int, length: int) -> Iterator[NewVersion]:
    """Yield versions of `length` characters, three bytes each, document by document."""
    chance = random.Random(20240301)
    for number in range(documents):
        lines = ["".join(chance.choices(WORDS, k=60)) for _ in range(max(1, length // 61))]
        title = "".join(chance.choices(WORDS, k=12))
        for version in range(versions):
            if version:
                lines[chance.randrange(len(lines))] = "".join(chance.choices(WORDS, k=60))
            text = "\n".join(lines) + "\n"
            yield NewVersion(
                identity=DocumentIdentity(id=f"issuer-{number % 100}/document-{number}", title=title),
                source=("<html><p>" + "</p>\n<p>".join(lines) + "</p></html>").encode(),
                text=text,
                issued=date(2000, 1, 1) + timedelta(days=version * 400 + number % 300),
                media_type="text/html",
                extension="html",
                extractor="html",
                extractor_version="1",
            )


@contextmanager
def scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="policydiff-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def git(folder: Path, *arguments: str, **options: object) -> bytes:
    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    command = ["git", *settings, *arguments]
    given = {"stdout": subprocess.PIPE, **options}
    return subprocess.run(command, cwd=folder, check=True, **given).stdout  # type: ignore[call-overload,no-any-return]


def timed(work: Callable[[], object]) -> float:
    os.sync()  # what was written before is none of this work
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def batches(entries: list[NewVersion], size: int) -> Iterator[list[NewVersion]]:
    for start in range(0, len(entries), size):
        yield entries[start : start + size]


def importing() -> None:
    entries = list(made_versions(100, 20, 16_000 // 3))
    print("import of 2,000 versions of 16 kB (goal: at least 0.70 of raw git fast-import of the same files)")
    for bare, floor in ((True, "git fast-import"), (False, "git fast-import + git reset --hard")):
        ratios, rates = [], []
        for _ in range(3):
            with scratch() as folder:
                ours = _import_ours(folder / "ours", entries, bare=bare)
                stream = b"".join(_same_files(folder / "ours"))
                ratios.append(_import_floor(folder / "floor", stream, bare=bare) / ours)
                rates.append(len(entries) / ours)
        kind = "bare" if bare else "work tree"
        print(
            f"  {kind:10} {statistics.median(rates):7.0f} versions/s   {statistics.median(ratios):5.2f} of {floor}"
        )


def _import_ours(folder: Path, entries: list[NewVersion], *, bare: bool) -> float:
    with Store.init(folder, bare=bare) as store:
        return timed(lambda: [store.add_many(batch) for batch in batches(entries, 1000)])


def _same_files(folder: Path) -> Iterator[bytes]:
    """Yield one stream of what was recorded, in the order that suits git best, in as many commits."""
    commits = git(folder, "rev-list", "--reverse", "HEAD").decode().split()
    for commit in commits:
        yield b"commit refs/heads/main\ncommitter a <a> 0 +0000\ndata 0\n"
        listed = (
            git(folder, "diff-tree", "--root", "-r", "--name-only", "--no-commit-id", commit).decode().split()
        )
        paths = sorted(listed, key=_likeness)
        asked = "".join(f"{commit}:{path}\n" for path in paths).encode()
        answer = git(folder, "cat-file", "--batch", input=asked)
        place = 0
        for path in paths:
            end = answer.index(b"\n", place)
            size = int(answer[place:end].rsplit(b" ", 1)[1])
            yield f"M 100644 inline {path}\ndata {size}\n".encode() + answer[end + 1 : end + 2 + size]
            place = end + 2 + size


def _likeness(path: str) -> tuple[bool, str, str]:
    folder, _, file = path.rpartition("/")
    return file.endswith(".json"), folder.rpartition("/")[0] + file, folder


def _import_floor(folder: Path, stream: bytes, *, bare: bool) -> float:
    folder.mkdir()
    git(folder, "init", "-q", "--initial-branch=main", *(["--bare"] if bare else []))
    seconds = timed(lambda: git(folder, "fast-import", "--quiet", input=stream))
    return seconds if bare else seconds + timed(lambda: git(folder, "reset", "-q", "--hard"))


def reading() -> None:
    entries = list(made_versions(100, 20, 16_000 // 3))
    with scratch() as folder, Store.init(folder / "store", bare=True) as store:
        store.add_many(entries)
        wanted = [(each.identity.id, str(each.issued)) for each in entries]
        random.Random(1).shuffle(wanted)
        names = "".join(f"HEAD:documents/{key}/{version}/text.txt\n" for key, version in wanted).encode()
        floors, many, single = [], [], []
        for _ in range(5):
            floors.append(
                timed(
                    lambda: git(
                        folder / "store", "cat-file", "--batch", input=names, stdout=subprocess.DEVNULL
                    )
                )
            )
            many.append(timed(lambda: list(store.texts(wanted))))
            single.append(timed(lambda: [store.text(key, version) for key, version in wanted]))
    print("reading 2,000 versions of 16 kB (goal: at least 0.50 of git cat-file --batch)")
    for label, seconds in (("Store.texts", many), ("Store.text, one by one", single)):
        median = statistics.median(seconds)
        print(f"  {label:24} {len(wanted) / median:7.0f}/s   {statistics.median(floors) / median:5.2f}")


def adding() -> None:
    with scratch() as folder, Store.init(folder / "store") as store:
        for batch in batches(list(made_versions(10_000, 1, 400)), 1000):
            store.add_many(batch)
        new = list(made_versions(10_010, 1, 600))[-10:]
        ours, floor = [], []
        for number, entry in enumerate(new):
            ours.append(timed(lambda entry=entry: store.add(entry)))  # type: ignore[misc]
            copied = store.folder / "documents" / "plain" / str(number)
            shutil.copytree(store.folder / "documents" / entry.identity.id, copied)
            floor.append(timed(lambda copied=copied: _commit(store.folder, copied)))  # type: ignore[misc]
    ratio = statistics.median(ours) / statistics.median(floor)
    print(
        "one add at 10,000 documents (goal: at most 3.00x git add + git commit of the same files, same repository)"
    )
    print(
        f"  {statistics.median(ours) * 1000:7.0f} ms   {ratio:5.2f}x of {statistics.median(floor) * 1000:.0f} ms"
    )


def _commit(folder: Path, path: Path) -> None:
    git(folder, "add", "--", str(path))
    git(folder, "commit", "-q", "-m", "plain")


def starting() -> None:
    with scratch() as folder:
        entries = list(made_versions(10_000, 5, 200))
        with Store.init(folder / "store", bare=True) as store:
            seconds = timed(lambda: [store.add_many(batch) for batch in batches(entries, 5000)])
            print(f"10,000 documents x 5 versions ({seconds:.0f} s to record)")
            seconds = timed(lambda: Index.open(store).close())
            print(f"  first listing builds the catalogue in {seconds:.1f} s, later ones read it")
        one = entries[777]
        doc, day = one.identity.id, str(one.issued)
        launcher = str(Path(sys.executable).with_name("policydiff"))
        place = ["--store", str(folder / "store")]
        imports = "import policydiff.cli, git.cmd, sqlite3; from policydiff.store import Store; import policydiff.model"
        commands = {
            "process start: imports alone": [sys.executable, "-c", imports],
            "policydiff --version": [launcher, "--version"],
            "policydiff log DOC": [launcher, "log", doc, *place],
            "policydiff show DOC@date": [launcher, "show", f"{doc}@{day}", *place],
            "policydiff list --json": [launcher, "list", "--json", *place],
        }
        _print_starts(commands)


def _print_starts(commands: dict[str, list[str]]) -> None:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(7):
        for name, command in commands.items():
            run = lambda command=command: subprocess.run(  # noqa: E731
                command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
            )
            try:
                times[name].append(timed(run))
            except subprocess.CalledProcessError as error:
                print(f"  {name}: exit {error.returncode}")
    print("  goal: log, show and list under 2.00x the process start")
    floor = statistics.median(next(iter(times.values())))
    for name, values in times.items():
        if values:
            median = statistics.median(values)
            print(f"  {name:32} {median * 1000:7.0f} ms   {median / floor:5.2f}x")


def indexing() -> None:
    if not LAWS.is_file():
        print(f"index of 3,477 laws: not measured, {LAWS} is absent")
        return
    with scratch() as folder:
        with tarfile.open(LAWS) as laws:
            members = [member for member in laws.getmembers() if member.name.endswith(".md")]
            laws.extractall(folder / "laws", members, filter="data")
        with Store.init(folder / "store", bare=True) as store:
            started = time.perf_counter()
            summary = import_files(store, folder / "laws", today=date(2026, 1, 1))
            seconds = time.perf_counter() - started
            print(
                f"import of {len(members)} laws: {seconds:.0f} s, {summary.added} added, {summary.unchanged} the same, "
                f"{len(summary.refused)} refused, {len(summary.failed)} unreadable"
            )
            (store.cache_folder / "index.sqlite").unlink(missing_ok=True)
            started = time.perf_counter()
            with Index.open(store) as index:
                index.parse()
            print(
                f"  index built anew in {time.perf_counter() - started:.0f} s on {os.cpu_count()} cores (goal: 90 s)"
            )


def disk() -> None:
    entries = list(made_versions(100, 20, 16_000 // 3))
    with scratch() as folder:
        with Store.init(folder / "store", bare=True) as store:
            for batch in batches(entries, 500):
                store.add_many(batch)
        before = _size(folder / "store")
        git(folder / "store", "gc", "-q")
        plain = folder / "plain"
        plain.mkdir()
        git(plain, "init", "-q", "--bare")
        git(plain, "fast-import", "--quiet", input=b"".join(_bare_stream(entries)))
        git(plain, "gc", "-q")
        ratio = _size(folder / "store") / _size(plain)
        print("disk (goal: at most 1.30x of the sources and texts alone, packed by git)")
        print(
            f"  {_size(folder / 'store') / 1e6:.2f} MB packed, {before / 1e6:.2f} MB as imported: {ratio:.2f}x"
        )


def _bare_stream(entries: list[NewVersion]) -> Iterator[bytes]:
    yield b"commit refs/heads/main\ncommitter a <a> 0 +0000\ndata 0\n"
    for each in entries:
        path = f"documents/{each.identity.id}/{each.issued}"
        for name, data in (("source.html", each.source), ("text.txt", each.text.encode())):
            yield f"M 100644 inline {path}/{name}\ndata {len(data)}\n".encode() + data + b"\n"


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "objects").rglob("*") if path.is_file())


PARTS = {
    "import": importing,
    "read": reading,
    "add": adding,
    "start": starting,
    "index": indexing,
    "disk": disk,
}


def main() -> int:
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())

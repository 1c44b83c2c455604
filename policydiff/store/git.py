"""One git repository: how it is found, the function that runs git commands, and one reader process that stays open.

No shell is run. Names that come from data are written only to git's standard input or behind `--`. The settings of the
repository are data too: no command here lets them start a program or fetch anything (docs/security.md), except
`update-ref` and `commit-tree`, which write and obey the hook and the signing program of the repository's owner.
"""

import contextlib
import hashlib
import os
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn, Self, cast

from policydiff.errors import DamagedStoreError, DiskFullError, NotFoundError, UsageError
from policydiff.platforms import shared_with_child
from policydiff.store.git_confined import (
    CONVERTING,
    ELSEWHERE,
    ENVIRONMENT,
    HOOKED,
    SETTINGS,
    is_git_folder,
    own_folders,
    refuse_hidden,
)

if TYPE_CHECKING:
    from git.cmd import Git

_SHARING = frozenset({"update-ref", "update-index", "checkout-index"})
"""Commands that continue to change the repository even after the process that started them is killed."""
_AHEAD = 64
"""Requests written before the first answer is read; their bytes fit into a pipe, so neither side waits."""


class Entry(NamedTuple):
    """One entry of a git tree."""

    name: str
    oid: str
    is_tree: bool


class GitResult(NamedTuple):
    """Exit code and output of a git command."""

    status: int
    output: bytes
    error: str
    """First line of its standard error."""


class Repository:
    """A git repository seen from one folder inside it (its root, a folder, a linked work tree, or a bare one)."""

    def __init__(self, folder: Path, *, bare_on_purpose: bool = False) -> None:
        """Find the repository: a folder in its work tree, or the bare repository itself.

        Unless it was named as such (`bare_on_purpose`), a bare one inside a work tree is refused, as any repository
        of a stranger may hold it. Raises NotFoundError if there is none, UsageError if git refuses it, or a bare
        repository was not named as such.
        """
        self._reader: Popen[bytes] | None = None
        self._reading = threading.RLock()
        """Held during a question to the persistent reader, so that each answer belongs to its question."""
        self._process = os.getpid()
        self.turn: int | None = None
        """File descriptor of the lock that a writer holds; commands that change the repository share it."""
        self.folder = folder
        self._git = _load_git(folder)
        self._no_filters: list[str] | None = None
        is_bare = is_git_folder(folder)
        if is_bare and not bare_on_purpose:
            refuse_hidden(folder)
        self._safe_bare = f"safe.bareRepository={'all' if is_bare else 'explicit'}"
        self._in_hook(folder)
        answer = self.run(
            "rev-parse",
            "--is-bare-repository",
            "--is-inside-work-tree",
            "--absolute-git-dir",
            "--git-common-dir",
            "--show-object-format",
            "--show-prefix",
            "--show-cdup",
            check=False,
        )
        if answer.status:
            _explain(answer.error, folder)
        lines = os.fsdecode(answer.output).split("\n")
        if lines[0] != "true" and len(lines) != 8:
            raise UsageError(f"the path of the repository at {folder} holds a line break: move it")
        bare, inside, git_dir, common_dir, object_format = lines[:5]
        prefix, up = lines[5:7] if len(lines) == 8 else ("", "")
        self.bare = bare == "true"
        if not self.bare and inside != "true":
            raise NotFoundError(f"{folder} lies inside a .git folder: name the folder of the store")
        self.git_dir = Path(git_dir)
        self.common_dir = (folder / common_dir).resolve()
        self.prefix = prefix
        """Path of the folder in the repository, empty or ending with a slash."""
        self.object_format = object_format
        """`sha1` or `sha256`."""
        self.top = None if self.bare else (folder / up).resolve()

    @property
    def id_width(self) -> int:
        """Number of hexadecimal digits of an object's id."""
        return 40 if self.object_format == "sha1" else 64

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """End the persistent reader."""
        if self._reader is not None:
            reader, self._reader = self._reader, None
            for pipe in (reader.stdin, reader.stdout, reader.stderr):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            reader.wait()

    def run(
        self,
        *arguments: str,
        data: bytes = b"",
        check: bool = True,
        environment: dict[str, str] | None = None,
    ) -> GitResult:
        """Run one git command to its end. Raises DamagedStoreError or a more exact error if it fails and `check` is set."""
        process = self._start(arguments, environment)
        output, error = process.communicate(data)
        text = error.decode("utf-8", "replace").strip()
        result = GitResult(process.returncode, output, text)
        if check and result.status:
            _explain(text, self.folder, arguments[0])
        return result

    def stream(self, *arguments: str, data: Iterable[bytes]) -> GitResult:
        """Run one git command and write `data` to it piece by piece; its output must be short."""
        process = self._start(arguments, None)
        feed = cast("IO[bytes]", process.stdin)
        with contextlib.suppress(BrokenPipeError):
            for piece in data:
                feed.write(piece)
        # communicate() flushes and closes the pipe, and copes with a process that has died.
        output, error = process.communicate()
        return GitResult(process.returncode, output, error.decode("utf-8", "replace").strip())

    def _start(self, arguments: Sequence[str], environment: dict[str, str] | None) -> Popen[bytes]:
        command = ["git"]
        for setting in (*SETTINGS, self._safe_bare):
            command += ["-c", setting]
        if arguments[0] != HOOKED:
            command += ["-c", f"core.hooksPath={os.devnull}"]
        if arguments[0] in CONVERTING:
            # The options that take from each filter of the settings the programs it would run
            if self._no_filters is None:
                self._no_filters = []
                for name in self.setting_names(r"^filter\."):
                    if "=" in name:
                        raise UsageError(
                            f"the settings of {self.folder} name a filter with an equals sign: {name!r}"
                        )
                    if name.rpartition(".")[2] in {"clean", "smudge", "process", "required"}:
                        self._no_filters += ["-c", f"{name}="]
            command += self._no_filters
        wrapper = self._git.execute(
            [*command, *arguments],
            istream=PIPE,
            as_process=True,
            env={**ENVIRONMENT, **(environment or {})},
            **shared_with_child(self.turn if arguments[0] in _SHARING else None),
        )
        # GitPython's wrapper ends the process as soon as nobody holds the wrapper itself.
        process, wrapper.proc = wrapper.proc, None
        return cast("Popen[bytes]", process)

    def paths(self, *arguments: str, check: bool = True) -> list[str]:
        """Return the NUL-separated paths that a command lists, relative to the folder of the store."""
        listing = os.fsdecode(self.run(*arguments, check=check).output)
        return [path.removeprefix(self.prefix) for path in listing.split("\0") if path]

    @property
    def branch(self) -> str:
        """Full name of the branch at HEAD, empty where HEAD is detached."""
        return os.fsdecode(self.run("symbolic-ref", "-q", "HEAD", check=False).output).strip()

    def setting_names(self, pattern: str) -> list[str]:
        """Return the names of all git settings, from every settings file, that match a pattern."""
        found = self.run("config", "--null", "--name-only", "--get-regexp", pattern, check=False)
        return sorted({name for name in os.fsdecode(found.output).split("\0") if name})

    def own_setting(self, name: str) -> str | None:
        """Return a setting of the user or of the machine, never of this repository; None if neither sets it.

        The settings of a repository come from its maker, and must not choose the program that judges it.
        """
        for scope in ("--global", "--system"):
            found = self.run("config", scope, "--includes", "--get", name, check=False)
            if not found.status:
                return os.fsdecode(found.output).rstrip("\n")
        return None

    def read(self, name: str) -> tuple[str, str, bytes] | None:
        """Return object id, type and data of an object (`HEAD`, `<commit>:<path>`); None if it does not exist.

        Raises DamagedStoreError if git holds the object but cannot read it.
        """
        return next(self.read_many([name]))

    def read_many(self, names: Iterable[str]) -> Iterator[tuple[str, str, bytes] | None]:
        """Yield the result of `read` for each name, in order; further reads may happen between two results."""
        pending = iter(names)
        while part := list(islice(pending, _AHEAD)):
            with self._reading:
                answered = self._read_part(part)
            yield from answered

    def _read_part(self, names: list[str]) -> list[tuple[str, str, bytes] | None]:
        if self._process != os.getpid():  # forked: the reader goes on to answer the process before
            self._reader, self._process = None, os.getpid()
        if self._reader is None:
            self._reader = self._start(["cat-file", "--batch"], None)
        ask, answer = cast("IO[bytes]", self._reader.stdin), cast("IO[bytes]", self._reader.stdout)
        try:
            ask.write(b"".join(os.fsencode(name) + b"\n" for name in names))
            ask.flush()
        except BrokenPipeError:
            self._reader_died(names[0])
        found: list[tuple[str, str, bytes] | None] = []
        for name in names:
            header = answer.readline()
            if header.endswith((b" missing\n", b" ambiguous\n")):
                found.append(None)
                continue
            if not header:
                self._reader_died(name)
            oid, kind, size = header.decode("ascii").split()
            data = answer.read(int(size) + 1)
            if len(data) != int(size) + 1:
                self._reader_died(name)
            found.append((oid, kind, data[:-1]))
        return found

    def _reader_died(self, name: str) -> NoReturn:
        """Raise the error that explains why the persistent reader gave no answer."""
        if self._reader is not None:
            error = b""
            if self._reader.stderr is not None:
                error = self._reader.stderr.read()
            self.close()
            _explain(
                error.decode("utf-8", "replace").strip() or f"no answer for {name}", self.folder, "cat-file"
            )
        raise DamagedStoreError(f"git gave no answer for {name} in {self.folder}")

    def object_id(self, data: bytes) -> str:
        """Return the id git gives to a file with this content."""
        digest = hashlib.sha1(usedforsecurity=False) if self.object_format == "sha1" else hashlib.sha256()
        digest.update(b"blob %d\0" % len(data))
        digest.update(data)
        return digest.hexdigest()

    def head(self) -> str | None:
        """Return the id of the commit at HEAD, None in a repository without commits."""
        found = self.read("HEAD")
        return None if found is None else found[0]

    def tree(self, name: str) -> list[Entry]:
        """Return the entries of a tree (`<commit>:<path>`); an empty list if there is no such tree."""
        found = self.read(name)
        return [] if found is None else read_tree(found)

    def _in_hook(self, folder: Path) -> None:
        """Look at the repository of `folder`, whatever repository a calling git hook has put in the environment."""
        if not ELSEWHERE & os.environ.keys():
            return
        for place in (folder.resolve(), *folder.resolve().parents):
            bare = (place / "HEAD").is_file() and (place / "objects").is_dir()
            if not bare and not (place / ".git").exists():
                continue
            git_dir = place if bare else place / ".git"
            if git_dir.is_file():
                git_dir = place / git_dir.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
            self._git.update_environment(**own_folders(git_dir, None if bare else place))
            return
        # In no repository: the one of the caller is not its.
        self._git.update_environment(**own_folders(folder.resolve() / ".git"))


def read_tree(found: tuple[str, str, bytes]) -> list[Entry]:
    """Return the entries of a tree object as `Repository.read` gives it."""
    oid, kind, data = found
    if kind != "tree":
        return []
    width = len(oid) // 2
    entries = []
    place = 0
    while place < len(data):
        space = data.index(b" ", place)
        end = data.index(b"\0", space)
        mode, name = data[place:space], os.fsdecode(data[space + 1 : end])
        place = end + 1 + width
        entries.append(Entry(name, data[end + 1 : place].hex(), mode == b"40000"))
    return entries


def create_repository(folder: Path, *, bare: bool) -> None:
    """Make a folder a git repository. Raises UsageError if git cannot."""
    place, git = folder.resolve(), _load_git(folder)
    if ELSEWHERE & os.environ.keys():
        git.update_environment(**(own_folders(place) if bare else own_folders(place / ".git", place)))
    process = git.execute(
        ["git", "init", "--quiet", *(["--bare"] if bare else []), "--", str(place)],
        with_extended_output=True,
        with_exceptions=False,
    )
    if process[0]:
        raise UsageError(f"git could not make a repository in {folder}: {process[2]}")


def _load_git(folder: Path) -> "Git":
    if not folder.is_dir():
        raise NotFoundError(f"{folder} is no folder")
    try:
        from git.cmd import Git  # noqa: PLC0415 (GitPython fails on import where there is no git)
    except ImportError as error:
        raise UsageError(
            "git was not found on the PATH: install git 2.30 or newer, or put it on the PATH"
        ) from error
    return Git(str(folder))


def is_full(error: str) -> bool:
    """Return whether git failed because no room is left on the disk."""
    return bool(_NO_ROOM.search(error))


_NO_ROOM = re.compile(r"no space left|out of diskspace|disk quota exceeded", re.IGNORECASE)


def _explain(error: str, folder: Path, command: str = "rev-parse") -> NoReturn:
    """Raise the typed error that matches the error output of a failed git command."""
    line = next(
        (line for line in error.splitlines() if line.startswith(("fatal:", "error:"))),
        error.split("\n", maxsplit=1)[0],
    )
    if "dubious ownership" in error:
        raise UsageError(
            f"git refuses the repository at {folder}, which belongs to another user: if you trust it, run "
            f"git config --global --add safe.directory {folder.resolve()}"
        )
    if is_full(error):
        raise DiskFullError(
            f"the disk of {folder} is full: make room and run the same command again; what was recorded before is safe"
        )
    if "promisor" in error or "lazy fetching disabled" in error:
        raise NotFoundError(
            f"the clone in {folder} is partial and lacks an object that is asked for: git fetch --refetch --no-filter "
            "brings all"
        )
    if command == "rev-parse":
        if "not a git repository" in error:
            raise NotFoundError(
                f"{folder} lies in no git repository, so it is no store: create one with policydiff init"
            )
        raise UsageError(f"git cannot open the repository at {folder}: {line}")
    raise DamagedStoreError(f"git {command} failed in {folder}: {line}")

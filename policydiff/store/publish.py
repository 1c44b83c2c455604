"""One commit from files, put on the branch by compare-and-swap.

Its message bears a digest of the files it wrote.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from policydiff.errors import DiskFullError, WriteConflictError
from policydiff.store.git import Repository, is_full
from policydiff.store.values import Action, Plan

_STAGING = "refs/policydiff/staging"
"""Only ever inside one stream, which ends by resetting it: never a ref in the repository."""
_FALLBACK_IDENTITY = "policydiff <policydiff@localhost>"


class Commit(NamedTuple):
    """What is to be committed."""

    parent: str | None
    files: Mapping[str, bytes]
    """Path in the repository to content."""
    message: str
    when: datetime
    """Author and committer date, aware."""


def write_commit(repository: Repository, commit: Commit) -> str:
    """Write the objects of a commit on top of its parent and return its id; no branch moves.

    Raises:
        DamagedStoreError: if git cannot write (full disk, no permission).
    """
    author, committer = _identities(repository)
    made = repository.stream(
        "fast-import", "--quiet", "--done", data=_stream(commit, author, committer, repository.id_width)
    )
    oid = made.output.decode("ascii", "replace").strip()
    if made.status and is_full(made.error):
        raise DiskFullError(
            f"nothing was recorded: the disk of {repository.git_dir} is full: make room and run the same command again"
        )
    if made.status or not oid:
        raise WriteConflictError(
            f"nothing was recorded: git could not write to {repository.git_dir}: {made.error}"
        )
    if _signs(repository):
        return _sign(repository, commit, oid, author, committer)
    return oid


def advance(repository: Repository, parent: str | None, commit: str, reason: str) -> bool:
    """Move the branch at HEAD (or a detached HEAD) from `parent` to `commit`.

    Returns:
        False if it stood elsewhere, or another git held it.

    Raises:
        WriteConflictError: if git refuses for another reason, such as a hook.
    """
    old = parent or "0" * len(commit)
    moved = repository.run("update-ref", "--create-reflog", "-m", reason, "HEAD", commit, old, check=False)
    if not moved.status:
        return True
    if repository.head() != parent or "File exists" in moved.error:
        return False
    raise WriteConflictError(
        f"nothing was recorded: git refused to move the branch in {repository.folder}: {moved.error}"
    )


def tidy(repository: Repository) -> None:
    """Let git pack loose objects in the background where there are many, as `git commit` does."""
    objects = repository.common_dir / "objects"
    try:
        # Git's own estimate: a 256th of the loose objects lie in any one folder.
        many = len(os.listdir(objects / "17")) > 27 if (objects / "17").is_dir() else False  # noqa: PTH208 (counts)
        many = many or len(list((objects / "pack").glob("*.pack"))) > 50
    except OSError:
        return
    if many:
        # A gc that is killed while it packs refs would leave a lock on them; the store has none that need packing.
        repository.run(
            "-c", "gc.packRefs=false", "-c", "gc.recentObjectsHook=", "gc", "--auto", "--quiet", check=False
        )


def _stream(commit: Commit, author: str, committer: str, id_width: int) -> Iterator[bytes]:
    stamp = f"{int(commit.when.timestamp())} +0000"
    message = commit.message.encode()
    yield f"commit {_STAGING}\nmark :1\nauthor {author} {stamp}\ncommitter {committer} {stamp}\n".encode()
    yield b"data %d\n%b\n" % (len(message), message)
    if commit.parent:
        yield f"from {commit.parent}\n".encode()
    for path, content in commit.files.items():
        yield b"M 100644 inline %b\ndata %d\n" % (_quote(path), len(content))
        yield content
        yield b"\n"
    yield b"\nget-mark :1\n"
    # The objects are written, the ref is not: the branch moves by compare-and-swap alone.
    yield f"reset {_STAGING}\nfrom {'0' * id_width}\n\ndone\n".encode()


def _quote(path: str) -> bytes:
    encoded = os.fsencode(path)
    if not encoded.startswith(b'"'):
        return encoded
    return b'"' + encoded.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


def _signs(repository: Repository) -> bool:
    return repository.run("config", "--type=bool", "commit.gpgsign", check=False).output.strip() == b"true"


def _sign(repository: Repository, commit: Commit, oid: str, author: str, committer: str) -> str:
    arguments = ["commit-tree", "-S", f"{oid}^{{tree}}"]
    if commit.parent:
        arguments += ["-p", commit.parent]
    stamp = f"{int(commit.when.timestamp())} +0000"
    environment: dict[str, str] = {}
    for role, person in (("AUTHOR", author), ("COMMITTER", committer)):
        name, _, mail = person.removesuffix(">").rpartition(" <")
        environment |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": mail, f"GIT_{role}_DATE": stamp}
    made = repository.run(*arguments, data=commit.message.encode(), check=False, environment=environment)
    if made.status:
        raise WriteConflictError(
            f"nothing was recorded: commit.gpgsign is set and git could not sign: {made.error}"
        )
    return made.output.decode("ascii").strip()


def _identities(repository: Repository) -> tuple[str, str]:
    """Return author and committer as git would use them, a plain name where git knows none."""
    people = []
    for role in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        found = repository.run("var", role, check=False)
        person = found.output.decode("utf-8", "replace").rstrip().rsplit(" ", 2)[0]
        people.append(_FALLBACK_IDENTITY if found.status or not person else person)
    return people[0], people[1]


def commit_date(repository: Repository, commit: str) -> datetime:
    """Return a commit's committer date."""
    found = repository.read(commit)
    if found is not None:
        for line in found[2].split(b"\n\n", 1)[0].split(b"\n"):
            if line.startswith(b"committer "):
                return datetime.fromtimestamp(int(line.rsplit(b" ", 2)[1]), UTC)
    return datetime.fromtimestamp(0, UTC)


_TRAILER = re.compile(r"^Policydiff-(Action|Parent|Digest): (\S+)$", re.MULTILINE)


class Trailers(NamedTuple):
    """What a commit's message says of it; all empty for a commit not made by policydiff."""

    actions: frozenset[Action]
    parent: str | None
    """`none` for the first commit of a repository."""
    digest: str | None


def commit_message(plan: Plan, parent: str | None, objects: Mapping[str, str]) -> str:
    """Return the whole message; `objects` maps path in the store to object id."""
    lines = [plan.subject, ""]
    lines += [f"Policydiff-Action: {action}" for action in plan.actions]
    lines += [f"Policydiff-Parent: {parent or 'none'}", f"Policydiff-Digest: {commit_digest(objects)}", ""]
    return "\n".join(lines)


def commit_digest(objects: Mapping[str, str]) -> str:
    """Return the digest over path in the store to object id."""
    lines = sorted(f"{oid} {path}\n" for path, oid in objects.items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_message(text: str) -> Trailers:
    """Return the trailers of a commit's message; values that are unknown are ignored."""
    found = _TRAILER.findall(text.strip().rpartition("\n\n")[2])
    known = {action.value for action in Action}
    actions = frozenset(Action(value) for key, value in found if key == "Action" and value in known)
    values = dict(found)
    return Trailers(actions, values.get("Parent"), values.get("Digest"))

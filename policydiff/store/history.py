"""Commits of a store: written by compare-and-swap from files, with a digest of the files in the message; and read.

They are read with git's plumbing commands: first ids, then the changes of each commit, then its message.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from policydiff.errors import DamagedStoreError, DiskFullError, NotFoundError, WriteConflictError
from policydiff.store import Action, LogEntry, Plan, layout
from policydiff.store.git import Repository, is_full
from policydiff.store.layout import VersionName

_STAGING = "refs/policydiff/staging"
"""A ref that exists only inside one stream, which resets it at its end; the repository never keeps it."""
_FALLBACK_IDENTITY = "policydiff <policydiff@localhost>"


class Commit(NamedTuple):
    """A commit to be made: its parent, files, message and time."""

    parent: str | None
    files: Mapping[str, bytes]
    """Path in the repository to content."""
    message: str
    when: datetime
    """Author and committer date, aware."""


def write_commit(repository: Repository, commit: Commit) -> str:
    """Write the objects of a commit on top of its parent and return its id; no branch moves.

    Raises DamagedStoreError if git cannot write (full disk, no permission).
    """
    # Author and committer as git would use them, a plain name where git knows none
    people = []
    for role in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
        found = repository.run("var", role, check=False)
        person = found.output.decode("utf-8", "replace").rstrip().rsplit(" ", 2)[0]
        people.append(_FALLBACK_IDENTITY if found.status or not person else person)
    author, committer = people
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
    if repository.run("config", "--type=bool", "commit.gpgsign", check=False).output.strip() == b"true":
        return _sign(repository, commit, oid, author, committer)
    return oid


def advance(repository: Repository, parent: str | None, commit: str, reason: str) -> bool:
    """Move the branch at HEAD (or a detached HEAD) from `parent` to `commit`; return False if HEAD is elsewhere or another git process locks it.

    Raises WriteConflictError if git refuses for another reason, such as a hook.
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
    """Let git pack loose objects in the background if there are many, as `git commit` does."""
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
    """The trailers of a commit's message; all empty for a commit not made by policydiff."""

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
    """Return the trailers of a commit's message; unknown values are ignored."""
    found = _TRAILER.findall(text.strip().rpartition("\n\n")[2])
    known = {action.value for action in Action}
    actions = frozenset(Action(value) for key, value in found if key == "Action" and value in known)
    values = dict(found)
    return Trailers(actions, values.get("Parent"), values.get("Digest"))


class FileChange(NamedTuple):
    """One recorded file that a commit changed."""

    status: str
    """`A` added, `M` modified, `D` deleted, `T` turned into something else"""
    path: str
    """Relative to the store."""
    old: str
    new: str
    """Object ids; all zeros if there is no object."""


class CommitRecord(NamedTuple):
    """One commit, with the facts that the store needs."""

    oid: str
    parents: tuple[str, ...]
    when: datetime
    """Committer date."""
    author: str
    subject: str
    trailers: Trailers
    changes: tuple[FileChange, ...]
    """Against the parent; none for a merge."""


Moment = date | datetime
"""A point of record time: a day means its end in UTC, a time without zone is UTC."""


def known_at(repository: Repository, head: str | None, as_of: Moment) -> str:
    """Return the commit at the tip of HEAD's branch at the time `as_of`, along first parents.

    Raises NotFoundError if the store did not exist yet, or the clone does not reach back that far.
    """
    moment = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time.max)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if head is not None:
        stamp = int(moment.timestamp())
        found = (
            repository.run("rev-list", "-1", "--first-parent", f"--min-age={stamp}", head)
            .output.decode()
            .strip()
        )
        if found:
            return found
    if shallow(repository):
        raise NotFoundError(
            f"this clone's history does not reach back to {moment:%Y-%m-%d}: run git fetch --unshallow"
        )
    raise NotFoundError(f"the store held nothing on {moment:%Y-%m-%d}")


def shallow(repository: Repository) -> set[str]:
    """Return the commits at which a shallow clone's history ends."""
    try:
        return set((repository.common_dir / "shallow").read_text(encoding="ascii").split())
    except OSError:
        return set()


def partial(repository: Repository) -> bool:
    """Return whether the settings let objects be missing from a clone."""
    pattern = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
    return bool(repository.setting_names(pattern))


def commits(repository: Repository, head: str, path: str, *, everything: bool = False) -> list[str]:
    """Return the commits that touched a path of the store, newest first from `head` on.

    `everything` includes commits on side branches whose effect a merge discarded.
    """
    options = ["--full-history"] if everything else []
    found = repository.run("rev-list", "--topo-order", *options, head, "--", path)
    return found.output.decode("ascii").split()


def records(repository: Repository, oids: list[str]) -> Iterator[CommitRecord]:
    """Yield the message, date and changed files of each commit, in the order given."""
    if not oids:
        return
    listing = repository.run(
        "diff-tree", "--stdin", "-r", "-z", "--root", "--no-renames", "--full-index",
        data="\n".join([*oids, ""]).encode("ascii"),
    ).output  # fmt: skip
    changes = _read_changes(os.fsdecode(listing), repository.prefix)
    for oid, found in zip(oids, repository.read_many(oids), strict=True):
        if found is None or found[1] != "commit":
            raise DamagedStoreError(f"commit {oid} cannot be read")
        yield _record(oid, found[2], changes.get(oid, ()))


def _read_changes(listing: str, prefix: str) -> dict[str, tuple[FileChange, ...]]:
    found: dict[str, list[FileChange]] = {}
    parts = iter(listing.split("\0"))
    current: list[FileChange] = []
    for part in parts:
        if part.startswith(":"):
            _, _, old, new, status = part[1:].split(" ")
            path = next(parts)
            if path.startswith(prefix):
                current.append(FileChange(status[0], path[len(prefix) :], old, new))
        elif part:
            current = found.setdefault(part.strip(), [])
    return {oid: tuple(changes) for oid, changes in found.items()}


def _record(oid: str, data: bytes, changes: tuple[FileChange, ...]) -> CommitRecord:
    header, _, body = data.partition(b"\n\n")
    message = body.decode("utf-8", "replace")
    fields = [line.partition(b" ") for line in header.split(b"\n") if not line.startswith(b" ")]
    parents = tuple(value.decode("ascii") for key, _, value in fields if key == b"parent")
    people = {key: value for key, _, value in fields if key in {b"author", b"committer"}}
    author = people.get(b"author", b"").rsplit(b" ", 2)[0].decode("utf-8", "replace")
    try:
        when = datetime.fromtimestamp(int(people[b"committer"].rsplit(b" ", 2)[1]), UTC)
    except (KeyError, IndexError, ValueError, OverflowError, OSError):
        when = datetime.fromtimestamp(0, UTC)
    subject = message.split("\n", 1)[0]
    return CommitRecord(oid, parents, when, author, subject, read_message(message), changes)


def changed_documents(repository: Repository, old: str, new: str) -> set[str] | None:
    """Return the ids of documents that differ between two commits; None if the repository lacks the old commit."""
    if repository.read(f"{old}^{{commit}}") is None:
        return None
    changed = repository.paths(
        "diff-tree", "-r", "-z", "--name-only", "--no-renames", old, new, "--", layout.DOCUMENTS
    )
    places = map(layout.read_path, changed)
    return {place.document_id for place in places if place is not None}


def log_entries(
    commits_read: Iterable[CommitRecord],
    document_id: str | None,
    shown: Callable[[str], Mapping[VersionName, str]],
) -> Iterator[LogEntry]:
    """Yield one entry for each document that a commit touched; `shown` gives the displayed names of its versions."""
    for commit in commits_read:
        touched: dict[str, dict[VersionName | None, set[str]]] = {}
        for change in commit.changes:
            place = layout.read_path(change.path)
            if place is not None and document_id in {None, place.document_id}:
                versions = touched.setdefault(place.document_id, {})
                versions.setdefault(place.version, set()).add(change.status)
        for touched_id, versions in touched.items():
            yield LogEntry(
                commit=commit.oid,
                recorded_at=commit.when,
                author=commit.author,
                action=_action(commit.trailers.actions, "A" in versions.get(None, ())),
                id=touched_id,
                versions=tuple(
                    shown(touched_id).get(name, str(name)) if name.mark else str(name)
                    for name in versions
                    if name
                ),
                subject=commit.subject,
            )


def _action(actions: frozenset[Action], is_new: bool) -> Action | None:
    """Return the action of a commit on one document; if a batch both adds and revises, a new document was added."""
    if actions == {Action.ADD, Action.REVISE}:
        return Action.ADD if is_new else Action.REVISE
    return next(iter(sorted(actions)), None)

"""The checked-out files against what is recorded: each is read and hashed, whatever git's index believes."""

import os
from collections.abc import Iterator

from policydiff.store import layout
from policydiff.store.faults import Fault, FaultKind
from policydiff.store.git import Repository
from policydiff.store.verify_content import Recorded


def check_work_tree(repository: Repository, head: str, recorded: Recorded) -> Iterator[Fault]:
    """Name every file under `documents/` that differs from what is recorded."""
    left_out = _left_out(repository)
    named = set()
    for path, oid in recorded.items():
        place = repository.folder / path
        if not oid or path in left_out:
            continue
        if place.is_symlink() or not place.is_file():
            named.add(path)
            yield _fault(
                FaultKind.MISSING, path, f"{path} is missing in the work tree: git restore brings it back"
            )
        elif repository.object_id(place.read_bytes()) != oid:
            named.add(path)
            hint = "git restore brings back what is recorded"
            if path.endswith(f"/{layout.TEXT}"):
                hint += ", policydiff correct records a correction"
            yield _fault(
                FaultKind.CHANGED, path, f"{path} in the work tree differs from what is recorded: {hint}"
            )
    for path in _staged(repository, head):
        if path not in named:
            yield _fault(FaultKind.UNRECORDED, path, f"{path} has a change that is staged and not recorded")
    for path in _untracked(repository):
        if path not in recorded and layout.read_path(path) is not None:
            yield _fault(FaultKind.UNRECORDED, path, f"{path} lies in the work tree and is not recorded")


def differing(repository: Repository, head: str | None, recorded: Recorded) -> list[str]:
    """Return the paths under `documents/` whose file or index entry is not what is recorded; ignored files aside."""
    left_out = _left_out(repository)
    found = {
        path for path in recorded if path not in left_out and not _holds(repository, path, recorded[path])
    }
    found.update(_staged(repository, head))
    found.update(path for path in _untracked(repository, "--exclude-standard") if path not in recorded)
    return sorted(found)


def _holds(repository: Repository, path: str, oid: str) -> bool:
    """Say whether the work tree holds what is recorded at a path; what is recorded as no plain file is not looked at."""
    place = repository.folder / path
    if not oid:
        return True
    try:
        return not place.is_symlink() and place.is_file() and repository.object_id(place.read_bytes()) == oid
    except OSError:
        return False


def _fault(kind: FaultKind, path: str, message: str) -> Fault:
    place = layout.read_path(path)
    document_id = None if place is None else place.document_id
    version = None if place is None or place.version is None else str(place.version)
    return Fault(kind=kind, id=document_id, version=version, path=path, message=message)


def _staged(repository: Repository, head: str | None) -> list[str]:
    if head is None:
        listing = repository.run("ls-files", "-z", "--full-name", "--", layout.DOCUMENTS).output
        return [path.removeprefix(repository.prefix) for path in os.fsdecode(listing).split("\0") if path]
    listing = repository.run(
        "diff-index", "--cached", "--name-only", "-z", "--no-renames", head, "--", layout.DOCUMENTS
    ).output
    return [path.removeprefix(repository.prefix) for path in os.fsdecode(listing).split("\0") if path]


def _untracked(repository: Repository, *options: str) -> list[str]:
    listing = repository.run(
        "ls-files", "--others", *options, "-z", "--full-name", "--", layout.DOCUMENTS
    ).output
    return [path.removeprefix(repository.prefix) for path in os.fsdecode(listing).split("\0") if path]


def _left_out(repository: Repository) -> set[str]:
    """Return the paths that a sparse checkout leaves out on purpose."""
    listing = repository.run("ls-files", "-t", "-z", "--full-name", "--", layout.DOCUMENTS).output
    lines = os.fsdecode(listing).split("\0")
    return {line[2:].removeprefix(repository.prefix) for line in lines if line.startswith("S ")}

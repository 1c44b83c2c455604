"""What a commit may change in a version's record, and when two records of one version say the same."""

import json
import os
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from policydiff.errors import DamagedStoreError, NotFoundError, worded
from policydiff.model import VersionRecord
from policydiff.store import layout
from policydiff.store.git import Repository
from policydiff.store.history import CommitRecord, FileChange
from policydiff.store.layout import StorePath
from policydiff.store.planning import CORRECTABLE
from policydiff.store.values import Action, Fault, FaultKind
from policydiff.store.verify_content import Recorded

_EXTRACTED = frozenset(
    {"extractor", "extractor_version", "declared_title", "declared", "warnings", "reading"}
)
_MAY_TOUCH = {
    Action.CORRECT: frozenset({"text_sha256", "corrected"}),
    Action.REEXTRACT: frozenset({"text_sha256", "corrected", *_EXTRACTED}),
    Action.META: CORRECTABLE,
}
"""Fields by action. The name, the hash of the source and the time of recording are in none: they never change."""
_OF_CAPTURE = frozenset({"recorded_at", "retrieved_at", "url", *_EXTRACTED})
"""Fields in which two records of one text differ where two checkouts recorded it on their own."""


def read_record(repository: Repository, oid: str) -> VersionRecord | None:
    """Return a version's record by its object, None where it cannot be read as one."""
    try:
        found = repository.read(oid)
        return None if found is None else VersionRecord.model_validate_json(found[2])
    except (ValidationError, DamagedStoreError, NotFoundError):
        return None


def check_record_change(
    repository: Repository, commit: CommitRecord, change: FileChange, place: StorePath
) -> Iterator[Fault]:
    """Name the fields of a version's record that a typed commit changed and such a commit must not change."""
    old, new = read_record(repository, change.old), read_record(repository, change.new)
    if old is None or new is None:
        return  # of the one at HEAD this is named where HEAD is checked
    free: set[str] = set().union(*(_MAY_TOUCH.get(action, frozenset()) for action in commit.trailers.actions))
    before, after = dict(old), dict(new)
    touched = sorted(name for name in before if before[name] != after[name] and name not in free)
    by_hand = Action.CORRECT in commit.trailers.actions
    if old.text_sha256 != new.text_sha256 and new.corrected is not by_hand and "text_sha256" in free:
        message = (
            worded(f"{change.path}: commit {commit.oid[:12]} corrected a text by hand and does not mark it")
            if by_hand
            else worded(f"{change.path}: commit {commit.oid[:12]} marks a text as corrected by hand")
        )
        yield Fault(
            kind=FaultKind.REWRITTEN,
            id=place.document_id,
            version=str(place.version),
            path=change.path,
            commit=commit.oid,
            message=message,
        )
    if touched:
        kind = FaultKind.BACKDATED if "recorded_at" in touched else FaultKind.REWRITTEN
        actions = ", ".join(sorted(commit.trailers.actions))
        yield Fault(
            kind=kind,
            id=place.document_id,
            version=str(place.version),
            path=change.path,
            commit=commit.oid,
            message=worded(
                f"{change.path}: commit {commit.oid[:12]} ({actions}) changed {', '.join(touched)}, which it must not"
            ),
        )


def same_but_for_capture(repository: Repository, oids: Sequence[str]) -> bool:
    """Say whether records of one version differ only in when and how it was captured."""
    records = [read_record(repository, oid) for oid in oids]
    told = [
        {name: value for name, value in dict(record).items() if name not in _OF_CAPTURE}
        for record in records
        if record is not None
    ]
    return len(told) == len(oids) and all(each == told[0] for each in told)


def blends(repository: Repository, oid: str, sides: Sequence[str]) -> bool:
    """Say whether each field of a JSON file is what one of the sides says: what an honest merge makes of them."""
    values = []
    for each in (oid, *sides):
        found = repository.read(each)
        try:
            value = None if found is None else json.loads(found[2])
        except ValueError:
            return False
        if not isinstance(value, dict):
            return False
        values.append(value)
    made, *given = values
    return all(
        any(name in side and side[name] == value for side in given) for name, value in made.items()
    ) and all(name in made for side in given for name in side)


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
                FaultKind.MISSING,
                path,
                worded(f"{path} is missing in the work tree: git restore brings it back"),
            )
        elif repository.object_id(place.read_bytes()) != oid:
            named.add(path)
            message = (
                worded(
                    f"{path} in the work tree differs from what is recorded: git restore brings back what is recorded, "
                    "policydiff correct records a correction"
                )
                if path.endswith(f"/{layout.TEXT}")
                else worded(
                    f"{path} in the work tree differs from what is recorded: git restore brings back what is recorded"
                )
            )
            yield _fault(FaultKind.CHANGED, path, message)
    for path in _staged(repository, head):
        if path not in named:
            yield _fault(
                FaultKind.UNRECORDED, path, worded(f"{path} has a change that is staged and not recorded")
            )
    for path in _untracked(repository):
        if path not in recorded and layout.read_path(path) is not None:
            yield _fault(
                FaultKind.UNRECORDED, path, worded(f"{path} lies in the work tree and is not recorded")
            )


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

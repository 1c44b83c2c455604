"""The history against the rules it promises.

Versions are added and stay; texts change only by typed commits; each commit still stands on the one it was made on
and holds what it recorded; record time runs forward.

A deviation that a later commit has put right is no fault: what counts is that HEAD holds everything ever recorded,
as it was recorded.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from pydantic import ValidationError

from policydiff.model import VersionRecord
from policydiff.store import history, layout, marks, trailers
from policydiff.store.faults import Fault, FaultKind
from policydiff.store.git import Repository
from policydiff.store.history import CommitRecord, FileChange
from policydiff.store.values import Action
from policydiff.store.verify_content import Recorded

_CLOCK_SKEW = timedelta(days=1)
"""How far two honest machines' clocks may differ, and how long a run may wait to be merged."""

_MAY_CHANGE = {
    layout.TEXT: {Action.CORRECT, Action.REEXTRACT},
    layout.RECORD: {Action.CORRECT, Action.REEXTRACT, Action.META},
    layout.IDENTITY: {Action.META},
}


class _Account:
    """What the commits read so far allow each path to hold."""

    def __init__(self) -> None:
        self.allowed: dict[str, set[str]] = defaultdict(set)
        self.added: dict[str, dict[str, str]] = defaultdict(dict)
        """Path to what was recorded anew under it, object to commit: one object, unless two checkouts met in one name."""
        self.changed_by: dict[str, str] = {}
        self.deleted: set[str] = set()

    def enter(self, change: FileChange, commit: CommitRecord, file: str) -> None:
        """Take in one change of one commit."""
        self.changed_by[change.path] = commit.oid
        said = commit.trailers
        typed = said.digest is not None and bool(said.actions & _MAY_CHANGE.get(file, set()))
        if change.status == "D":
            self.deleted.add(change.path)
        elif typed or (change.status == "A" and change.path not in self.deleted):
            self.allowed[change.path].add(change.new)
        if change.status == "A" and change.path not in self.deleted:
            self.added[change.path].setdefault(change.new, commit.oid)


def check_history(repository: Repository, head: str, recorded: Recorded) -> Iterator[Fault]:
    """Walk every commit that touched a document, oldest first, and hold HEAD against it."""
    lines = repository.run(
        "rev-list", "--topo-order", "--reverse", "--full-history", "--parents", head, "--", layout.DOCUMENTS
    ).output.decode("ascii")
    graph = {oid: parents for oid, *parents in (line.split() for line in lines.splitlines())}
    ends = history.shallow(repository)
    account = _Account()
    latest: dict[str, datetime] = {}
    for commit in history.records(repository, list(graph)):
        before = max((latest[parent] for parent in graph[commit.oid] if parent in latest), default=None)
        latest[commit.oid] = commit.when if before is None else max(before, commit.when)
        fresh = [
            change for change in commit.changes if change.new not in account.allowed.get(change.path, ())
        ]
        for change in commit.changes:
            place = layout.read_path(change.path)
            if place is not None:
                account.enter(change, commit, place.file)
        if commit.oid not in ends:
            yield from _check_typed(commit)
            yield from _check_times(repository, commit, fresh, before)
    yield from _check_head(recorded, account)
    yield from _check_names(recorded, account)


def _check_typed(commit: CommitRecord) -> Iterator[Fault]:
    said = commit.trailers
    if said.parent is not None and said.parent != (commit.parents[0] if commit.parents else "none"):
        yield Fault(
            kind=FaultKind.REWRITTEN,
            commit=commit.oid,
            message=f"the history before commit {commit.oid[:12]} was rewritten: it was made on {said.parent[:12]}, "
            "which is no longer its parent",
        )
    if said.digest is not None:
        written = {change.path: change.new for change in commit.changes if change.status != "D"}
        if said.digest != trailers.digest(written) or any(change.status == "D" for change in commit.changes):
            yield Fault(
                kind=FaultKind.REWRITTEN,
                commit=commit.oid,
                message=f"commit {commit.oid[:12]} was rewritten: it no longer holds the files it recorded",
            )


def _check_times(
    repository: Repository, commit: CommitRecord, fresh: list[FileChange], before: datetime | None
) -> Iterator[Fault]:
    """Hold a commit's date, and what its new records claim, against the commits before it.

    `fresh` are the changes to what no earlier commit held: a version that was removed and is restored keeps its time.
    """
    if before is not None and commit.when < before - _CLOCK_SKEW:
        yield Fault(
            kind=FaultKind.BACKDATED,
            commit=commit.oid,
            message=f"commit {commit.oid[:12]} is dated {commit.when:%Y-%m-%d %H:%M}, but follows one of "
            f"{before:%Y-%m-%d %H:%M}",
        )
    for change in fresh:
        place = layout.read_path(change.path)
        if change.status != "A" or place is None or place.file != layout.RECORD:
            continue
        found = repository.read(change.new)
        try:
            record = VersionRecord.model_validate_json(b"" if found is None else found[2])
        except ValidationError:
            continue  # named where HEAD is checked
        too_late = record.recorded_at > commit.when + _CLOCK_SKEW
        too_early = before is not None and record.recorded_at < before - _CLOCK_SKEW
        if commit.trailers.digest is not None and record.recorded_at != commit.when:
            too_late = True
        if too_late or too_early:
            yield Fault(
                kind=FaultKind.BACKDATED,
                id=place.document_id,
                version=record.version,
                path=change.path,
                commit=commit.oid,
                message=f"{change.path} claims to have been recorded at {record.recorded_at:%Y-%m-%d %H:%M}, which "
                f"commit {commit.oid[:12]} of {commit.when:%Y-%m-%d %H:%M} rules out",
            )


def _check_head(recorded: Recorded, account: _Account) -> Iterator[Fault]:
    for path, allowed in account.allowed.items():
        place = layout.read_path(path)
        commit = account.changed_by[path]
        version = None if place is None or place.version is None else str(place.version)
        document_id = None if place is None else place.document_id
        if path not in recorded:
            message = f"{path} was recorded and is gone: commit {commit[:12]} or a merge after it removed it"
            kind = FaultKind.REMOVED
        elif recorded[path] not in allowed:
            message = f"{path} is not what was recorded: commit {commit[:12]} or a merge after it changed it"
            kind = FaultKind.REWRITTEN
        else:
            continue
        yield Fault(kind=kind, id=document_id, version=version, path=path, commit=commit, message=message)
    for path in recorded:
        place = layout.read_path(path)
        if place is not None and path not in account.allowed:
            message = f"{path} was recorded by no commit, only by a merge"
            yield Fault(kind=FaultKind.UNEXPECTED, id=place.document_id, path=path, message=message)


def _check_names(recorded: Recorded, account: _Account) -> Iterator[Fault]:
    """Name each path under which two things were recorded, one of which HEAD no longer holds anywhere."""
    held = set(recorded.values())
    for path, objects in account.added.items():
        place = layout.read_path(path)
        lost = {oid: commit for oid, commit in objects.items() if oid not in held}
        if (
            place is None
            or place.version is None
            or place.file == layout.RECORD
            or len(objects) < 2
            or not lost
        ):
            continue
        commits = " and ".join(commit[:12] for commit in objects.values())
        yield Fault(
            kind=FaultKind.REMOVED,
            id=place.document_id,
            version=str(place.version),
            path=path,
            commit=next(iter(lost.values())),
            message=f"{path} was recorded twice with different content, by commits {commits}: one of them is lost; "
            f"take it from commit {next(iter(lost.values()))[:12]} and record it again",
        )


def check_anchors(repository: Repository, head: str, anchor: str | None) -> Iterator[Fault]:
    """Check that what is remembered outside the history is still in it.

    That is: an anchor, this clone's own recordings, and the versions at every earlier tip that the reflog knows.
    """
    reachable = set(repository.run("rev-list", head).output.decode("ascii").split())
    if anchor is not None:
        found = repository.run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{anchor}^{{commit}}", check=False
        )
        if found.output.decode("ascii", "replace").strip() not in reachable:
            yield Fault(
                kind=FaultKind.REWRITTEN,
                commit=anchor,
                message=f"commit {anchor}, the anchor, is not in the history",
            )
    lost = [commit for commit in dict.fromkeys(marks.read(repository)) if commit not in reachable]
    for commit in lost:
        yield Fault(
            kind=FaultKind.REWRITTEN,
            commit=commit,
            message=f"commit {commit[:12]}, which was recorded here, is no longer in the history of this branch",
        )
    for commit in _abandoned(repository, reachable):
        for path in _gone(repository, commit, head):
            place = layout.read_path(path)
            if place is not None and place.file == layout.RECORD:
                yield Fault(
                    kind=FaultKind.REMOVED,
                    id=place.document_id,
                    version=str(place.version),
                    path=path,
                    commit=commit,
                    message=f"{place.document_id}@{place.version} was in the history at {commit[:12]}, which was "
                    "rewritten without it",
                )


def _abandoned(repository: Repository, reachable: set[str]) -> list[str]:
    """Return the tips that the branch at HEAD has had and no longer contains."""
    branch = (
        repository.run("symbolic-ref", "-q", "HEAD", check=False).output.decode("utf-8", "replace").strip()
    )
    if not branch:
        return []
    tips = repository.run("rev-list", "--walk-reflogs", branch, "--", check=False).output.decode(
        "ascii", "replace"
    )
    return [tip for tip in dict.fromkeys(tips.split()) if tip not in reachable]


def _gone(repository: Repository, commit: str, head: str) -> list[str]:
    listing = repository.run(
        "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--diff-filter=D", commit, head, "--", layout.DOCUMENTS,
        check=False,
    ).output  # fmt: skip
    return [path.removeprefix(repository.prefix) for path in os.fsdecode(listing).split("\0") if path]

"""The history against the rules it promises.

Versions are added and stay; texts change only by typed commits; each commit still stands on the one it was made on
and holds what it recorded; record time runs forward, and begins when the store was made.

A deviation that a later commit has put right is no fault: what counts is that HEAD holds everything ever recorded,
as it was recorded.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from policydiff.errors import worded
from policydiff.store import history, layout
from policydiff.store.git import Repository
from policydiff.store.history import CommitRecord, FileChange, commit_digest
from policydiff.store.values import Action, Fault, FaultKind
from policydiff.store.verify_content import Recorded
from policydiff.store.verify_records import blends, check_record_change, read_record, same_but_for_capture

CLOCK_SKEW = timedelta(days=1)
"""How far two honest machines' clocks may differ, and how long a run may wait to be merged."""

_MAY_CHANGE = {
    layout.TEXT: {Action.CORRECT, Action.REEXTRACT},
    layout.RECORD: {Action.CORRECT, Action.REEXTRACT, Action.META},
    layout.IDENTITY: {Action.META},
}


class _Event(NamedTuple):
    """One commit that was entitled to say what a path holds, and what it said."""

    commit: str
    old: str
    new: str


class _Account:
    """What the commits read so far allow each path to hold."""

    def __init__(self) -> None:
        self.events: dict[str, list[_Event]] = defaultdict(list)
        self.added: dict[str, dict[str, str]] = defaultdict(dict)
        """Path to what was recorded anew under it, object to commit: one object, unless two checkouts met in one name."""
        self.changed_by: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.parents: dict[str, list[str]] = {}

    def allows(self, path: str, oid: str) -> bool:
        """Say whether any commit was entitled to put an object at a path."""
        return any(event.new == oid for event in self.events.get(path, ()))

    def enter(self, change: FileChange, commit: CommitRecord, file: str) -> None:
        """Take in one change of one commit."""
        self.changed_by[change.path] = commit.oid
        typed = _may_change(commit, file)
        if change.status == "D":
            self.deleted.add(change.path)
        elif typed or (change.status == "A" and change.path not in self.deleted):
            self.events[change.path].append(_Event(commit.oid, change.old, change.new))
        if change.status == "A" and change.path not in self.deleted:
            self.added[change.path].setdefault(change.new, commit.oid)

    def standing(self, path: str) -> list[_Event]:
        """Return the events of a path that no later event replaced: one, unless branches met."""
        events = self.events[path]
        if len({event.new for event in events}) < 2:
            return events
        return [
            event
            for event in events
            if not any(
                other.new != event.new
                and (self.is_ancestor(event.commit, other.commit) or self._undoes(event, other, events))
                for other in events
            )
        ]

    def _undoes(self, event: _Event, other: _Event, events: list[_Event]) -> bool:
        """Say whether `other` put right what `event` says, and nothing entitled to it came back to that."""
        return other.old == event.new and not any(
            again.new == event.new and self.is_ancestor(other.commit, again.commit) for again in events
        )

    def is_ancestor(self, earlier: str, later: str) -> bool:
        """Say whether a commit is below another one in the history."""
        if earlier == later:
            return False
        seen, pending = {later}, [later]
        while pending:
            for parent in self.parents.get(pending.pop(), ()):
                if parent == earlier:
                    return True
                if parent not in seen:
                    seen.add(parent)
                    pending.append(parent)
        return False


def _may_change(commit: CommitRecord, file: str) -> bool:
    said = commit.trailers
    return said.digest is not None and bool(said.actions & _MAY_CHANGE.get(file, set()))


def check_history(repository: Repository, head: str, recorded: Recorded, now: datetime) -> Iterator[Fault]:
    """Walk every commit that touched a document, oldest first, and hold HEAD against it; `now` is aware."""
    lines = repository.run(
        "rev-list",
        "--topo-order",
        "--reverse",
        "--full-history",
        "--parents",
        head,
        "--",
        layout.DOCUMENTS,
        layout.CONFIG,
    ).output.decode("ascii")
    graph = {oid: parents for oid, *parents in (line.split() for line in lines.splitlines())}
    ends = history.shallow(repository)
    account = _Account()
    account.parents = graph
    made = None if ends else _made(repository, head)
    latest: dict[str, datetime] = {}
    ahead: list[CommitRecord] = []
    for commit in history.records(repository, list(graph)):
        before = max((latest[parent] for parent in graph[commit.oid] if parent in latest), default=made)
        latest[commit.oid] = commit.when if before is None else max(before, commit.when)
        if commit.when > now + CLOCK_SKEW:
            ahead.append(commit)
        fresh = [change for change in commit.changes if not account.allows(change.path, change.new)]
        for change in commit.changes:
            place = layout.read_path(change.path)
            if place is not None:
                account.enter(change, commit, place.file)
        if commit.oid not in ends:
            yield from _check_typed(commit)
            yield from _check_times(repository, commit, fresh, before)
            yield from _check_records(repository, commit)
    if ahead:
        yield Fault(
            kind=FaultKind.BACKDATED,
            commit=ahead[0].oid,
            message=worded(
                f"commit {ahead[0].oid[:12]} is dated {ahead[0].when:%Y-%m-%d %H:%M}, which has not come yet by this "
                f"machine's clock ({now:%Y-%m-%d %H:%M}); so are {len(ahead) - 1} more"
            ),
        )
    yield from _check_head(repository, recorded, account)
    yield from _check_names(repository, recorded, account)


def _made(repository: Repository, head: str) -> datetime | None:
    """Return when the store was made: the date of the commit of this branch that brought its settings."""
    found = repository.run("rev-list", "--first-parent", "--reverse", head, "--", layout.CONFIG)
    first = found.output.decode("ascii").split()[:1]
    return None if not first else next(history.records(repository, first)).when


def _check_records(repository: Repository, commit: CommitRecord) -> Iterator[Fault]:
    """Hold each typed change of a version's record against what such a commit may change in it."""
    for change in commit.changes:
        place = layout.read_path(change.path)
        if (
            change.status == "M"
            and place is not None
            and place.file == layout.RECORD
            and _may_change(commit, place.file)
        ):
            yield from check_record_change(repository, commit, change, place)


def _check_typed(commit: CommitRecord) -> Iterator[Fault]:
    said = commit.trailers
    if said.parent is not None and said.parent != (commit.parents[0] if commit.parents else "none"):
        yield Fault(
            kind=FaultKind.REWRITTEN,
            commit=commit.oid,
            message=worded(
                f"the history before commit {commit.oid[:12]} was rewritten: it was made on {said.parent[:12]}, "
                "which is no longer its parent"
            ),
        )
    if said.digest is not None:
        written = {change.path: change.new for change in commit.changes if change.status != "D"}
        if said.digest != commit_digest(written) or any(change.status == "D" for change in commit.changes):
            yield Fault(
                kind=FaultKind.REWRITTEN,
                commit=commit.oid,
                message=worded(
                    f"commit {commit.oid[:12]} was rewritten: it no longer holds the files it recorded"
                ),
            )
        brought = [
            change.path for change in commit.changes if change.status == "A" and _is_record(change.path)
        ]
        if brought and not said.actions & {Action.ADD, Action.REVISE}:
            kinds = ", ".join(sorted(said.actions))
            yield Fault(
                kind=FaultKind.UNEXPECTED,
                path=brought[0],
                commit=commit.oid,
                message=worded(
                    f"{brought[0]} was recorded by commit {commit.oid[:12]}, which calls itself something else ({kinds})"
                ),
            )


def _is_record(path: str) -> bool:
    place = layout.read_path(path)
    return place is not None and place.file == layout.RECORD


def _check_times(
    repository: Repository, commit: CommitRecord, fresh: list[FileChange], before: datetime | None
) -> Iterator[Fault]:
    """Hold a commit's date, and what its new records claim, against the commits before it.

    `fresh` are the changes to what no earlier commit held: a version that was removed and is restored keeps its time.
    """
    if before is not None and commit.when < before - CLOCK_SKEW:
        yield Fault(
            kind=FaultKind.BACKDATED,
            commit=commit.oid,
            message=worded(
                f"commit {commit.oid[:12]} is dated {commit.when:%Y-%m-%d %H:%M}, but follows one of "
                f"{before:%Y-%m-%d %H:%M}"
            ),
        )
    for change in fresh:
        place = layout.read_path(change.path)
        if change.status != "A" or place is None or place.file != layout.RECORD:
            continue
        record = read_record(repository, change.new)
        if record is None:
            continue  # named where HEAD is checked
        too_late = record.recorded_at > commit.when + CLOCK_SKEW
        too_early = before is not None and record.recorded_at < before - CLOCK_SKEW
        if commit.trailers.digest is not None and record.recorded_at != commit.when:
            too_late = True
        if too_late or too_early:
            yield Fault(
                kind=FaultKind.BACKDATED,
                id=place.document_id,
                version=record.version,
                path=change.path,
                commit=commit.oid,
                message=worded(
                    f"{change.path} claims to have been recorded at {record.recorded_at:%Y-%m-%d %H:%M}, which "
                    f"commit {commit.oid[:12]} of {commit.when:%Y-%m-%d %H:%M} rules out"
                ),
            )


def _check_head(repository: Repository, recorded: Recorded, account: _Account) -> Iterator[Fault]:
    for path in account.events:
        standing = account.standing(path)
        place = layout.read_path(path)
        commit = account.changed_by[path]
        version = None if place is None or place.version is None else str(place.version)
        document_id = None if place is None else place.document_id
        kind = FaultKind.REWRITTEN
        if path not in recorded:
            message = worded(
                f"{path} was recorded and is gone: commit {commit[:12]} or a merge after it removed it"
            )
            kind = FaultKind.REMOVED
        elif any(event.new == recorded[path] for event in standing):
            continue
        elif account.allows(path, recorded[path]):
            undone = next((event.commit for event in reversed(standing)), commit)
            message = worded(
                f"{path} is what it was before commit {undone[:12]}: a commit or a merge undid that one"
            )
        elif (
            place is not None
            and place.file in {layout.RECORD, layout.IDENTITY}
            and len(standing) > 1
            and blends(repository, recorded[path], [event.new for event in standing])
        ):
            continue
        else:
            message = worded(
                f"{path} is not what was recorded: commit {commit[:12]} or a merge after it changed it"
            )
        yield Fault(kind=kind, id=document_id, version=version, path=path, commit=commit, message=message)
    for path in recorded:
        place = layout.read_path(path)
        if place is not None and path not in account.events:
            message = worded(f"{path} was recorded by no commit, only by a merge")
            yield Fault(kind=FaultKind.UNEXPECTED, id=place.document_id, path=path, message=message)


def _is_kept_elsewhere(repository: Repository, recorded: Recorded, path: str, oid: str) -> bool:
    """Say whether the text and the source that a lost record tells of are those of another version of the document: added again."""
    lost, place = read_record(repository, oid), layout.read_path(path)
    if lost is None or place is None:
        return False
    for other_path, other_oid in recorded.items():
        other = layout.read_path(other_path)
        if other is None or other.file != layout.RECORD or other_path == path:
            continue
        if other.document_id != place.document_id:
            continue
        held = read_record(repository, other_oid)
        if held is not None and (held.text_sha256, held.source_sha256) == (
            lost.text_sha256,
            lost.source_sha256,
        ):
            return True
    return False


def _check_names(repository: Repository, recorded: Recorded, account: _Account) -> Iterator[Fault]:
    """Name each path under which two things were recorded, one of which HEAD no longer holds anywhere."""
    held = set(recorded.values())
    for path, objects in account.added.items():
        place = layout.read_path(path)
        lost = {oid: commit for oid, commit in objects.items() if oid not in held}
        if (
            place is None
            or place.version is None
            or len(objects) < 2
            or not lost
            or (
                place.file == layout.RECORD
                and (
                    same_but_for_capture(repository, list(objects))
                    or all(_is_kept_elsewhere(repository, recorded, path, oid) for oid in lost)
                )
            )
        ):
            continue
        commits = " and ".join(commit[:12] for commit in objects.values())
        commit = next(iter(lost.values()))
        folder = path.rpartition("/")[0]
        yield Fault(
            kind=FaultKind.REMOVED,
            id=place.document_id,
            version=str(place.version),
            path=path,
            commit=commit,
            message=worded(
                f"{path} was recorded twice with different content, by commits {commits}, in two copies of the store that each "
                "took itself for the only one, and the merge kept one of them; the other one is kept again by "
                f"`git restore --source={commit[:12]} --worktree {folder}`, copying its source elsewhere, "
                f"`git restore {folder}` and `policydiff add COPY --version-of {place.document_id}`"
            ),
        )

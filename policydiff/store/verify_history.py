"""Checks the history by the rules that every store keeps.

Versions are added and never removed; texts change only by commits of a declared type; each commit follows the one it was
made on and holds the content it declares; record times ascend and begin when the store was made.

A deviation that a later commit has corrected is no fault: HEAD must hold everything ever recorded, as it was recorded.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import ValidationError

from policydiff.errors import DamagedStoreError, NotFoundError, worded
from policydiff.model import VersionRecord
from policydiff.store import Action, Fault, FaultKind, history, layout
from policydiff.store.git import Repository
from policydiff.store.history import CommitRecord, FileChange, commit_digest
from policydiff.store.planning import CORRECTABLE, EXTRACTED
from policydiff.store.verify_content import Recorded, fault_at

CLOCK_SKEW = timedelta(days=1)
"""Greatest accepted difference between the clocks of two honest machines, including the time that a run may wait to be merged."""

_MAY_CHANGE = {
    layout.TEXT: {Action.CORRECT, Action.REEXTRACT},
    layout.RECORD: {Action.CORRECT, Action.REEXTRACT, Action.META},
    layout.IDENTITY: {Action.META},
}
"""Actions of commits that may change a file, by file name."""
_MAY_TOUCH = {
    Action.CORRECT: frozenset({"text_sha256", "corrected"}),
    Action.REEXTRACT: frozenset({"text_sha256", "corrected", *EXTRACTED}),
    Action.META: CORRECTABLE,
}
"""Fields that a commit may change, by action. Name, hash of the source and time of recording occur in none: they never change."""
_OF_CAPTURE = frozenset({"recorded_at", "retrieved_at", "url", *EXTRACTED})
"""Fields in which two records of one text differ if two checkouts recorded it independently."""


class _Event(NamedTuple):
    """One commit that was allowed to change a path, with the objects before and after it."""

    commit: str
    old: str
    new: str


class _Account:
    """The content that the commits read so far allow at each path."""

    def __init__(self) -> None:
        self.events: dict[str, list[_Event]] = defaultdict(list)
        self.added: dict[str, dict[str, str]] = defaultdict(dict)
        """Path to the objects newly recorded under it, each object to its commit: one object, unless two checkouts used one name."""
        self.changed_by: dict[str, str] = {}
        self.deleted: set[str] = set()
        self.parents: dict[str, list[str]] = {}

    def allows(self, path: str, oid: str) -> bool:
        """Return whether any commit was entitled to put an object at a path."""
        return any(event.new == oid for event in self.events.get(path, ()))

    def enter(self, change: FileChange, commit: CommitRecord, file: str) -> None:
        """Add one change of one commit to the account."""
        self.changed_by[change.path] = commit.oid
        typed = _may_change(commit, file)
        if change.status == "D":
            self.deleted.add(change.path)
        elif typed or (change.status == "A" and change.path not in self.deleted):
            self.events[change.path].append(_Event(commit.oid, change.old, change.new))
        if change.status == "A" and change.path not in self.deleted:
            self.added[change.path].setdefault(change.new, commit.oid)

    def standing(self, path: str) -> list[_Event]:
        """Return the events of a path that no later event replaced: one event, unless branches met."""
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
        """Return whether `other` replaced the object of `event`, and no allowed commit restored that object."""
        return other.old == event.new and not any(
            again.new == event.new and self.is_ancestor(other.commit, again.commit) for again in events
        )

    def is_ancestor(self, earlier: str, later: str) -> bool:
        """Return whether `earlier` is an ancestor of `later` in the history."""
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
    """Walk every commit that touched a document, oldest first, and compare HEAD with the result; `now` has a time zone."""
    whole_history = ("--topo-order", "--reverse", "--full-history", "--parents", head)
    listing = repository.run("rev-list", *whole_history, "--", layout.DOCUMENTS, layout.CONFIG)
    lines = listing.output.decode("ascii")
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
            # Each typed change of a record is held against the fields that a commit of its type may change.
            for change in commit.changes if _may_change(commit, layout.RECORD) else ():
                if change.status == "M" and _is_record(change.path):
                    yield from _check_record_change(repository, commit, change)
    if ahead:
        message = worded(
            f"commit {ahead[0].oid[:12]} is dated {ahead[0].when:%Y-%m-%d %H:%M}, which has not come yet by this "
            f"machine's clock ({now:%Y-%m-%d %H:%M}); so are {len(ahead) - 1} more"
        )
        yield fault_at(FaultKind.BACKDATED, None, message, ahead[0].oid)
    yield from _check_head(repository, recorded, account)
    yield from _check_names(repository, recorded, account)


def _made(repository: Repository, head: str) -> datetime | None:
    """Return the date on which the store was made: that of the commit that added its settings; None if there is none."""
    found = repository.run("rev-list", "--first-parent", "--reverse", head, "--", layout.CONFIG)
    first = found.output.decode("ascii").split()[:1]
    return None if not first else next(history.records(repository, first)).when


def _check_typed(commit: CommitRecord) -> Iterator[Fault]:
    said = commit.trailers
    if said.parent is not None and said.parent != (commit.parents[0] if commit.parents else "none"):
        message = worded(
            f"the history before commit {commit.oid[:12]} was rewritten: it was made on {said.parent[:12]}, "
            "which is no longer its parent"
        )
        yield fault_at(FaultKind.REWRITTEN, None, message, commit.oid)
    if said.digest is not None:
        written = {change.path: change.new for change in commit.changes if change.status != "D"}
        if said.digest != commit_digest(written) or any(change.status == "D" for change in commit.changes):
            message = worded(
                f"commit {commit.oid[:12]} was rewritten: it no longer holds the files it recorded"
            )
            yield fault_at(FaultKind.REWRITTEN, None, message, commit.oid)
        brought = [
            change.path for change in commit.changes if change.status == "A" and _is_record(change.path)
        ]
        if brought and not said.actions & {Action.ADD, Action.REVISE}:
            kinds = ", ".join(sorted(said.actions))
            message = worded(
                f"{brought[0]} was recorded by commit {commit.oid[:12]}, which calls itself something else ({kinds})"
            )
            yield fault_at(FaultKind.UNEXPECTED, brought[0], message, commit.oid)


def _is_record(path: str) -> bool:
    place = layout.read_path(path)
    return place is not None and place.file == layout.RECORD


def _check_times(
    repository: Repository, commit: CommitRecord, fresh: list[FileChange], before: datetime | None
) -> Iterator[Fault]:
    """Compare the date of a commit, and the times in its new records, with the commits before it.

    `fresh` are changes to content that no earlier commit held: a version that was removed and restored keeps its time.
    """
    if before is not None and commit.when < before - CLOCK_SKEW:
        message = worded(
            f"commit {commit.oid[:12]} is dated {commit.when:%Y-%m-%d %H:%M}, but follows one of "
            f"{before:%Y-%m-%d %H:%M}"
        )
        yield fault_at(FaultKind.BACKDATED, None, message, commit.oid)
    for change in fresh:
        is_new = change.status == "A" and _is_record(change.path)
        record = _read_record(repository, change.new) if is_new else None
        if record is None:
            continue  # no record, or one that cannot be read: that is named where HEAD is checked
        too_late = record.recorded_at > commit.when + CLOCK_SKEW
        too_early = before is not None and record.recorded_at < before - CLOCK_SKEW
        other_time = commit.trailers.digest is not None and record.recorded_at != commit.when
        if too_late or too_early or other_time:
            message = worded(
                f"{change.path} claims to have been recorded at {record.recorded_at:%Y-%m-%d %H:%M}, which "
                f"commit {commit.oid[:12]} of {commit.when:%Y-%m-%d %H:%M} rules out"
            )
            yield fault_at(FaultKind.BACKDATED, change.path, message, commit.oid)


def _check_head(repository: Repository, recorded: Recorded, account: _Account) -> Iterator[Fault]:
    for path in account.events:
        standing = account.standing(path)
        place = layout.read_path(path)
        commit = account.changed_by[path]
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
            and _blends(repository, recorded[path], [event.new for event in standing])
        ):
            continue
        else:
            message = worded(
                f"{path} is not what was recorded: commit {commit[:12]} or a merge after it changed it"
            )
        yield fault_at(kind, path, message, commit)
    for path in recorded:
        if path not in account.events and layout.read_path(path) is not None:
            message = worded(f"{path} was recorded by no commit, only by a merge")
            yield fault_at(FaultKind.UNEXPECTED, path, message)


def _is_kept_elsewhere(repository: Repository, recorded: Recorded, path: str, oid: str) -> bool:
    """Return whether a different version of the document has the text and the source of a lost record, because it was added again."""
    lost, place = _read_record(repository, oid), layout.read_path(path)
    if lost is None or place is None:
        return False
    for other_path, other_oid in recorded.items():
        other = layout.read_path(other_path)
        if other_path == path or other is None or other.file != layout.RECORD:
            continue
        held = _read_record(repository, other_oid) if other.document_id == place.document_id else None
        if held and (held.text_sha256, held.source_sha256) == (lost.text_sha256, lost.source_sha256):
            return True
    return False


def _check_names(repository: Repository, recorded: Recorded, account: _Account) -> Iterator[Fault]:
    """Yield a fault for each path under which two contents were recorded if HEAD no longer holds one of them anywhere."""
    held = set(recorded.values())
    for path, objects in account.added.items():
        place = layout.read_path(path)
        lost = {oid: commit for oid, commit in objects.items() if oid not in held}
        if place is None or place.version is None or len(objects) < 2 or not lost:
            continue
        if place.file == layout.RECORD and (
            _same_but_for_capture(repository, list(objects))
            or all(_is_kept_elsewhere(repository, recorded, path, oid) for oid in lost)
        ):
            continue
        commits = " and ".join(commit[:12] for commit in objects.values())
        commit = next(iter(lost.values()))
        folder = path.rpartition("/")[0]
        message = worded(
            f"{path} was recorded twice with different content, by commits {commits}, in two copies of the store that each "
            "took itself for the only one, and the merge kept one of them; the other one is kept again by "
            f"`git restore --source={commit[:12]} --worktree {folder}`, copying its source elsewhere, "
            f"`git restore {folder}` and `policydiff add COPY --version-of {place.document_id}`"
        )
        yield fault_at(FaultKind.REMOVED, path, message, commit)


def _read_record(repository: Repository, oid: str) -> VersionRecord | None:
    """Return a version's record by its object id; None if it cannot be read as a record."""
    try:
        found = repository.read(oid)
        return None if found is None else VersionRecord.model_validate_json(found[2])
    except (ValidationError, DamagedStoreError, NotFoundError):
        return None


def _check_record_change(repository: Repository, commit: CommitRecord, change: FileChange) -> Iterator[Fault]:
    """Yield the fields of a version's record that a typed commit changed although its type forbids the change."""
    old, new = _read_record(repository, change.old), _read_record(repository, change.new)
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
        yield fault_at(FaultKind.REWRITTEN, change.path, message, commit.oid)
    if touched:
        kind = FaultKind.BACKDATED if "recorded_at" in touched else FaultKind.REWRITTEN
        actions = ", ".join(sorted(commit.trailers.actions))
        message = worded(
            f"{change.path}: commit {commit.oid[:12]} ({actions}) changed {', '.join(touched)}, which it must not"
        )
        yield fault_at(kind, change.path, message, commit.oid)


def _same_but_for_capture(repository: Repository, oids: Sequence[str]) -> bool:
    """Return whether records of one version differ only in the time and manner of capture."""
    records = [_read_record(repository, oid) for oid in oids]
    told = [
        {name: value for name, value in dict(record).items() if name not in _OF_CAPTURE}
        for record in records
        if record is not None
    ]
    return len(told) == len(oids) and all(each == told[0] for each in told)


def _blends(repository: Repository, oid: str, sides: Sequence[str]) -> bool:
    """Return whether each field of a merged JSON file equals that field on one of the two `sides`, as in an honest merge."""
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

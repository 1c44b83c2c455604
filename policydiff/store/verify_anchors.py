"""What is remembered outside the history, against the history: an anchor, this clone's own recordings, its reflog."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import UsageError
from policydiff.store import history, layout, marks
from policydiff.store.faults import Fault, FaultKind
from policydiff.store.git import Repository
from policydiff.store.publish import commit_date
from policydiff.store.verify_history import CLOCK_SKEW
from policydiff.store.verify_signatures import tag_fault
from policydiff.store.verify_timestamps import ENDING, read_timestamp

_TAG = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/-]{0,200}")


class Anchor(NamedTuple):
    """What a history is held to, kept outside the store."""

    name: str
    """The whole id of a commit, the name of a signed tag, or a file with a time stamp (`.tsr`)."""
    signed_by: tuple[str, ...] = ()
    """Signers of whom one must have signed the tag."""
    authority: Path | None = None
    """Certificates of the authorities whose time stamps are believed."""


def check_anchors(repository: Repository, head: str, anchor: Anchor | None) -> Iterator[Fault]:
    """Check that what is remembered outside the history is still in it.

    That is: an anchor, this clone's own recordings, and the versions at every earlier tip that the reflog knows.
    """
    reachable = set(repository.run("rev-list", head).output.decode("ascii").split())
    if anchor is not None:
        yield from _check_anchor(repository, head, anchor, reachable)
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


def _check_anchor(repository: Repository, head: str, anchor: Anchor, reachable: set[str]) -> Iterator[Fault]:
    """Check that the anchor is in the history, and that nothing beside it claims to be older than it.

    Raises:
        UsageError: if the anchor is something that whoever changes the history can move.
    """
    name = anchor.name
    since: datetime | None = None
    commit = name.lower()
    if name.lower().endswith(ENDING):
        stamped = read_timestamp(Path(name), anchor.authority, reachable)
        if isinstance(stamped, Fault):
            yield stamped
            return
        commit, since = stamped
    elif not re.fullmatch(rf"[0-9a-f]{{{repository.id_width}}}", commit):
        tag = repository.read(f"refs/tags/{name}") if _TAG.fullmatch(name) else None
        if tag is None or tag[1] != "tag":
            raise UsageError(
                f"{name!r} is no anchor: give the whole id of a commit ({repository.id_width} digits), the name of a "
                "signed tag, or a file with a time stamp (.tsr); branches, short ids and plain tags can be made to mean "
                "another commit"
            )
        fault = tag_fault(repository, name, tag[2], anchor.signed_by)
        if fault is not None:
            yield fault
        found = repository.read(f"{tag[0]}^{{commit}}")
        commit = "" if found is None else found[0]
    if commit not in reachable:
        yield Fault(
            kind=FaultKind.REWRITTEN,
            commit=commit or None,
            message=f"{name}, the anchor, is not in the history",
        )
        return
    # What an authority saw was there by its clock, whatever the commit says of itself.
    since = since or commit_date(repository, commit)
    listing = repository.run("rev-list", "--timestamp", head, f"^{commit}", "--", layout.DOCUMENTS).output
    for line in listing.decode("ascii").splitlines():
        stamp, oid = line.split()[:2]
        when = datetime.fromtimestamp(int(stamp), UTC)
        if when < since - CLOCK_SKEW:
            yield Fault(
                kind=FaultKind.BACKDATED,
                commit=oid,
                message=f"commit {oid[:12]} is dated {when:%Y-%m-%d %H:%M}, before the anchor of "
                f"{since:%Y-%m-%d %H:%M}, and was not in the history then",
            )


def check_reach(repository: Repository, head: str) -> Iterator[Fault]:
    """Name what a shallow, partial or grafted clone keeps from being checked."""
    ends = history.shallow(repository)
    if ends:
        first = ", ".join(sorted(commit[:12] for commit in ends)[:3])
        yield _unchecked(
            f"this clone is shallow: what was recorded up to commit {first} was not checked against its history; "
            "git fetch --unshallow brings the rest (in a workflow: fetch-depth: 0)"
        )
    missing = missing_objects(repository, head)
    if missing:
        yield _unchecked(
            f"this clone is partial: {missing:,} of the objects of its history are not here and were not checked; "
            "git fetch --refetch --no-filter brings them"
        )
    if _has_grafts(repository):
        yield _unchecked(
            "this clone has grafts (info/grafts), which show git another history than the one that was checked: "
            "delete the file"
        )
    replaced = repository.run("for-each-ref", "--format=%(refname)", "refs/replace/").output.split()
    if replaced:
        yield _unchecked(
            f"this clone replaces {len(replaced)} objects (refs/replace), which shows git other contents than those that "
            "were checked: git replace -d removes one"
        )


def missing_objects(repository: Repository, head: str) -> int:
    """Return how many objects of the store's history a partial clone lacks; 0 in a whole one."""
    if not history.partial(repository):
        return 0
    found = repository.run(
        "rev-list", "--objects", "--missing=print", head, "--", layout.DOCUMENTS, check=False
    )
    if found.status:
        return 1
    return sum(line.startswith(b"?") for line in found.output.splitlines())


def _has_grafts(repository: Repository) -> bool:
    try:
        lines = (repository.common_dir / "info" / "grafts").read_text("ascii", "replace").splitlines()
    except OSError:
        return False
    return any(line.strip() and not line.startswith("#") for line in lines)


def _unchecked(message: str) -> Fault:
    return Fault(kind=FaultKind.UNCHECKED, message=message)

"""What is remembered outside the history, against the history: an anchor, this clone's own recordings, its reflog."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from policydiff.errors import UsageError
from policydiff.store import layout, marks
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

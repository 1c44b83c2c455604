"""How a store stands, at a glance."""

import os

from policydiff.store import layout
from policydiff.store.git import Repository
from policydiff.store.publish import commit_date
from policydiff.store.values import StoreStatus
from policydiff.store.verify_content import list_recorded
from policydiff.store.verify_work_tree import differing


def read_status(repository: Repository) -> StoreStatus:
    """Return counts, the last recording, and files that differ from what is recorded."""
    head = repository.head()
    documents = versions = 0
    recorded_at = None
    if head is not None:
        listing = repository.run(
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            "--full-tree",
            head,
            "--",
            f"{repository.prefix}{layout.DOCUMENTS}/",
        )
        for path in os.fsdecode(listing.output).split("\0"):
            place = layout.read_path(path.removeprefix(repository.prefix))
            if place is not None:
                documents += place.file == layout.IDENTITY
                versions += place.file == layout.RECORD
        newest = repository.run("rev-list", "-1", head, "--", layout.DOCUMENTS).output
        if newest:
            recorded_at = commit_date(repository, newest.decode("ascii").strip())
    return StoreStatus(
        folder=str(repository.folder),
        commit=head,
        documents=documents,
        versions=versions,
        recorded_at=recorded_at,
        unrecorded=tuple(_unrecorded(repository, head)),
    )


def _unrecorded(repository: Repository, head: str | None) -> list[str]:
    """Return the files that differ from what is recorded, by their hashes: `git status` would run filters."""
    if repository.bare:
        return []
    return differing(repository, head, {} if head is None else list_recorded(repository, head))

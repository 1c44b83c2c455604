"""What this clone does not let `verify` look at, so that it never says more than it has seen."""

from collections.abc import Iterator

from policydiff.store import history, layout
from policydiff.store.faults import Fault, FaultKind
from policydiff.store.git import Repository


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

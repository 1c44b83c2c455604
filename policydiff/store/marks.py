"""What this clone has itself recorded, by branch: evidence kept outside the history that a rewrite would change."""

import contextlib
import os

from policydiff.store.git import Repository


def append(repository: Repository, commit: str) -> None:
    """Remember a commit put on the branch at HEAD; a failure loses evidence only, never a version."""
    with contextlib.suppress(OSError):
        place = repository.common_dir / "policydiff" / "recorded"
        with place.open("ab") as marks:
            marks.write(os.fsencode(f"{commit} {_branch(repository)}\n"))


def read(repository: Repository) -> list[str]:
    """Return the commits remembered for the branch at HEAD, oldest first."""
    branch = _branch(repository)
    try:
        lines = os.fsdecode((repository.common_dir / "policydiff" / "recorded").read_bytes()).splitlines()
    except OSError:
        return []
    pairs = (line.partition(" ") for line in lines)
    return [commit for commit, _, name in pairs if name == branch]


def _branch(repository: Repository) -> str:
    """Return the branch at HEAD, `HEAD` where it is detached."""
    found = repository.run("symbolic-ref", "-q", "HEAD", check=False)
    return os.fsdecode(found.output).strip() or "HEAD"

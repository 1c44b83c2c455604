"""What is known of this clone, kept in its git folder: what it has itself recorded, by branch, and whether it is alone.

What it recorded is evidence outside the history that a rewrite would change.
"""

import contextlib
import os
import re

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


_REMOTE = re.compile(r"^[ \t]*\[remote[ \t]", re.MULTILINE)


def is_alone(repository: Repository) -> bool:
    """Say whether nobody can record beside this work tree what will have to be merged with what it records.

    So it is where there is no remote, one branch, one work tree, and the repository lies where it was when policydiff first
    recorded in it: it is no copy.
    """
    folder = repository.common_dir
    try:
        if (folder / "worktrees").is_dir() or _REMOTE.search(
            (folder / "config").read_text(encoding="utf-8", errors="replace")
        ):
            return False
        place = folder / "policydiff" / "home"
        here = os.fsencode(folder.resolve())
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(here)
        if place.read_bytes() != here:
            return False
    except OSError:
        return False
    names = repository.run("for-each-ref", "--count=2", "--format=%(refname)", "refs/heads", "refs/remotes")
    return len(names.output.split()) < 2

"""Bring index and work tree up to a new commit for exactly the paths it wrote, and nothing else.

A journal beside the repository names the paths before the branch moves, so that after a crash between the two the
next opening of the store finishes the work. A file that holds words of the user's own is never overwritten.
"""

import contextlib
import os
import secrets
import stat
import time
from collections.abc import Mapping
from pathlib import Path

from policydiff.store.git import Repository

_PATIENCE = 10.0
"""Seconds to wait while another git process holds the index."""


class Journal:
    """The paths of one commit that may not be in the work tree yet, with the object each replaced."""

    def __init__(self, repository: Repository) -> None:
        self._folder = repository.git_dir / "policydiff"

    def pending(self) -> list[Path]:
        """Return the journals that crashes left behind, oldest first."""
        try:
            return sorted(place for place in self._folder.iterdir() if place.name.startswith("pending-"))
        except OSError:
            return []

    def write(self, replaced: Mapping[str, str]) -> Path:
        """Record paths with the id of the object each held before (empty for a new path); return the journal."""
        self._folder.mkdir(parents=True, exist_ok=True)
        place = self._folder / f"pending-{time.time_ns():020d}-{secrets.token_hex(4)}"
        temporary = place.with_name(f"new-{place.name}")
        temporary.write_bytes(b"".join(os.fsencode(f"{path}\0{oid}\0") for path, oid in replaced.items()))
        temporary.rename(place)
        return place


def read_journal(place: Path) -> dict[str, str]:
    """Return path to replaced object of a journal."""
    parts = os.fsdecode(place.read_bytes()).split("\0")[:-1]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def refresh(repository: Repository, objects: Mapping[str, str], replaced: Mapping[str, str]) -> list[str]:
    """Bring index and work tree to what was recorded.

    Args:
        repository: The repository; nothing happens in a bare one.
        objects: Path to the object recorded there at HEAD.
        replaced: Path to the object it held before, empty or left out for a new path.

    Returns:
        Paths left alone because they hold words of the user's own.

    Raises:
        DamagedStoreError: if another git process holds the index for too long, or files cannot be written.
    """
    if repository.top is None:
        return []
    entries, files, kept = [], [], []
    for path, oid in objects.items():
        entries.append(os.fsencode(f"100644 {oid}\t{path}\0"))
        present = _present(repository, repository.top / path)
        if present is None or present in {oid, replaced.get(path)}:
            # checkout-index takes paths relative to the folder it runs in.
            files.append(os.fsencode(f"{path.removeprefix(repository.prefix)}\0"))
        else:
            kept.append(path)
    _patiently(repository, "update-index", "-z", "--index-info", data=b"".join(entries))
    _patiently(repository, "checkout-index", "-z", "-f", "-u", "-q", "--stdin", data=b"".join(files))
    return kept


def _patiently(repository: Repository, command: str, *options: str, data: bytes) -> None:
    """Run a command that needs the index, waiting while another git process holds it."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        done = repository.run(command, *options, data=data, check=False)
        if not done.status:
            return
        if "File exists" not in done.error:
            break
        time.sleep(0.05)
    repository.run(command, *options, data=data)


def heal(repository: Repository, journal: Journal) -> None:
    """Finish what crashes left unfinished; call it only while holding the writer's lock."""
    for place in journal.pending():
        with contextlib.suppress(ValueError, FileNotFoundError):
            head = repository.head()
            if head is not None:
                replaced = read_journal(place)
                found = repository.read_many(f"{head}:{path}" for path in replaced)
                pairs = zip(replaced, found, strict=True)
                refresh(repository, {path: blob[0] for path, blob in pairs if blob is not None}, replaced)
        place.unlink(missing_ok=True)


def _present(repository: Repository, place: Path) -> str | None:
    """Return the id git would give to a file of the work tree, None where there is no plain file."""
    try:
        is_file = stat.S_ISREG(place.lstat().st_mode)
    except OSError:
        return None
    return repository.object_id(place.read_bytes()) if is_file else None
